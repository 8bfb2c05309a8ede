"""From what is planned to items of a calendar. No colleague is named and no note is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from courses.dutch import dutch_date
from routekaart.domain.calendar_feed.events import EventKind, FeedItem, When, one_line

# Never changes: a calendar knows an event by it.
_DOMAIN = "routekaart"
# A calendar is for looking back too, but not without end (assumption).
SHOWN_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class OfTeam:
    """Whose it is."""

    team: str
    school: str


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A study day. `word`: studiedag or studiemiddag. `deadline`: until when the team prepares
    for it, where the calendar is to have that."""

    id: str
    of: OfTeam
    word: str
    title: str
    on: date
    starts_at: time
    minutes: int
    room: str = ""
    follow_up_on: date | None = None
    evaluation_on: date | None = None
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting of a PLG; `name` is empty for one of the whole team that the plan foresees."""

    id: str
    of: OfTeam
    name: str
    on: date
    starts_at: time | None
    minutes: int


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A lesson visit of the reader. `hosts`: somebody comes to the reader's own lesson."""

    id: str
    of: OfTeam
    hosts: bool
    on: date
    starts_at: time
    minutes: int


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course that the reader has yet to do, until `deadline`; `day`: the study day it is for."""

    id: str
    of: OfTeam
    title: str
    deadline: date
    day: date | None


@dataclass(frozen=True, slots=True)
class CalendarFacts:
    """All that a calendar is to have."""

    days: tuple[DayFacts, ...] = ()
    meetings: tuple[MeetingFacts, ...] = ()
    visits: tuple[VisitFacts, ...] = ()
    courses: tuple[CourseFacts, ...] = ()


def items_of(facts: CalendarFacts, today: date) -> tuple[FeedItem, ...]:
    """The items by date and time, from `SHOWN_BACK` ago on; no two have the same uid."""
    items = [item for day in facts.days for item in _around(day)]
    items += [_meeting(one) for one in facts.meetings]
    items += [_visit(one) for one in facts.visits]
    items += [_course(one) for one in facts.courses]
    return tuple(
        sorted(
            (one for one in items if one.when.day >= today - SHOWN_BACK),
            key=lambda one: (one.when.day, one.when.starts_at or time.min, one.uid),
        )
    )


def study_day_item(day: DayFacts) -> FeedItem:
    """The day itself, without what comes before and after it."""
    title = one_line(day.title)
    word = day.word.capitalize()
    return FeedItem(
        uid=_uid(EventKind.STUDY_DAY, day.id),
        kind=EventKind.STUDY_DAY,
        when=When(day.on, day.starts_at, day.minutes),
        summary=f"{word}: {title}" if title else word,
        description=f"{word} van {_whose(day.of)}.",
        location=", ".join(text for text in (one_line(day.room), one_line(day.of.school)) if text),
    )


def _around(day: DayFacts) -> Iterator[FeedItem]:
    """A study day with what goes before and comes after: those have a date, but no time yet."""
    yield study_day_item(day)
    name = one_line(day.title) or f"{day.word} van {dutch_date(day.on)}"
    for kind, on, words in (
        (EventKind.DEADLINE, day.deadline, "Voorbereiding klaar"),
        (EventKind.FOLLOW_UP, day.follow_up_on, "Vervolgmoment"),
        (EventKind.EVALUATION, day.evaluation_on, "Evaluatie"),
    ):
        if on is not None:
            yield FeedItem(
                uid=_uid(kind, day.id),
                kind=kind,
                when=When(on),
                summary=f"{words}: {name}",
                description=f"{_ABOUT[kind].format(day=_of_day(day))} Van {_whose(day.of)}.",
            )


_ABOUT = {
    EventKind.DEADLINE: "Het team is klaar met de voorbereiding op {day}.",
    EventKind.FOLLOW_UP: "Jullie kijken terug op de afspraken van {day}. De tijd spreken jullie "
    "zelf af.",
    EventKind.EVALUATION: "Jullie bekijken of het werkt wat jullie leerden op {day}. De tijd "
    "spreken jullie zelf af.",
}


def _of_day(day: DayFacts) -> str:
    return f"de {day.word} van {dutch_date(day.on)}"


def _meeting(meeting: MeetingFacts) -> FeedItem:
    name = one_line(meeting.name)
    open_time = "" if meeting.starts_at else " De tijd spreken jullie zelf af."
    return FeedItem(
        uid=_uid(EventKind.PLG_MEETING, meeting.id),
        kind=EventKind.PLG_MEETING,
        when=When(meeting.on, meeting.starts_at, meeting.minutes),
        summary=f"PLG {name}" if name else "PLG-bijeenkomst",
        description=f"Bijeenkomst van de PLG van {_whose(meeting.of)}.{open_time}",
        location=one_line(meeting.of.school) if meeting.starts_at else "",
    )


def _visit(visit: VisitFacts) -> FeedItem:
    what = "een collega kijkt bij jou" if visit.hosts else "jij kijkt bij een collega"
    return FeedItem(
        uid=_uid(EventKind.LESSON_VISIT, visit.id),
        kind=EventKind.LESSON_VISIT,
        when=When(visit.on, visit.starts_at, visit.minutes),
        summary=f"Lesbezoek: {what}",
        description="Met wie, en de kijkvraag: dat zie je bij je PLG.",
        location=one_line(visit.of.school),
    )


def _course(course: CourseFacts) -> FeedItem:
    until = f" Nodig voor de studiedag van {dutch_date(course.day)}." if course.day else ""
    return FeedItem(
        uid=_uid(EventKind.COURSE, course.id),
        kind=EventKind.COURSE,
        when=When(course.deadline),
        summary=f"Cursus klaar: {one_line(course.title)}",
        description=f"Dit is de laatste dag voor deze cursus.{until} Van {_whose(course.of)}.",
    )


def _whose(of: OfTeam) -> str:
    return f"{one_line(of.team)}, {one_line(of.school)}"


def _uid(kind: EventKind, key: str) -> str:
    return f"{kind.value.replace('_', '-')}-{key}@{_DOMAIN}"
