"""Keeping leases alive while jobs run: one thread per process, however many jobs."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection

from worker import claims, signs, stopping
from worker.claims import Claim

logger = logging.getLogger(__name__)

# Seconds per job. Celery ends a job there when it runs in a process of its own; a thread cannot
# be ended, so there the lease simply is renewed no more and the supervisor ends the worker.
SOFT_LIMIT = 90
HARD_LIMIT = 120
# Seconds between two looks at what is held.
_LOOK = 0.5


@dataclass(frozen=True, slots=True)
class _Held:
    job_id: UUID
    started: float

    @property
    def is_overdue(self) -> bool:
        return time.monotonic() - self.started > HARD_LIMIT


class LeaseKeeper:
    """Renews the lease of every job that this process runs, three times per lease."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[UUID, _Held] = {}
        self._thread: threading.Thread | None = None

    @contextmanager
    def holding(self, held: Claim) -> Iterator[None]:
        with self._lock:
            self._held[held.token] = _Held(held.job.pk, time.monotonic())
            # Started late: a thread does not survive the fork of a worker process.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._keep, name="leases", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                del self._held[held.token]

    def has_overdue(self) -> bool:
        """Whether some job runs longer than any job may."""
        with self._lock:
            return any(held.is_overdue for held in self._held.values())

    def _holds(self, token: UUID) -> bool:
        with self._lock:
            return token in self._held

    def _keep(self) -> None:
        renewed_at = time.monotonic()
        while True:
            time.sleep(min(_LOOK, settings.JOB_LEASE_SECONDS / 3))
            with self._lock:
                held = dict(self._held)
            if not held:
                # What begins after this is renewed a third of a lease later, and not at once.
                renewed_at = time.monotonic()
                continue
            if stopping.is_time_up():
                self._hand_back(held)
            elif time.monotonic() - renewed_at >= settings.JOB_LEASE_SECONDS / 3:
                renewed_at = time.monotonic()
                self._renew(held)

    def _hand_back(self, held: dict[UUID, _Held]) -> None:
        """Lets others do what this process will not finish. What it still writes is refused."""
        try:
            for token, one in held.items():
                if claims.hand_back(one.job_id, token):
                    logger.warning("Job %s is handed back: this worker stops.", one.job_id)
        except DatabaseError:
            logger.warning("Could not hand back a job.", exc_info=True)
        finally:
            connection.close()

    def _renew(self, held: dict[UUID, _Held]) -> None:
        try:
            for token, one in held.items():
                if one.is_overdue or claims.renew(one.job_id, token):
                    continue
                # Not when it ended just now.
                if self._holds(token):
                    logger.warning("Job %s is not ours any more.", one.job_id)
            if not any(one.is_overdue for one in held.values()):
                signs.give()
        except DatabaseError:
            # The next round tries again; without it the lease ends and another worker takes over.
            logger.warning("Could not renew a lease.", exc_info=True)
        finally:
            connection.close()


KEEPER = LeaseKeeper()
