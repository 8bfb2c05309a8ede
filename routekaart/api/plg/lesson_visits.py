"""Lesson visits over HTTP."""

from typing import Any

from ninja import Query, Router, Status

from routekaart import clock
from routekaart.actions.plg import lesson_visits as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.plg.lesson_visit_shapes import (
    LessonVisitChanges,
    LessonVisitReply,
    NewLessonVisits,
    NewVisitNote,
    RoundOfVisits,
    StoredVisits,
    SuggestedVisits,
    VisitNoteReply,
    note_reply,
    suggested_reply,
    visit_reply,
)
from routekaart.api.shapes import Id, problems
from routekaart.domain.lesson_visit_pairs import Window
from routekaart.queries.plg.lesson_visits import notes_of, suggested_round, visit_detail, visits_of

router = Router(tags=["Lesbezoeken"])


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
    return suggested_reply(found, body.focus)


@router.get(
    "/plg-cycles/{plg_cycle_id}/lesson-visits",
    response={200: Listed[LessonVisitReply], **problems(404)},
    operation_id="list_lesson_visits",
    summary="De lesbezoeken van een PLG",
)
def list_lesson_visits(request: SignedInRequest, plg_cycle_id: Id, page: Query[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(visits_of(by=by, cycle_id=plg_cycle_id), page, visit_reply)


@router.post(
    "/plg-cycles/{plg_cycle_id}/lesson-visits",
    response={201: StoredVisits, **problems(403, 404, 409)},
    operation_id="create_lesson_visits",
    summary="Lesbezoeken vastleggen",
)
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
        return Status(201, StoredVisits(visits=[visit_reply(visit) for visit in rows]))


@router.get(
    "/lesson-visits/{lesson_visit_id}",
    response={200: LessonVisitReply, **problems(404)},
    operation_id="get_lesson_visit",
    summary="Eén lesbezoek",
)
def get_lesson_visit(request: SignedInRequest, lesson_visit_id: Id) -> Any:
    return visit_reply(visit_detail(by=request.auth, visit_id=lesson_visit_id))


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
    return visit_reply(visit_detail(by=by, visit_id=lesson_visit_id))


@router.post(
    "/lesson-visits/{lesson_visit_id}/hold",
    response={200: LessonVisitReply, **problems(403, 404, 409)},
    operation_id="hold_lesson_visit",
    summary="Een lesbezoek is geweest",
    description="Kan vanaf de dag zelf.",
)
def hold_lesson_visit(request: SignedInRequest, lesson_visit_id: Id) -> Any:
    actions.move_visit(by=request.auth, visit_id=lesson_visit_id, step="hold", today=clock.today())
    return visit_reply(visit_detail(by=request.auth, visit_id=lesson_visit_id))


@router.post(
    "/lesson-visits/{lesson_visit_id}/cancel",
    response={200: LessonVisitReply, **problems(403, 404, 409)},
    operation_id="cancel_lesson_visit",
    summary="Een lesbezoek vervalt",
)
def cancel_lesson_visit(request: SignedInRequest, lesson_visit_id: Id) -> Any:
    actions.move_visit(
        by=request.auth, visit_id=lesson_visit_id, step="cancel", today=clock.today()
    )
    return visit_reply(visit_detail(by=request.auth, visit_id=lesson_visit_id))


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
        return paged(notes_of(by=by, visit_id=lesson_visit_id), page, note_reply)


@router.post(
    "/lesson-visits/{lesson_visit_id}/notes",
    response={201: VisitNoteReply, **problems(403, 404, 409)},
    operation_id="create_lesson_visit_note",
    summary="Iets noteren bij een lesbezoek",
)
def create_lesson_visit_note(
    request: SignedInRequest, lesson_visit_id: Id, body: NewVisitNote
) -> Any:
    by = request.auth
    return Status(
        201, note_reply(actions.add_note(by=by, visit_id=lesson_visit_id, text=body.text))
    )
