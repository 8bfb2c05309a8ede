"""Finding the jobs and the mail whose wake-up or worker got lost."""

import threading
from uuid import UUID

from django.conf import settings

from worker import claims, mail_claims

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


def sweep() -> list[UUID]:
    """The jobs that should be run now. Ends those that took their worker along too often."""
    if settings.EMBEDDED:
        _takeover.once()
    due = claims.due_jobs(_EMBEDDED_BATCH if settings.EMBEDDED else _BATCH)
    if any(exhausted for _, exhausted in due):
        claims.fail_exhausted()
    return [job_id for job_id, exhausted in due if not exhausted]


def mail_waits() -> bool:
    """Whether mail should be sent now."""
    return mail_claims.has_due_mail()
