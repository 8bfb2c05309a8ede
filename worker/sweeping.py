"""Finding the jobs and the mail whose wake-up or worker got lost."""

import threading
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from worker import claims, mail_claims
from worker.claims import Due

# Per sweep; what is left is found by the next one.
_EMBEDDED_BATCH = 10
_BATCH = 100


class _Takeover:
    """Embedded there is one worker: what runs at its start belongs to its dead predecessor."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done = False

    def once(self) -> None:
        with self._lock:
            if not self._done:
                claims.expire_leases()
                mail_claims.expire_leases()
                self._done = True


_takeover = _Takeover()


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be done now: jobs that somebody waits for, and whether there is bulk work too."""

    jobs: tuple[UUID, ...]
    bulk: bool


def sweep() -> Found:
    """The jobs that should be run now. Ends those that took their worker along too often."""
    if settings.EMBEDDED:
        _takeover.once()
    due = runnable(_EMBEDDED_BATCH if settings.EMBEDDED else _BATCH)
    return Found(
        jobs=tuple(one.job_id for one in due if not one.bulk), bulk=any(one.bulk for one in due)
    )


def runnable(limit: int) -> list[Due]:
    """At most so many jobs that can be run now, in the order in which they should be.

    Ends on the way what can not: jobs without an attempt left, and those of a cancelled bundle.
    """
    due = claims.due_jobs(limit)
    if any(one.called_off for one in due):
        claims.end_called_off()
    if any(one.exhausted for one in due):
        claims.fail_exhausted()
    return [one for one in due if not one.exhausted and not one.called_off]


def mail_waits() -> bool:
    """Whether mail should be sent now."""
    return mail_claims.has_due_mail()
