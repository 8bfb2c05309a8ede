"""The clock of an installation with a broker: asks the workers to do what is due.

`python -m worker.beat`; `manage.py serve` does so. It keeps nothing: the rows say what is due and
the workers move them, so that a second clock or a restart does no harm. Embedded there is no way to
reach the worker from another process, which therefore asks itself.
"""

import logging
import signal
import threading
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from routekaart.actions.wakeups import BEAT_HEARTBEAT_FILE
from worker.celery import app
from worker.schedule import TICK, entries, send
from worker.turns import is_due

logger = logging.getLogger(__name__)


def run(stop: threading.Event) -> None:
    """Asks for what is due, every half minute, until `stop` is set."""
    while not stop.is_set():
        close_old_connections()
        try:
            _ask_for_due()
            (Path(settings.VAR_DIR) / BEAT_HEARTBEAT_FILE).touch()
        except (DatabaseError, OSError):
            logger.warning("The clock could not look at what is due.", exc_info=True)
        stop.wait(TICK)


def _ask_for_due() -> None:
    for entry in entries():
        if not entry.each_worker and is_due(entry):
            # One that waited until the next one came has no use.
            send(app, entry.task, expires=TICK)


def main() -> None:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run(stop)


if __name__ == "__main__":
    main()
