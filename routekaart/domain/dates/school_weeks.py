"""The weeks of a school year by the lessons that are left in them for a year group."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from routekaart.domain.calendar import ClosureKind, SchoolCalendar, monday_of
from routekaart.domain.dates.situation import TeamDay
from routekaart.domain.planner.problem import StudyDayKind

_FULL_WEEK = 5


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """A week with lessons. `holidays` are its weekdays that a recognised public holiday closes.

    `own_closed` counts the other weekdays in the school year on which the school is closed.
    """

    monday: date
    open_days: frozenset[date]
    holidays: tuple[tuple[date, str], ...]
    own_closed: int

    def lesson_days(self, free: Collection[date]) -> int:
        """Days with lessons for a group that is free on `free`.

        Days outside the school year count as days with lessons: they are of another year.
        """
        closed = self.own_closed + len(self.holidays)
        return _FULL_WEEK - closed - len(self.open_days.intersection(free))

    def counts(self, free: Collection[date]) -> bool:
        """Whether it is a week that was made short, other than by a public holiday alone."""
        if self.holidays:
            return False
        return self.own_closed > 0 or not self.open_days.isdisjoint(free)


@dataclass(frozen=True, slots=True)
class SchoolWeeks:
    """The weeks with lessons in a school year, in order, by their Monday.

    `shortened_by_school`: those that count as short by a day off that the school itself gives.
    """

    by_monday: Mapping[date, SchoolWeek]
    shortened_by_school: frozenset[date]

    def of(self, day: date) -> SchoolWeek | None:
        """The week of a day; None where the whole week is closed."""
        return self.by_monday.get(monday_of(day))

    def short(self, free: Collection[date]) -> frozenset[date]:
        """The Mondays of the weeks that count as four-day weeks for a group free on `free`."""
        touched = (self.of(day) for day in free)
        by_days = (week.monday for week in touched if week is not None and week.counts(free))
        return self.shortened_by_school.union(by_days)

    def most_together(self, short: Collection[date], around: date, window: int) -> int:
        """The most short weeks among `window` school weeks in a row that hold the week `around`."""
        mondays = list(self.by_monday)
        place = mondays.index(around)
        return max(
            sum(monday in short for monday in mondays[start : start + window])
            for start in range(max(0, place - window + 1), place + 1)
        )


@lru_cache(maxsize=128)
def school_weeks(calendar: SchoolCalendar) -> SchoolWeeks:
    """Works out the weeks of a calendar; a week without a single open day is not among them."""
    public = _public_holidays(calendar)
    found: dict[date, SchoolWeek] = {}
    for week in calendar.weeks:
        days = [week.monday + timedelta(days=offset) for offset in range(_FULL_WEEK)]
        open_days = frozenset(day for day in days if calendar.is_open(day))
        if not open_days:
            continue
        holidays = tuple((day, public[day]) for day in days if day in public)
        closed = sum(day in calendar.year for day in days) - len(open_days) - len(holidays)
        found[week.monday] = SchoolWeek(week.monday, open_days, holidays, closed)
    by_school = frozenset(monday for monday, week in found.items() if week.counts(()))
    return SchoolWeeks(found, by_school)


def _public_holidays(calendar: SchoolCalendar) -> dict[date, str]:
    """The closed days that are public holidays; a school may be open on one after all."""
    days: dict[date, str] = {}
    for closure in calendar.closures:
        if closure.kind is ClosureKind.PUBLIC_HOLIDAY:
            for offset in range((closure.last - closure.first).days + 1):
                day = closure.first + timedelta(days=offset)
                if not calendar.is_open(day):
                    days.setdefault(day, closure.title)
    return days


def free_dates(days: Iterable[TeamDay], group: int) -> frozenset[date]:
    """When a year group has no lessons because of study days; an afternoon costs no day."""
    return frozenset(
        day.date for day in days if day.kind is StudyDayKind.DAY and group in day.free_groups
    )
