"""When people are taken already: what a lesson visit may not fall together with.

Lesson rosters are not known to the product. A "timetable" here is what it does know: working days,
leave, the school's calendar, study days, meetings, and other visits (assumption).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from routekaart.domain.calendar import SchoolCalendar
from routekaart.domain.content.wording import clock, later
from routekaart.domain.people import Member, is_present


class TakenBy(StrEnum):
    STUDY_DAY = "study_day"
    MEETING = "meeting"
    LESSON_VISIT = "lesson_visit"


@dataclass(frozen=True, slots=True)
class Taken:
    """Something that somebody has on a date. No `start`: the whole day.

    A meeting without `start` has hours that nobody filled in: nothing clashes with it, but no
    visit is suggested on that day. `own`: of the team that is asking; of anything else only the
    hours may be told.
    """

    date: date
    by: TakenBy
    start: time | None = None
    minutes: int = 0
    own: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A visit of so many minutes."""

    date: date
    start: time
    minutes: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone of the PLG with what is in the way."""

    member: Member
    taken: tuple[Taken, ...] = ()


def first_clash(moment: Moment, taken: Iterable[Taken]) -> Taken | None:
    """The first thing that falls together with a moment; touching ends are no clash."""
    begin = _minute(moment.start)
    end = begin + moment.minutes
    found = [
        item
        for item in taken
        if item.date == moment.date
        and (
            item.by is not TakenBy.MEETING
            if item.start is None
            else begin < _minute(item.start) + item.minutes and _minute(item.start) < end
        )
    ]
    return min(found, key=lambda item: (item.start or time.min, item.by), default=None)


_WORDS = {
    TakenBy.STUDY_DAY: "een studiedag",
    TakenBy.MEETING: "een bijeenkomst",
    TakenBy.LESSON_VISIT: "al een lesbezoek",
}


def clash_sentence(name: str, taken: Taken) -> str:
    """What is in the way, in Dutch. Of another team only the hours."""
    hours = (
        "de hele dag"
        if taken.start is None
        else f"van {clock(taken.start)} tot {clock(later(taken.start, taken.minutes))} uur"
    )
    what = f"heeft {hours} {_WORDS[taken.by]}" if taken.own else f"is {hours} al bezet"
    return f"{name} {what}. Kies een ander moment."


def can_meet(moment: Moment, calendar: SchoolCalendar, pair: tuple[Colleague, Colleague]) -> bool:
    """Whether both are there and free; never on a study day or a day with a meeting of theirs."""
    return calendar.is_open(moment.date) and all(
        is_present(each.member, moment.date)
        and first_clash(moment, each.taken) is None
        and not any(
            item.date == moment.date and item.by is not TakenBy.LESSON_VISIT for item in each.taken
        )
        for each in pair
    )


def ends_today(start: time, minutes: int) -> bool:
    """Whether something ends before midnight."""
    return _minute(start) + minutes <= 24 * 60


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
