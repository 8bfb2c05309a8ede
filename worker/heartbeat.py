"""A sign of life for the supervisor: a file that is touched whenever this worker runs a task.

It proves more than that the process exists: messages come in and are carried out. While a job runs
longer than any job may, the sign stops, so that the supervisor ends a worker that is stuck.
"""

import logging
import time
from pathlib import Path

from django.conf import settings

from routekaart.actions.wakeups import HEARTBEAT_FILE
from worker import signs
from worker.leases import KEEPER

logger = logging.getLogger(__name__)

_SECONDS_BETWEEN = 0.5


class _Heart:
    def __init__(self) -> None:
        self._next_at = 0.0

    def beat(self, file: Path) -> None:
        now = time.monotonic()
        if now < self._next_at or KEEPER.has_overdue():
            return
        self._next_at = now + _SECONDS_BETWEEN
        try:
            file.touch()
        except OSError:
            # A full disk must not end the worker as well.
            logger.warning("Could not leave a sign of life.", exc_info=True)
        signs.give()


_heart = _Heart()


def beat() -> None:
    """Touches the file, at most twice a second."""
    _heart.beat(Path(settings.VAR_DIR) / HEARTBEAT_FILE)
