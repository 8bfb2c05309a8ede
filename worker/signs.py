"""A sign of life in the database, for who asks from another host whether workers live.

The file that the supervisor watches (`heartbeat.py`) is only seen on this host.
"""

import logging
import socket
import threading
import time
from datetime import timedelta

from django.db import DatabaseError
from django.db.models.functions import Now

from routekaart.models import WorkerSign

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN = 10.0
_FORGOTTEN_AFTER = timedelta(days=1)


class _Sign:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next_at = 0.0

    def is_due(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._next_at:
                return False
            self._next_at = now + _SECONDS_BETWEEN
            return True


_sign = _Sign()


def give() -> None:
    """Tells that the workers of this host live, at most every ten seconds per process."""
    if not _sign.is_due():
        return
    try:
        WorkerSign.objects.bulk_create(
            [WorkerSign(host=socket.gethostname(), seen_at=Now())],
            update_conflicts=True,
            unique_fields=["host"],
            update_fields=["seen_at"],
        )
    except DatabaseError:
        logger.warning("Could not leave a sign of life in the database.", exc_info=True)


def forget_old() -> int:
    """Takes away the signs of hosts that are no more; gives how many."""
    gone, _ = WorkerSign.objects.filter(seen_at__lt=Now() - _FORGOTTEN_AFTER).delete()
    return gone
