"""What happens by the clock, and how a worker sends messages to itself and its colleagues."""

from dataclasses import dataclass

from celery import Celery
from django.conf import settings

from routekaart.actions.wakeups import EXPIRES, publish

SWEEP = "routekaart.sweep"
CLEAN_UP = "routekaart.clean_up"
PREPARE_DIGESTS = "routekaart.prepare_digests"
RETAIN = "routekaart.retain"


# Seconds between two looks at what is due by the clock.
TICK = 30.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A task and how often it is done. With `each_worker` every worker does it by its own timer.

    The others are done once for all workers together: a row says when (`turns.py`).
    """

    task: str
    seconds: float
    each_worker: bool = False


def entries() -> tuple[Entry, ...]:
    """The tasks that run by the clock."""
    return (
        Entry(SWEEP, settings.JOB_SWEEP_SECONDS, each_worker=True),
        Entry(CLEAN_UP, 3600.0),
        # Does nothing at night, and little when the day's are there already.
        Entry(PREPARE_DIGESTS, 3600.0),
        Entry(RETAIN, 86400.0),
    )


def entry_of(task: str) -> Entry:
    """The entry of a task that is done by the clock."""
    return next(entry for entry in entries() if entry.task == task)


def send(app: Celery, task: str, *arguments: str, expires: float = EXPIRES) -> bool:
    """Sends a message; gives whether the broker took it. Never raises for a dead broker."""
    if settings.EMBEDDED:
        # The broker is this process.
        app.send_task(task, args=arguments, expires=expires)
        return True
    return publish(task, *arguments, expires=expires)
