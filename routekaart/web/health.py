"""Whether the product lives and works: for machines, without signing in, and without any data.

Answered before everything else: whatever the name of the site in the request, over http as well as
https, and without a session. So a load balancer can ask a single process by its address.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

from routekaart.queries.health.readiness import DOWN, readiness

LIVE, READY = "/health/live", "/health/ready"


def health_first(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """`/health/live`: this process answers. `/health/ready`: all it needs works; 503 if not."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answers = {LIVE: _live, READY: _ready}
        answer = answers.get(request.path_info)
        if answer is None:
            return get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return _never_kept({"state": "unknown"}, HTTPStatus.METHOD_NOT_ALLOWED)
        return answer()

    return middleware


def _live() -> JsonResponse:
    return _never_kept({"state": "live"}, HTTPStatus.OK)


def _ready() -> JsonResponse:
    states = readiness()
    down = any(one.state == DOWN for one in states.values())
    parts = {
        name: {"state": one.state, "ms": one.ms} | ({"reason": one.reason} if one.reason else {})
        for name, one in states.items()
    }
    body = {"state": "not_ready" if down else "ready", "parts": parts}
    return _never_kept(body, HTTPStatus.SERVICE_UNAVAILABLE if down else HTTPStatus.OK)


def _never_kept(body: Mapping[str, object], status: HTTPStatus) -> JsonResponse:
    response = JsonResponse(body, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        response.headers["Allow"] = "GET, HEAD"
    return response
