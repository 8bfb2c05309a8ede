"""The school year as a list per month: what the drawing shows, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from courses.dutch import listed
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.wording import MONTHS, WEEKDAYS, counted, short_month
from routekaart.domain.moments import MomentKind
from routekaart.domain.year_route.facts import YearFacts

_FRIDAY = timedelta(days=4)


class EntryKind(StrEnum):
    """In the order in which one day is told."""

    BREAK = "break"
    PREPARATION = "preparation"
    DEADLINE = "deadline"
    STUDY_DAY = "study_day"
    PLG_MEETING = "plg_meeting"
    LESSON_VISITS = "lesson_visits"
    FOLLOW_UP = "follow_up"
    EVALUATION = "evaluation"
    AGREEMENT = "agreement"


_WORDS: Mapping[EntryKind, str] = {
    EntryKind.BREAK: "vrij",
    EntryKind.PREPARATION: "voorbereiding",
    EntryKind.STUDY_DAY: "studiedag",
}
# How a study day without a title is called.
_PLAIN_DAYS = frozenset({"Studiedag", "Studiemiddag"})
_ORDER = {kind: place for place, kind in enumerate(EntryKind)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `study_day`: the id of the study day that it leads to, where there is one."""

    first: date
    last: date
    kind: EntryKind
    text: str
    when: str
    study_day: str | None = None
    is_past: bool = False

    @property
    def word(self) -> str:
        """What it is, where its text does not say so; else empty."""
        return "" if self.text in _PLAIN_DAYS else _WORDS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the school year; `entries` may be empty."""

    name: str
    key: str
    entries: tuple[Entry, ...]
    is_now: bool


def months_of(facts: YearFacts, today: date) -> tuple[Month, ...]:
    """The twelve months, each with what begins in it. What began before the year stands first."""
    entries = sorted(
        _entries(facts, today), key=lambda one: (one.first, _ORDER[one.kind], one.text)
    )
    return tuple(
        Month(
            name=f"{MONTHS[first.month - 1]} {first.year}",
            key=f"{first:%Y-%m}",
            entries=tuple(one for one in entries if _same(one.first, first)),
            is_now=_same(today, first),
        )
        for first in month_starts(facts.year)
    )


def month_starts(year: SchoolYear) -> tuple[date, ...]:
    """The first days of August up to and including July."""
    return tuple(date(year.start + (month > 12), (month - 1) % 12 + 1, 1) for month in range(8, 20))


def _same(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def _entries(facts: YearFacts, today: date) -> Iterator[Entry]:
    year = facts.year
    for one in facts.breaks:
        yield _entry(one.first, one.last, EntryKind.BREAK, one.title, today)
    for period in facts.preparations:
        yield _entry(period.first, period.last, EntryKind.PREPARATION, period.title, today)
    for monday in facts.visits:
        first, last = max(monday, year.first_day), min(monday + _FRIDAY, year.last_day)
        yield _entry(first, last, EntryKind.LESSON_VISITS, "Lesbezoeken bij elkaar", today)
    for moment in facts.moments:
        if moment.on in year:
            yield Entry(
                moment.on,
                moment.on,
                EntryKind(moment.kind.value),
                moment.title,
                _day(moment.on) + _hour(moment.starts_at),
                moment.subject if moment.kind in _OF_STUDY_DAY else None,
                moment.on < today,
            )


_OF_STUDY_DAY = frozenset(
    {MomentKind.STUDY_DAY, MomentKind.DEADLINE, MomentKind.FOLLOW_UP, MomentKind.EVALUATION}
)


def _entry(first: date, last: date, kind: EntryKind, text: str, today: date) -> Entry:
    return Entry(first, last, kind, text, when(first, last), None, last < today)


def when(first: date, last: date) -> str:
    """wo 4 nov; or: 12 t/m 16 okt; or: 21 dec t/m 1 jan"""
    if first == last:
        return _day(first)
    start = str(first.day) if first.month == last.month else day_of(first)
    return f"{start} t/m {day_of(last)}"


def day_of(day: date) -> str:
    """4 nov"""
    return f"{day.day} {short_month(day.month)}"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()][:2]} {day_of(day)}"


def _hour(starts_at: time | None) -> str:
    return f", {starts_at:%H.%M} uur" if starts_at else ""


_COUNTED: tuple[tuple[MomentKind, str, str], ...] = (
    (MomentKind.STUDY_DAY, "studiedag", "studiedagen"),
    (MomentKind.PLG_MEETING, "PLG-bijeenkomst", "PLG-bijeenkomsten"),
    (MomentKind.FOLLOW_UP, "vervolgmoment", "vervolgmomenten"),
    (MomentKind.EVALUATION, "evaluatie", "evaluaties"),
)


def in_a_sentence(facts: YearFacts) -> str:
    """2 studiedagen, 6 PLG-bijeenkomsten en 1 evaluatie; empty when there is nothing."""
    return listed([*_counts(facts)])


def _counts(facts: YearFacts) -> Iterable[str]:
    for kind, one, many in _COUNTED:
        number = sum(moment.kind is kind for moment in facts.moments)
        if number:
            yield counted(number, one, many)
