"""What time it is, for everything that people do. The domain gets it passed in.

Only the demo and tests let it stand at another moment, and only for what they do themselves:
another request, thread or process keeps the real time. Leases of jobs use the database's clock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This moment, with its time zone."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The date in the Netherlands."""
    return timezone.localdate(now())


def end_of(day: date) -> datetime:
    """The midnight with which `day` ends in the Netherlands."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def last_day_before(end: datetime) -> date:
    """The last date in the Netherlands that has a moment before `end`."""
    return timezone.localdate(end - timedelta(microseconds=1))


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Lets the clock stand still at `moment` for what is done inside."""
    before = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(before)
