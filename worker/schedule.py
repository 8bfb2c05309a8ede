"""What happens by the clock, and how a worker sends messages to itself and its colleagues."""

from dataclasses import dataclass

from celery import Celery
from django.conf import settings

from routekaart.actions.wakeups import EXPIRES, publish

SWEEP = "routekaart.sweep"
CLEAN_UP = "routekaart.clean_up"
PREPARE_DIGESTS = "routekaart.prepare_digests"
RETAIN = "routekaart.retain"


@dataclass(frozen=True, slots=True)
class Entry:
    task: str
    seconds: float


def entries() -> tuple[Entry, ...]:
    """The tasks that run at the start of a worker and then by the clock."""
    return (
        Entry(SWEEP, settings.JOB_SWEEP_SECONDS),
        Entry(CLEAN_UP, 3600.0),
        # Does nothing at night, and little when the day's are there already.
        Entry(PREPARE_DIGESTS, 3600.0),
        Entry(RETAIN, 86400.0),
    )


def send(app: Celery, task: str, *arguments: str, expires: float = EXPIRES) -> bool:
    """Sends a message; gives whether the broker took it. Never raises for a dead broker."""
    if settings.EMBEDDED:
        # The broker is this process.
        app.send_task(task, args=arguments, expires=expires)
        return True
    return publish(task, *arguments, expires=expires)
