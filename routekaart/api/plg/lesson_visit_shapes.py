"""Bodies and answers about lesson visits."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from routekaart.actions.plg.lesson_visits import NewVisit
from routekaart.api.shapes import (
    ClockTime,
    Day,
    EachOnce,
    FilledText,
    FindingReply,
    Id,
    Reply,
    Sentence,
    Shape,
    finding_reply,
)
from routekaart.domain.lesson_visit_pairs import REASONS, USUAL_STARTS
from routekaart.domain.rules.bsn import bsn_in_texts
from routekaart.models import LessonVisit, LessonVisitNote
from routekaart.queries.plg.lesson_visits import SuggestedRound

VisitMinutes = Annotated[int, Field(ge=5, le=480)]


class RoundOfVisits(Shape):
    """Everyone visits once and is visited once. `starts_at`: hours to choose from."""

    focus: Sentence
    first_day: Day
    weeks: Annotated[int, Field(ge=1, le=20)] = 4
    minutes: VisitMinutes = 45
    starts_at: Annotated[list[ClockTime], Field(min_length=1, max_length=12), EachOnce] = Field(
        default_factory=lambda: list(USUAL_STARTS)
    )


class NewLessonVisit(Shape):
    visitor: Id
    host: Id
    focus: Sentence
    date: Day
    starts_at: ClockTime
    minutes: VisitMinutes = 45

    def wanted(self) -> NewVisit:
        return NewVisit(
            visitor=self.visitor,
            host=self.host,
            focus=self.focus,
            date=self.date,
            starts_at=self.starts_at,
            minutes=self.minutes,
        )


class NewLessonVisits(Shape):
    """All are stored, or none."""

    visits: Annotated[list[NewLessonVisit], Field(min_length=1, max_length=100)]


class LessonVisitChanges(Shape):
    """A field that is left out or null stays as it is."""

    focus: Sentence | None = None
    date: Day | None = None
    starts_at: ClockTime | None = None
    minutes: VisitMinutes | None = None


class SuggestedVisit(Reply):
    visitor: UUID
    visitor_name: str
    host: UUID
    host_name: str
    focus: str
    date: date
    starts_at: ClockTime
    minutes: int


class NotPaired(Reply):
    """Who has no pair, with a stable code and the reason in words."""

    person: UUID
    person_name: str
    code: str
    reason: str


class SuggestedVisits(Reply):
    visits: list[SuggestedVisit]
    not_paired: list[NotPaired]


class LessonVisitReply(SuggestedVisit):
    id: UUID
    cycle: UUID
    state: str
    findings: list[FindingReply]


class StoredVisits(Reply):
    visits: list[LessonVisitReply]


class NewVisitNote(Shape):
    text: FilledText


class VisitNoteReply(Reply):
    id: int
    author: UUID
    author_name: str
    text: str
    written_at: datetime
    findings: list[FindingReply]


def _findings(**texts: str) -> list[FindingReply]:
    return [finding_reply(finding) for finding in bsn_in_texts(texts)]


def visit_reply(visit: LessonVisit) -> LessonVisitReply:
    return LessonVisitReply(
        id=visit.pk,
        cycle=visit.cycle_id,
        visitor=visit.visitor_id,
        visitor_name=visit.visitor.name,
        host=visit.host_id,
        host_name=visit.host.name,
        focus=visit.focus,
        date=visit.date,
        starts_at=visit.starts_at,
        minutes=visit.minutes,
        state=visit.state,
        findings=_findings(focus=visit.focus),
    )


def note_reply(note: LessonVisitNote) -> VisitNoteReply:
    return VisitNoteReply(
        id=note.pk,
        author=note.author_id,
        author_name=note.author.name,
        text=note.text,
        written_at=note.written_at,
        findings=_findings(text=note.text),
    )


def suggested_reply(found: SuggestedRound, focus: str) -> SuggestedVisits:
    return SuggestedVisits(
        visits=[
            SuggestedVisit(
                visitor=UUID(visit.visitor),
                visitor_name=found.names[visit.visitor],
                host=UUID(visit.host),
                host_name=found.names[visit.host],
                focus=focus,
                date=visit.moment.date,
                starts_at=visit.moment.start,
                minutes=visit.moment.minutes,
            )
            for visit in found.round.visits
        ],
        not_paired=[
            NotPaired(
                person=UUID(one.person),
                person_name=found.names[one.person],
                code=one.why.value,
                reason=REASONS[one.why],
            )
            for one in found.round.unpaired
        ],
    )
