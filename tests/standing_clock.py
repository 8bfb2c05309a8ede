"""Lets the clock of served requests stand where a test puts it."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from routekaart.clock import standing_at


class _Clock:
    moment: datetime | None = None


CLOCK = _Clock()


def standing_clock(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a request is answered at `CLOCK.moment` when there is one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if CLOCK.moment is None:
            return get_response(request)
        with standing_at(CLOCK.moment):
            return get_response(request)

    return middleware
