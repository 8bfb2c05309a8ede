"""Off to a provider elsewhere, and back."""

import logging
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from jwt import PyJWTError
from requests import RequestException

from routekaart.sign_in_providers import Provider
from routekaart.web.providers import StrictOpenID, failed, new_nonce, provider_called

logger = logging.getLogger(__name__)


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where to go on to. Only posted to: a link of somebody else must not sign anybody in.

    A page in between and no redirect, because a form here may only lead to ourselves.
    """
    known = _known(provider_id)
    if request.method != "POST":
        return redirect("account_login")
    provider: Any = get_adapter().get_provider(request, provider_id)
    provider.oauth2_adapter_class = StrictOpenID
    # Only a question of who is there leads here when signed in: an open session at the provider is
    # no answer to it. Read before the nonce: to find that a session is over empties it.
    prompt = {"prompt": known.preset.ask_again} if request.user.is_authenticated else {}
    params = {"nonce": new_nonce(request)} | prompt
    try:
        answer = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            auth_params=params,
        )
    except (OAuth2Error, RequestException, ValueError, KeyError) as error:
        return _failed(request, known, error)
    if not isinstance(answer, HttpResponseRedirect):
        return _failed(request, known, None)
    page = render(
        request,
        "socialaccount/onward.html",
        {"address": answer.url, "provider": known.title},
    )
    page["Refresh"] = f"0; url={answer.url}"
    return page


@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider: signed in, or a page that says why not."""
    known = _known(provider_id)
    view = OAuth2CallbackView.adapter_view(StrictOpenID(request, provider_id))
    try:
        answer: HttpResponse = view(request)
    except ImmediateHttpResponse as immediate:
        refused: HttpResponse = immediate.response
        return refused
    except (OAuth2Error, RequestException, ValueError, KeyError, TypeError, PyJWTError) as error:
        # What a provider sends is not ours to trust, its shape neither.
        return _failed(request, known, error)
    return answer


def _known(provider_id: str) -> Provider:
    found = provider_called(provider_id)
    if found is None:
        raise Http404
    return found


def _failed(request: HttpRequest, provider: Provider, error: Exception | None) -> HttpResponse:
    # The kind only: what a provider says may hold data of a person.
    logger.warning("Signing in with %s failed: %s.", provider.slug, type(error).__name__)
    return failed(request, provider.title)
