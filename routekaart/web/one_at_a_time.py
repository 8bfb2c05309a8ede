"""Saves of one thing go one after the other, so that the second sees what the first wrote."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse

from routekaart.actions.holding import hold
from routekaart.web.signed_in import PageRequest

_P = ParamSpec("_P")
_View = Callable[Concatenate[PageRequest, _P], HttpResponse]


def one_at_a_time(model: type[Model], parameter: str) -> Callable[[_View[_P]], _View[_P]]:
    """For views with a `SharedForm`: looking at what stands, comparing and writing are one.

    Without it two who save at the same moment both find nothing changed. `parameter` is the part
    of the address that holds the id; the lock is that of the actions on such an object, and of
    `If-Match` in the API. Goes below `signed_in`.
    """

    def decorate(view: _View[_P]) -> _View[_P]:
        @wraps(view)
        def held(request: PageRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            with transaction.atomic():
                hold(model, kwargs[parameter], by=request.by)
                return view(request, *args, **kwargs)

        return held

    return decorate
