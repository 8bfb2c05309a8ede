"""The school year as plain values: which days are open, weeks with a name, working-day sums.

Nothing here looks anything up: `school_holidays.py` fills a calendar from the published dates.
A calendar is one school year long and closed outside it, so that nothing is ever planned there.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from routekaart.domain.content.wording import MONTHS

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)
_SCHOOL_WEEKDAYS = 5


class Region(StrEnum):
    """Holiday regions of the Netherlands. By municipality, stored on the school."""

    NOORD = "Noord"
    MIDDEN = "Midden"
    ZUID = "Zuid"


class ClosureKind(StrEnum):
    SCHOOL_HOLIDAY = "school_holiday"
    PUBLIC_HOLIDAY = "public_holiday"
    OWN = "own"


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """1 August of `start` up to and including 31 July of the next year."""

    start: int

    @classmethod
    def containing(cls, day: date) -> "SchoolYear":
        return cls(day.year if day.month >= 8 else day.year - 1)

    @classmethod
    def parse(cls, label: str) -> "SchoolYear":
        """Reads "2026-2027"; anything else is a ValueError."""
        first, dash, second = label.partition("-")
        numbers = first.isascii() and first.isdigit() and second.isascii() and second.isdigit()
        if not (dash and numbers and len(first) == len(second) == len("2026")):
            raise ValueError(f"'{label}' is geen schooljaar: schrijf het als 2026-2027")
        if int(second) != int(first) + 1:
            raise ValueError(f"'{label}' is geen schooljaar: het tweede jaar volgt op het eerste")
        return cls(int(first))

    @property
    def label(self) -> str:
        return f"{self.start:04}-{self.start + 1:04}"

    @property
    def first_day(self) -> date:
        return date(self.start, 8, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 7, 31)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the school is closed, both included."""

    first: date
    last: date
    title: str
    kind: ClosureKind


@dataclass(frozen=True, slots=True)
class Override:
    """What a school itself decides about its days, both included: closed, or open after all."""

    first: date
    last: date
    title: str
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the school year. `title` names what closes it, empty for a week with lessons."""

    monday: date
    iso_year: int
    iso_week: int
    open_days: int
    title: str

    @property
    def name(self) -> str:
        """Its ISO number and its days, as in: week 43 (19 tot en met 23 oktober)."""
        friday = self.monday + timedelta(days=_SCHOOL_WEEKDAYS - 1)
        first, last = _day_month(self.monday), _day_month(friday)
        start = str(self.monday.day) if self.monday.month == friday.month else first
        return f"week {self.iso_week} ({start} tot en met {last})"


@dataclass(frozen=True)
class SchoolCalendar:
    """One school year of one school.

    `closures` are what closes days; `opened` are the days a school opens against them. Where a
    school both closes and opens a day itself, closed wins. `holidays_published` is False when
    the holidays of this year are not all known yet: say "nog niet gepubliceerd".
    """

    year: SchoolYear
    region: Region
    closures: tuple[Closure, ...] = ()
    opened: tuple[Override, ...] = ()
    holidays_published: bool = True

    @cached_property
    def _titles(self) -> dict[date, str]:
        """Closed weekdays with what closes them; the school's own word wins the title."""
        titles: dict[date, str] = {}
        rank = (ClosureKind.OWN, ClosureKind.PUBLIC_HOLIDAY, ClosureKind.SCHOOL_HOLIDAY)
        reopened = {day for item in self.opened for day in _days(item.first, item.last)}
        ordered = sorted(
            self.closures, key=lambda item: (rank.index(item.kind), item.first, item.title)
        )
        for item in ordered:
            for day in _days(item.first, item.last):
                if item.kind is ClosureKind.OWN or day not in reopened:
                    titles.setdefault(day, item.title)
        return titles

    @cached_property
    def open_days(self) -> tuple[date, ...]:
        """Every day on which the school works, in order."""
        return tuple(
            day
            for day in _days(self.year.first_day, self.year.last_day)
            if day.isoweekday() <= _SCHOOL_WEEKDAYS and day not in self._titles
        )

    @cached_property
    def _open_set(self) -> frozenset[date]:
        return frozenset(self.open_days)

    def is_open(self, day: date) -> bool:
        return day in self._open_set

    def first_open_from(self, day: date) -> date | None:
        """The day itself, or the first open one after it; None when the year has none left."""
        index = bisect_left(self.open_days, day)
        return self.open_days[index] if index < len(self.open_days) else None

    def why_closed(self, day: date) -> str:
        """What closes a day, in Dutch; empty for an open day."""
        if self.is_open(day):
            return ""
        if day not in self.year:
            return f"buiten schooljaar {self.year.label}"
        return self._titles.get(day) or "weekend"

    def working_days_before(self, day: date, count: int) -> date | None:
        """The day that lies `count` open days before `day`; None when the year is too short.

        With count 0 the last open day on or before `day` itself.
        """
        if count == 0 and self.is_open(day):
            return day
        index = bisect_left(self.open_days, day) - max(count, 1)
        return self.open_days[index] if index >= 0 else None

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        """The Monday weeks that touch the school year, in order: 53 or 54 of them."""
        return tuple(self._week(monday) for monday in _mondays(self.year))

    def _week(self, monday: date) -> Week:
        iso = monday.isocalendar()
        days = [monday + timedelta(days=offset) for offset in range(_SCHOOL_WEEKDAYS)]
        open_days = sum(self.is_open(day) for day in days)
        title = "" if open_days else next((self._titles[d] for d in days if d in self._titles), "")
        return Week(monday, iso.year, iso.week, open_days, title)


def _day_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _mondays(year: SchoolYear) -> Iterator[date]:
    monday = monday_of(year.first_day)
    while monday <= year.last_day:
        yield monday
        monday += ONE_WEEK
