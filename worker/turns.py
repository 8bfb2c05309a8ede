"""Whose turn it is to do what happens by the clock: whoever moves the row to a later moment.

Messages only ask. Two clocks, a message that comes twice or a worker that is restarted change
nothing about how often something is done, and a message that gets lost is sent again.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models.functions import Now

from routekaart.models import ScheduledTask
from worker.leases import HARD_LIMIT
from worker.schedule import Entry

logger = logging.getLogger(__name__)

# A worker that dies at it has had its turn for this long; then it is another one's.
_LEASE = timedelta(seconds=HARD_LIMIT + 30)


def is_due(entry: Entry) -> bool:
    """Whether its moment has come. What never happened is due."""
    return not ScheduledTask.objects.filter(name=entry.task, due_at__gt=Now()).exists()


@contextmanager
def turn(entry: Entry) -> Iterator[bool]:
    """Gives whether it is ours to do now. When it raises, it is due again after the lease."""
    mine = _take(entry.task)
    yield mine
    if mine:
        _move(entry.task, timedelta(seconds=entry.seconds))
        logger.info("done by the clock", extra={"fields": {"task": entry.task}})


def _take(name: str) -> bool:
    if _move(name, _LEASE, due_at__lte=Now()):
        return True
    if ScheduledTask.objects.filter(name=name).exists():
        return False
    # The very first time. Two may come here at once; the row decides.
    ScheduledTask.objects.bulk_create([ScheduledTask(name=name)], ignore_conflicts=True)
    return _move(name, _LEASE, due_at__lte=Now())


def _move(name: str, later: timedelta, **only: object) -> bool:
    return bool(ScheduledTask.objects.filter(name=name, **only).update(due_at=Now() + later))
