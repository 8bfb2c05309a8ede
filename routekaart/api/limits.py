"""How often somebody may ask: per token, per person in a session, per address of nobody yet.

Counted after sign-in, so that a school behind one address does not stand in its own way. What is
refused by sign-in counts for its address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja.throttling import BaseThrottle

from routekaart import clock
from routekaart.actions.request_counts import WINDOW, Counted, count_request

LIMIT_HEADERS: Mapping[str, Any] = {
    "RateLimit-Policy": {
        "description": "De grens: hoeveel verzoeken (q) in hoeveel seconden (w).",
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": "Hoeveel er nog over zijn (r), en over hoeveel seconden er weer q zijn (t).",
        "schema": {"type": "string"},
    },
}
RETRY_AFTER: Mapping[str, Any] = {
    "description": "Na hoeveel seconden je het weer kunt proberen.",
    "schema": {"type": "integer", "minimum": 1},
}
# One household or school has a whole network of these.
_IPV6_NETWORK = 64


@dataclass(frozen=True, slots=True)
class Caller:
    """Who signed in, by which way: `policy` is "token" or "person"."""

    policy: str
    id: str


class Limits(BaseThrottle):
    """Counts every request that got past sign-in, or that needs none."""

    def allow_request(self, request: HttpRequest) -> bool:
        caller: Caller | None = getattr(request, "caller", None)
        counted = _count(request, caller) if caller else count_for_address(request)
        return counted is None or not counted.is_too_many


def count_for_address(request: HttpRequest) -> Counted | None:
    """Counts a request of who is nobody yet; None where there is no limit."""
    return _count(request, Caller("address", _network_of(request)))


def counted_of(request: HttpRequest) -> Counted | None:
    """What was counted for this request; None when nothing was."""
    return getattr(request, "counted", None)


def tell_limits(request: HttpRequest, response: HttpResponseBase) -> None:
    """Puts the limit and what is left of it on the answer, as the draft of the IETF has it."""
    counted = counted_of(request)
    if counted is None:
        return
    response.headers["RateLimit-Policy"] = f'"{counted.policy}";q={counted.quota};w={WINDOW}'
    response.headers["RateLimit"] = (
        f'"{counted.policy}";r={counted.remaining};t={counted.resets_in}'
    )


def _count(request: HttpRequest, caller: Caller) -> Counted | None:
    quota = settings.API_REQUESTS_PER_MINUTE[caller.policy]
    if not quota:
        return None
    counted = count_request(policy=caller.policy, who=caller.id, quota=quota, at=clock.now())
    request.counted = counted  # type: ignore[attr-defined]  # for the answer
    return counted


def _network_of(request: HttpRequest) -> str:
    # The rule for X-Forwarded-For is that of signing in: only our own proxies are believed.
    address = get_adapter(request).get_client_ip(request)
    try:
        known = ip_address(address)
    except ValueError:
        return str(address)
    if isinstance(known, IPv6Address):
        return str(ip_network((known, _IPV6_NETWORK), strict=False))
    return str(known)
