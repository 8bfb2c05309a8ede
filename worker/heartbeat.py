"""A sign of life for the supervisor: a file that is touched while this worker carries out tasks.

It proves more than that the process exists: messages come in and are carried out. A worker that
short memory or a fault of its library left deaf carries out nothing, and while a job runs longer
than any job may the sign stops as well: the supervisor then ends the worker.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from routekaart.actions.wakeups import HEARTBEAT_FILE
from worker import signs
from worker.leases import HARD_LIMIT, KEEPER

logger = logging.getLogger(__name__)

# Between two signs; the supervisor waits many times as long.
_SECONDS_BETWEEN = 0.5


class Heart:
    """One per process. Beats when a task begins, and by a thread of its own while one runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # When each task that runs began.
        self._running: dict[object, float] = {}
        self._next_at = 0.0
        self._thread: threading.Thread | None = None

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Shows that this worker lives for as long as its body runs, up to the limit of a task."""
        task = object()
        try:
            self._begin(task)
            self._beat()
            yield
        finally:
            with self._lock:
                self._running.pop(task, None)

    def beat_for_running(self) -> None:
        """Beats when there is a task that does not run longer than it may."""
        latest = time.monotonic() - HARD_LIMIT
        with self._lock:
            is_at_work = any(began > latest for began in self._running.values())
        if is_at_work:
            self._beat()

    def _begin(self, task: object) -> None:
        with self._lock:
            self._running[task] = time.monotonic()
            # Started late: a thread does not survive the fork of a worker process.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._keep, name="heart", daemon=True)
                self._thread.start()

    def _keep(self) -> None:
        while True:
            time.sleep(_SECONDS_BETWEEN)
            self.beat_for_running()

    def _beat(self) -> None:
        now = time.monotonic()
        if now < self._next_at or KEEPER.has_overdue():
            return
        self._next_at = now + _SECONDS_BETWEEN
        try:
            (Path(settings.VAR_DIR) / HEARTBEAT_FILE).touch()
        except OSError:
            # A full disk must not end the worker as well.
            logger.warning("Could not leave a sign of life.", exc_info=True)


_heart = Heart()


@contextmanager
def at_work() -> Iterator[None]:
    """Shows that this worker lives while a task runs, here and in the database."""
    with _heart.at_work():
        signs.give()
        yield
