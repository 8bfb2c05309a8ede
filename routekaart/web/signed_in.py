"""Pages behind sign-in: who asks, and what that person reaches."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from routekaart.access import Access, access_of
from routekaart.models import Person
from routekaart.web.kept import ask_to_sign_in

_P = ParamSpec("_P")


class PageRequest(HttpRequest):
    """A request of somebody who is signed in: `by` says what this person reaches."""

    user: Person  # never anonymous here
    by: Access
    htmx: HtmxDetails


def signed_in(
    view: Callable[Concatenate[PageRequest, _P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, _P], HttpResponseBase]:
    """The view with `request.by`, for who is signed in; anyone else is asked to sign in first.

    What an expired session sent along is kept for the same person (see `kept`).
    """

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Person):
            return ask_to_sign_in(request)
        request.by = access_of(request.user)  # type: ignore[attr-defined]  # PageRequest from here
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # the same

    return answer


def anyone(
    view: Callable[Concatenate[HttpRequest, _P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, _P], HttpResponseBase]:
    """The view for everybody; who is signed in keeps the own menu (`request.by` is set then)."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
        if isinstance(request.user, Person):
            request.by = access_of(request.user)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return answer
