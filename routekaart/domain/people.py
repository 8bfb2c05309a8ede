"""The people of a team as the planner sees them: days, leave and minutes to study in a week."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from routekaart.domain.calendar import SchoolCalendar, monday_of

FULL_WEEK = (1, 2, 3, 4, 5)
# In words that are stored, of who is called otherwise at school than the account: an erasure finds
# the own name there later, and not what a school once gave.
NEWCOMER = "een nieuwe collega"


@dataclass(frozen=True, slots=True)
class Leave:
    """Days on which someone is away, both included. Never why: that is nobody's business."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Booked:
    """Study minutes in a week (a Monday) that another team of the same school has planned."""

    week: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Member:
    """Someone in a team. `working_days` are ISO weekdays, 1 is Monday.

    `own_weekly_minutes` replaces the team's minutes × fte where someone agreed on other hours.
    `booked` is taken off: one pool of hours, however many teams of a school someone is in.
    """

    id: str
    name: str
    functions: tuple[str, ...] = ()
    fte: Decimal = Decimal(1)
    working_days: tuple[int, ...] = FULL_WEEK
    leave: tuple[Leave, ...] = ()
    own_weekly_minutes: int | None = None
    booked: tuple[Booked, ...] = ()


def weekly_minutes(member: Member, team_minutes: int) -> int:
    """Whole minutes someone may study in a week: never more than the part of a full week."""
    if member.own_weekly_minutes is not None:
        return max(0, member.own_weekly_minutes)
    share = max(Decimal(0), member.fte) * team_minutes
    return int(share.to_integral_value(ROUND_FLOOR))


def is_present(member: Member, day: date) -> bool:
    """Whether someone works on this day: an own weekday, and no leave."""
    return _works_on(day, member.working_days, member.leave)


def _works_on(day: date, working_days: tuple[int, ...], leave: tuple[Leave, ...]) -> bool:
    return day.isoweekday() in working_days and not any(
        away.first <= day <= away.last for away in leave
    )


def working_weeks(member: Member, calendar: SchoolCalendar, first: date) -> int:
    """In how many weeks someone works from `first` until the end of the school year.

    A week with one working day counts as a whole week (assumption).
    """
    return _weeks(calendar.open_days, member.working_days, member.leave, first)


def available_days(member: Member, calendar: SchoolCalendar) -> tuple[date, ...]:
    """The days on which the school is open and this person works, in order."""
    return tuple(day for day in calendar.open_days if is_present(member, day))


# Most people of a school work the same days, and each of its documents asks it of each of them.
@lru_cache(maxsize=1024)
def _weeks(
    open_days: tuple[date, ...],
    working_days: tuple[int, ...],
    leave: tuple[Leave, ...],
    first: date,
) -> int:
    return len(
        {
            monday_of(day)
            for day in open_days
            if day >= first and _works_on(day, working_days, leave)
        }
    )
