"""Waiting for what is under way, and how long that takes."""

import time
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import F

from routekaart.models import Job, Mail
from routekaart.models.jobs import JobState

OPEN: Final = (JobState.QUEUED, JobState.RUNNING)
MOST_SECONDS: Final = 60.0
_MOST_SECONDS_FOR_MAIL = 120.0


class Settling:
    """How long after the last fault the jobs end that were asked for before its end.

    Clients go on meanwhile: what they ask for later is not waited for here.
    """

    def __init__(self, *, since: float) -> None:
        self._since = since
        self._waiting = _open_now()
        # Until the last of them was seen to have ended, or now while one has not.
        self.seconds = time.monotonic() - since if self._waiting else 0.0

    def look(self) -> None:
        """Sees which have ended by now."""
        if self._waiting:
            self._waiting &= _open_now()
            self.seconds = time.monotonic() - self._since


def wait_until_quiet(settling: Settling) -> None:
    """Until no job is open any more, or twice the time that it may take is up."""
    end = time.monotonic() + 2 * MOST_SECONDS
    while _open_now() and time.monotonic() < end:
        settling.look()
        time.sleep(0.2)
    settling.look()


def wait_for_mail() -> None:
    """Until no message waits, or its time is up. What waits out a failure is let go at once."""
    end = time.monotonic() + _MOST_SECONDS_FOR_MAIL
    while time.monotonic() < end and Mail.objects.filter(state__in=("queued", "sending")).exists():
        Mail.objects.filter(state="queued").update(due_at=F("made_at"))
        time.sleep(1)


def _open_now() -> set[UUID]:
    end = time.monotonic() + MOST_SECONDS
    while True:
        try:
            return set(Job.objects.filter(state__in=OPEN).values_list("pk", flat=True))
        except DatabaseError:
            # The last fault took the connection along.
            connection.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
