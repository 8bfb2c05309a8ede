"""Each request gets a number, which its answer and every line of the log about it bear."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from routekaart.logs.trace import request_id_of, tracing

logger = logging.getLogger("routekaart.requests")

HEADER = "X-Request-ID"


def numbered(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Takes over the number that a proxy gave, or makes one; tells in one line what came of it.

    The line has the pattern of the address and not the address, which may be a secret or hold
    what somebody typed.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        number = request_id_of(request.headers.get(HEADER, ""))
        begin = time.perf_counter()
        with tracing(request=number):
            response = get_response(request)
            _tell(request, response.status_code, time.perf_counter() - begin)
        response.headers[HEADER] = number
        return response

    return middleware


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    match = request.resolver_match
    fields = {
        "method": request.method if request.method in _METHODS else "…",
        "route": f"/{match.route}" if match else "/…",
        "status": status,
        "ms": round(seconds * 1000),
    }
    logger.info("answered", extra={"fields": fields})


_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
