"""How often somebody may guess: per account and per address, counted in the database.

What goes well is not counted. A guess that is refused for its account does not count for the
address, so that who is locked out by somebody does not lock out a whole school.
"""

import math
import time
from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

_APP = "allauth.account"
_ACCOUNT, _ADDRESS = "login_failed", "login_address"
_MINUTE = 60


class Guess:
    """One attempt at the password of an account: counted first, and given back when it is right."""

    def __init__(self, request: HttpRequest, key: str) -> None:
        self._request = request
        self._key = key
        self._used: list[Any] = []

    def allowed(self) -> bool:
        """Counts the attempt; False when this account or this address had enough of them."""
        for action in (_ADDRESS, _ACCOUNT):
            used = ratelimit.consume(self._request, app=_APP, action=action, key=self._key)
            if used is None:
                self.give_back()
                return False
            self._used.append(used)
        return True

    def give_back(self) -> None:
        """As if it had not been made."""
        for used in self._used:
            used.rollback()
        self._used = []

    def free_at(self) -> datetime:
        """From when on another attempt is allowed, on the whole minute."""
        waits = [
            self._wait(rate, action)
            for action in (_ADDRESS, _ACCOUNT)
            for rate in ratelimit.get_rates(app=_APP, action=action)
        ]
        at = math.ceil((time.time() + max(waits)) / _MINUTE) * _MINUTE
        return datetime.fromtimestamp(at, tz=timezone.get_current_timezone())

    def _wait(self, rate: ratelimit.Rate, action: str) -> float:
        name = ratelimit.get_cache_key(
            self._request, app=_APP, action=action, rate=rate, key=self._key
        )
        # The last one first.
        history: list[float] = cache.get(name, [])
        if len(history) < rate.amount:
            return 0.0
        wait: float = history[rate.amount - 1] + rate.duration - time.time()
        return max(0.0, wait)


def may_send_code(request: HttpRequest, email: str) -> Any | None:
    """Counts a code by mail to this address, which `rollback()` of what this gives takes back; None
    when the address, or who asks, had enough of them."""
    # Who comes back from a provider does so with a GET, which is not counted by itself.
    return ratelimit.consume(
        request, app=_APP, action="invitation", key=f"code:{email}", limit_get=True
    )


def may_try_code(request: HttpRequest, number: str, *, count: bool = True) -> bool:
    """Counts a try at the code with this number; False when it had enough of them.

    Not in the session: tries at the same moment would each find it as it was.
    """
    used = ratelimit.consume(
        request, app=_APP, action="mailbox_code", key=number, dry_run=not count
    )
    return used is not None


def forget_guesses(request: HttpRequest, key: str) -> None:
    """Opens an account again; what its address did still counts."""
    ratelimit.clear(request, app=_APP, action=_ACCOUNT, key=key)
