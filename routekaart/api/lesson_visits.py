"""Lesson visits over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from routekaart.actions import lesson_visits as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.idempotency import idempotent
from routekaart.api.paging import Listed, Page, paged
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
    problems,
)
from routekaart.domain.lesson_visit_pairs import REASONS, USUAL_STARTS, Window
from routekaart.domain.rules.bsn_text import bsn_in_texts
from routekaart.models import LessonVisit, LessonVisitNote
from routekaart.queries.lesson_visits import notes_of, suggested_round, visit_detail, visits_of

router = Router(tags=["Lesbezoeken"])

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

    def wanted(self) -> actions.NewVisit:
        return actions.NewVisit(
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


def _reply(visit: LessonVisit) -> LessonVisitReply:
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


def _note_reply(note: LessonVisitNote) -> VisitNoteReply:
    return VisitNoteReply(
        id=note.pk,
        author=note.author_id,
        author_name=note.author.name,
        text=note.text,
        written_at=note.written_at,
        findings=_findings(text=note.text),
    )


@router.post(
    "/plg-cycles/{plg_cycle_id}/lesson-visits/suggest",
    response={200: SuggestedVisits, **problems(403, 404)},
    operation_id="suggest_lesson_visits",
    summary="Voorstellen wie bij wie gaat kijken",
    description="Bewaart niets. Houdt rekening met werkdagen, verlof, vakanties, studiedagen, "
    "bijeenkomsten en andere lesbezoeken. Lesroosters zijn niet bekend.",
)
def suggest_lesson_visits(request: SignedInRequest, plg_cycle_id: Id, body: RoundOfVisits) -> Any:
    found = suggested_round(
        by=request.auth,
        cycle_id=plg_cycle_id,
        window=Window(body.first_day, body.weeks, body.minutes, tuple(body.starts_at)),
    )
    return SuggestedVisits(
        visits=[
            SuggestedVisit(
                visitor=UUID(visit.visitor),
                visitor_name=found.names[visit.visitor],
                host=UUID(visit.host),
                host_name=found.names[visit.host],
                focus=body.focus,
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


@router.get(
    "/plg-cycles/{plg_cycle_id}/lesson-visits",
    response={200: Listed[LessonVisitReply], **problems(404)},
    operation_id="list_lesson_visits",
    summary="De lesbezoeken van een PLG",
)
def list_lesson_visits(request: SignedInRequest, plg_cycle_id: Id, page: Query[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(visits_of(by=by, cycle_id=plg_cycle_id), page, _reply)


@router.post(
    "/plg-cycles/{plg_cycle_id}/lesson-visits",
    response={201: StoredVisits, **problems(403, 404, 409)},
    operation_id="create_lesson_visits",
    summary="Lesbezoeken vastleggen",
)
@idempotent
def create_lesson_visits(request: SignedInRequest, plg_cycle_id: Id, body: NewLessonVisits) -> Any:
    by = request.auth
    made = actions.add_visits(
        by=by,
        cycle_id=plg_cycle_id,
        visits=[visit.wanted() for visit in body.visits],
    )
    keys = [visit.pk for visit in made]
    with by.entered():
        rows = visits_of(by=by, cycle_id=plg_cycle_id).filter(pk__in=keys)
        return Status(201, StoredVisits(visits=[_reply(visit) for visit in rows]))


@router.patch(
    "/lesson-visits/{lesson_visit_id}",
    response={200: LessonVisitReply, **problems(403, 404, 409)},
    operation_id="change_lesson_visit",
    summary="Een lesbezoek wijzigen",
)
def change_lesson_visit(
    request: SignedInRequest, lesson_visit_id: Id, body: LessonVisitChanges
) -> Any:
    by = request.auth
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set
        if getattr(body, name) is not None
    }
    actions.change_visit(by=by, visit_id=lesson_visit_id, values=values)
    return _reply(visit_detail(by=by, visit_id=lesson_visit_id))


@router.post(
    "/lesson-visits/{lesson_visit_id}/hold",
    response={200: LessonVisitReply, **problems(403, 404, 409)},
    operation_id="hold_lesson_visit",
    summary="Een lesbezoek is geweest",
)
def hold_lesson_visit(request: SignedInRequest, lesson_visit_id: Id) -> Any:
    actions.move_visit(by=request.auth, visit_id=lesson_visit_id, step="hold")
    return _reply(visit_detail(by=request.auth, visit_id=lesson_visit_id))


@router.post(
    "/lesson-visits/{lesson_visit_id}/cancel",
    response={200: LessonVisitReply, **problems(403, 404, 409)},
    operation_id="cancel_lesson_visit",
    summary="Een lesbezoek vervalt",
)
def cancel_lesson_visit(request: SignedInRequest, lesson_visit_id: Id) -> Any:
    actions.move_visit(by=request.auth, visit_id=lesson_visit_id, step="cancel")
    return _reply(visit_detail(by=request.auth, visit_id=lesson_visit_id))


@router.get(
    "/lesson-visits/{lesson_visit_id}/notes",
    response={200: Listed[VisitNoteReply], **problems(404)},
    operation_id="list_lesson_visit_notes",
    summary="Wat jullie noteerden",
    description="Alleen voor de twee collega's zelf.",
)
def list_lesson_visit_notes(
    request: SignedInRequest, lesson_visit_id: Id, page: Query[Page]
) -> Any:
    by = request.auth
    with by.entered():
        return paged(notes_of(by=by, visit_id=lesson_visit_id), page, _note_reply)


@router.post(
    "/lesson-visits/{lesson_visit_id}/notes",
    response={201: VisitNoteReply, **problems(403, 404, 409)},
    operation_id="create_lesson_visit_note",
    summary="Iets noteren bij een lesbezoek",
)
@idempotent
def create_lesson_visit_note(
    request: SignedInRequest, lesson_visit_id: Id, body: NewVisitNote
) -> Any:
    by = request.auth
    return Status(
        201, _note_reply(actions.add_note(by=by, visit_id=lesson_visit_id, text=body.text))
    )
