"""Who changes how one gets in says once more who is there, unless that was just now.

An open screen or a session that was taken must not become an account that was taken: another
address, a first password, a key. Who has a password or a second step is asked by django-allauth;
who only signs in with a provider elsewhere does that anew, which django-allauth does not ask.
"""

import time
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from routekaart.models import Person
from routekaart.web.kept import keep


def signed_in_just_now(request: HttpRequest) -> bool:
    """Whether somebody showed who it is, in this session, in the last minutes."""
    user = request.user if isinstance(request.user, Person) else None
    records = get_authentication_records(request, user)
    timeout: int = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return bool(records) and time.time() - records[-1]["at"] < timeout


def asked_again(request: HttpRequest) -> HttpResponse | None:
    """The way to that question and back to this page, where what was typed waits; None when it was
    answered just now. For who is signed in."""
    if signed_in_just_now(request):
        return None
    keep(request)
    way = get_adapter(request).get_reauthentication_methods(request.user)[0]
    return redirect(f"{way['url']}?{urlencode({'next': request.get_full_path()})}")


def again_first(
    view: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view, of which a form is only read from who signed in just now. Call behind sign-in."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        question = asked_again(request) if request.method == "POST" else None
        return question or view(request)

    return answer
