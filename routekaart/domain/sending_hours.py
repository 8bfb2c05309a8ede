"""When mail may reach somebody: in the daytime, on a day on which that person works."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

# Local time of the schools, both assumptions: from seven until six in the evening.
FIRST_HOUR = 7
LAST_HOUR = 18
# Somebody who is away longer than this reads it when back.
_MOST_DAYS = 60


def in_hours(local: datetime) -> bool:
    """Whether mail may be sent at this local moment."""
    return FIRST_HOUR <= local.hour < LAST_HOUR


def first_moment(local: datetime, works_on: Callable[[date], bool]) -> datetime:
    """The first local moment from `local` on at which somebody who works so may get mail.

    Who does not work at all in the coming weeks gets it on the first morning.
    """
    if in_hours(local) and works_on(local.date()):
        return local
    first = local.date() if local.hour < FIRST_HOUR else local.date() + timedelta(days=1)
    days = (first + timedelta(days=offset) for offset in range(_MOST_DAYS))
    day = next((day for day in days if works_on(day)), first)
    return datetime.combine(day, time(FIRST_HOUR), tzinfo=local.tzinfo)
