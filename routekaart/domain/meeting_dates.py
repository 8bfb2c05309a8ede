"""Dates for meetings of a team: on its most common working day, never on a closed day."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.people import FULL_WEEK, Member

# Where as many people work on two days: Monday is often a holiday, Wednesday and Friday are
# often short. An assumption of ours.
_TIE_ORDER = (2, 4, 1, 3, 5)


def preferred_weekdays(members: Iterable[Member], chosen: int | None = None) -> tuple[int, ...]:
    """ISO weekdays, the one on which most of the team works first. All five are in it.

    A weekday that the team has `chosen` goes before all.
    """
    count = Counter(day for member in members for day in set(member.working_days))
    return tuple(
        sorted(FULL_WEEK, key=lambda day: (day != chosen, -count[day], _TIE_ORDER.index(day)))
    )


def date_in_week(
    calendar: SchoolCalendar,
    monday: date,
    weekdays: Sequence[int],
    *,
    taken: Collection[date] = (),
    after: date,
) -> date | None:
    """The first open day of a week in the order of `weekdays`, later than `after`, not taken."""
    days = (monday + timedelta(days=weekday - 1) for weekday in weekdays)
    return next(
        (day for day in days if day > after and day not in taken and calendar.is_open(day)), None
    )
