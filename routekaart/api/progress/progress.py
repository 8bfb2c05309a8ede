"""How far people and teams are over HTTP: the own courses, and the team in counts."""

from typing import Any
from uuid import UUID

from ninja import Query, Router

from routekaart import clock
from routekaart.actions.progress import progress as actions
from routekaart.api.assigning.assignments import AssignmentReply, assignment_reply
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.progress.completion_shapes import CompletionReply, completion_reply
from routekaart.api.progress.shapes import (
    Finished,
    OwnAssignmentReply,
    OwnPage,
    ProgressReply,
    Waiver,
    own_assignment_reply,
    progress_reply,
)
from routekaart.api.shapes import Id, problems
from routekaart.queries.progress.completions import own_completions
from routekaart.queries.progress.own_assignments import own_assignments
from routekaart.queries.progress.progress import progress_of
from routekaart.queries.routekaarten.routekaarten import assignment_detail

router = Router(tags=["Voortgang"])

_OF_OTHERS = "Voor jezelf, of als teamleider of trainer voor een ander. Gerust te herhalen."


@router.get(
    "/me/assignments",
    response={200: Listed[OwnAssignmentReply]},
    operation_id="list_own_assignments",
    summary="Mijn cursussen",
    description="Van al je scholen en teams, wat het eerst af moet eerst.",
)
def list_own_assignments(request: SignedInRequest, page: Query[OwnPage]) -> Any:
    today = clock.today()
    found = own_assignments(by=request.auth, today=today, only_open=page.only_open)
    return paged(found, page, lambda item: own_assignment_reply(item, today))


@router.get(
    "/me/completions",
    response={200: Listed[CompletionReply]},
    operation_id="list_own_completions",
    summary="Wat ik heb afgerond",
)
def list_own_completions(request: SignedInRequest, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(own_completions(by=request.auth), page, completion_reply)


@router.get(
    "/routekaarten/{routekaart_id}/progress",
    response={200: ProgressReply, **problems(403, 404)},
    operation_id="get_progress",
    summary="Hoe ver het team is",
    description="In aantallen. Een cursus van minder dan 5 mensen blijft verborgen. Namen zien "
    "alleen teamleider en trainer, en alleen als de PMR daarmee heeft ingestemd.",
)
def get_progress(request: SignedInRequest, routekaart_id: Id) -> Any:
    today = clock.today()
    found = progress_of(by=request.auth, routekaart_id=routekaart_id, today=today)
    return progress_reply(found, today)


def _changed(request: SignedInRequest, assignment_id: UUID) -> AssignmentReply:
    return assignment_reply(assignment_detail(by=request.auth, assignment_id=assignment_id))


@router.post(
    "/assignments/{assignment_id}/start",
    response={200: AssignmentReply, **problems(403, 404, 409)},
    operation_id="start_assignment",
    summary="Aan een cursus beginnen",
    description=_OF_OTHERS,
)
def start_assignment(request: SignedInRequest, assignment_id: Id) -> Any:
    actions.start_assignment(by=request.auth, assignment_id=assignment_id, today=clock.today())
    return _changed(request, assignment_id)


@router.post(
    "/assignments/{assignment_id}/complete",
    response={200: AssignmentReply, **problems(403, 404, 409)},
    operation_id="complete_assignment",
    summary="Een cursus als afgerond melden",
    description=_OF_OTHERS,
)
def complete_assignment(request: SignedInRequest, assignment_id: Id, body: Finished) -> Any:
    today = clock.today()
    actions.complete_assignment(
        by=request.auth,
        assignment_id=assignment_id,
        done_on=body.done_on or today,
        proof=body.proof,
        today=today,
    )
    return _changed(request, assignment_id)


@router.post(
    "/assignments/{assignment_id}/reopen",
    response={200: AssignmentReply, **problems(403, 404, 409)},
    operation_id="reopen_assignment",
    summary="Terugnemen wat over een cursus is gemeld",
    description=_OF_OTHERS,
)
def reopen_assignment(request: SignedInRequest, assignment_id: Id) -> Any:
    actions.reopen_assignment(by=request.auth, assignment_id=assignment_id, today=clock.today())
    return _changed(request, assignment_id)


@router.post(
    "/assignments/{assignment_id}/waive",
    response={200: AssignmentReply, **problems(403, 404, 409)},
    operation_id="waive_assignment",
    summary="Iemand vrijstellen van een cursus",
    description="Met een reden. Gerust te herhalen; een andere reden vervangt de vorige.",
)
def waive_assignment(request: SignedInRequest, assignment_id: Id, body: Waiver) -> Any:
    actions.waive_assignment(
        by=request.auth,
        assignment_id=assignment_id,
        reason=body.reason,
        today=clock.today(),
    )
    return _changed(request, assignment_id)
