"""Counting requests, for all web processes together."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils.crypto import salted_hmac

from routekaart.durability import not_waiting_for_the_disk
from routekaart.models import RequestCount

WINDOW = 60  # seconds
_SALT = "routekaart.actions.request_counts"
_log = logging.getLogger(__name__)
# One statement, so that two processes never count the same request for one. The minute of
# somebody begins with a first request; there is one row for each, whatever they do.
_COUNT = """
INSERT INTO routekaart_requestcount AS c (key, started, requests) VALUES (%(key)s, %(now)s, 1)
ON CONFLICT (key) DO UPDATE SET
    requests = CASE WHEN c.started > %(past)s THEN c.requests + 1 ELSE 1 END,
    started = CASE WHEN c.started > %(past)s THEN c.started ELSE excluded.started END
RETURNING started, requests
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """One request among those of its minute. `resets_in`: seconds until a new minute begins."""

    policy: str
    quota: int
    requests: int
    resets_in: int

    @property
    def remaining(self) -> int:
        return max(0, self.quota - self.requests)

    @property
    def is_too_many(self) -> bool:
        return self.requests > self.quota


def count_request(*, policy: str, who: str, quota: int, at: datetime) -> Counted | None:
    """Counts a request of `who`; None where it cannot be counted.

    Then it is let through: a limit guards against too much, and must not be what stops the rest.
    """
    now = int(at.timestamp())
    key = salted_hmac(_SALT, f"{policy}:{who}", algorithm="sha256").hexdigest()
    try:
        # On PostgreSQL the table does not wait for it anyway.
        with not_waiting_for_the_disk(), connection.cursor() as cursor:
            cursor.execute(_COUNT, {"key": key, "now": now, "past": now - WINDOW})
            started, requests = cursor.fetchone()
    except DatabaseError:
        _log.warning("A request was not counted.", exc_info=True)
        return None
    # A clock of another host may be ahead a little.
    resets_in = min(WINDOW, max(1, started + WINDOW - now))
    return Counted(policy, quota, requests, resets_in)


def forget_request_counts(*, at: datetime) -> int:
    """Takes away the counts of minutes that are over; gives how many."""
    past = int(at.timestamp()) - WINDOW
    forgotten, _ = RequestCount.objects.filter(started__lte=past).delete()
    return forgotten
