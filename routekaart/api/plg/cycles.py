"""PLGs and their small steps over HTTP."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from routekaart import clock
from routekaart.actions.plg import cycles as actions
from routekaart.actions.plg import micro_steps as step_actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.plg.shapes import (
    ClosingPlgCycle,
    MicroStepOutcome,
    MicroStepReply,
    NewMicroStep,
    NewPlgCycle,
    NextPlgCycle,
    PlgCycleChanges,
    PlgCycleReply,
    cycle_reply,
    step_reply,
)
from routekaart.api.shapes import Id, problems
from routekaart.queries.plg.cycles import cycle_detail, cycles_of, micro_step_detail, micro_steps_of

router = Router(tags=["PLG"])


def _cycle(request: SignedInRequest, cycle_id: UUID) -> PlgCycleReply:
    by = request.auth
    with by.entered():
        return cycle_reply(cycle_detail(by=by, cycle_id=cycle_id))


@router.get(
    "/routekaarten/{routekaart_id}/plg-cycles",
    response={200: Listed[PlgCycleReply], **problems(403, 404)},
    operation_id="list_plg_cycles",
    summary="De PLG's van een routekaart",
)
def list_plg_cycles(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(cycles_of(by=by, routekaart_id=routekaart_id), page, cycle_reply)


@router.post(
    "/routekaarten/{routekaart_id}/plg-cycles",
    response={201: PlgCycleReply, **problems(403, 404, 409)},
    operation_id="create_plg_cycle",
    summary="Een PLG opzetten",
)
def create_plg_cycle(request: SignedInRequest, routekaart_id: Id, body: NewPlgCycle) -> Any:
    values = body.model_dump()
    if body.rhythm_weeks is None:
        del values["rhythm_weeks"]
    made = actions.add_cycle(by=request.auth, routekaart_id=routekaart_id, values=values)
    return Status(201, _cycle(request, made.pk))


@router.get(
    "/plg-cycles/{plg_cycle_id}",
    response={200: PlgCycleReply, **problems(404)},
    operation_id="get_plg_cycle",
    summary="Eén PLG",
)
def get_plg_cycle(request: SignedInRequest, plg_cycle_id: Id) -> Any:
    return _cycle(request, plg_cycle_id)


@router.patch(
    "/plg-cycles/{plg_cycle_id}",
    response={200: PlgCycleReply, **problems(403, 404, 409)},
    operation_id="change_plg_cycle",
    summary="Een PLG wijzigen",
)
def change_plg_cycle(request: SignedInRequest, plg_cycle_id: Id, body: PlgCycleChanges) -> Any:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set
        if name == "goal" or getattr(body, name) is not None
    }
    actions.change_cycle(by=request.auth, cycle_id=plg_cycle_id, values=values)
    return _cycle(request, plg_cycle_id)


@router.post(
    "/plg-cycles/{plg_cycle_id}/start",
    response={200: PlgCycleReply, **problems(403, 404, 409)},
    operation_id="start_plg_cycle",
    summary="Een PLG starten",
    description="Plant de bijeenkomsten: die uit het plan over het doel, anders in het ritme "
    "van de PLG. Gerust te herhalen: er komen geen bijeenkomsten bij.",
)
def start_plg_cycle(request: SignedInRequest, plg_cycle_id: Id) -> Any:
    actions.start_cycle(by=request.auth, cycle_id=plg_cycle_id, today=clock.today())
    return _cycle(request, plg_cycle_id)


@router.post(
    "/plg-cycles/{plg_cycle_id}/close",
    response={200: PlgCycleReply, **problems(403, 404, 409)},
    operation_id="close_plg_cycle",
    summary="Een PLG afronden",
    description="Kan als elke bijeenkomst tot nu toe is afgesloten of overgeslagen, er minstens "
    "één is gehouden en de opbrengst is opgeschreven.",
)
def close_plg_cycle(request: SignedInRequest, plg_cycle_id: Id, body: ClosingPlgCycle) -> Any:
    actions.close_cycle(
        by=request.auth, cycle_id=plg_cycle_id, outcome=body.outcome, today=clock.today()
    )
    return _cycle(request, plg_cycle_id)


@router.post(
    "/plg-cycles/{plg_cycle_id}/reopen",
    response={200: PlgCycleReply, **problems(403, 404, 409)},
    operation_id="reopen_plg_cycle",
    summary="Een PLG heropenen",
)
def reopen_plg_cycle(request: SignedInRequest, plg_cycle_id: Id) -> Any:
    actions.reopen_cycle(by=request.auth, cycle_id=plg_cycle_id)
    return _cycle(request, plg_cycle_id)


@router.post(
    "/plg-cycles/{plg_cycle_id}/next",
    response={200: PlgCycleReply, 201: PlgCycleReply, **problems(403, 404, 409)},
    operation_id="create_next_plg_cycle",
    summary="Verdergaan in een nieuwe PLG",
    description="De antwoorden van de laatste bijeenkomst staan klaar op de eerste agenda. "
    "Wie het nog eens vraagt, krijgt dezelfde PLG.",
)
def create_next_plg_cycle(request: SignedInRequest, plg_cycle_id: Id, body: NextPlgCycle) -> Any:
    made, new = actions.next_cycle(
        by=request.auth, cycle_id=plg_cycle_id, routekaart_id=body.routekaart
    )
    return Status(201 if new else 200, _cycle(request, made.pk))


@router.get(
    "/plg-cycles/{plg_cycle_id}/micro-steps",
    response={200: Listed[MicroStepReply], **problems(403, 404)},
    operation_id="list_micro_steps",
    summary="Wat de leden uitproberen",
    description="Alleen voor de leden van de PLG zelf.",
)
def list_micro_steps(request: SignedInRequest, plg_cycle_id: Id, page: Query[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(micro_steps_of(by=by, cycle_id=plg_cycle_id), page, step_reply)


@router.post(
    "/plg-cycles/{plg_cycle_id}/micro-steps",
    response={201: MicroStepReply, **problems(403, 404, 409)},
    operation_id="create_micro_step",
    summary="Opschrijven wat je gaat proberen",
)
def create_micro_step(request: SignedInRequest, plg_cycle_id: Id, body: NewMicroStep) -> Any:
    by = request.auth
    step = step_actions.add_micro_step(
        by=by,
        cycle_id=plg_cycle_id,
        text=body.text,
        today=clock.today(),
        try_by=body.try_by,
        meeting_id=body.meeting,
    )
    return Status(201, step_reply(micro_step_detail(by=by, step_id=step.pk)))


def _moved(
    request: SignedInRequest, step_id: UUID, step: str, outcome: str | None = None
) -> MicroStepReply:
    return step_reply(
        step_actions.move_micro_step(by=request.auth, step_id=step_id, step=step, outcome=outcome)
    )


@router.post(
    "/micro-steps/{micro_step_id}/try",
    response={200: MicroStepReply, **problems(403, 404, 409)},
    operation_id="try_micro_step",
    summary="Vertellen dat je het hebt geprobeerd",
)
def try_micro_step(request: SignedInRequest, micro_step_id: Id, body: MicroStepOutcome) -> Any:
    return _moved(request, micro_step_id, "try", body.outcome)


@router.post(
    "/micro-steps/{micro_step_id}/drop",
    response={200: MicroStepReply, **problems(403, 404, 409)},
    operation_id="drop_micro_step",
    summary="Een stapje loslaten",
)
def drop_micro_step(request: SignedInRequest, micro_step_id: Id, body: MicroStepOutcome) -> Any:
    return _moved(request, micro_step_id, "drop", body.outcome)


@router.post(
    "/micro-steps/{micro_step_id}/reopen",
    response={200: MicroStepReply, **problems(403, 404, 409)},
    operation_id="reopen_micro_step",
    summary="Een stapje weer oppakken",
)
def reopen_micro_step(request: SignedInRequest, micro_step_id: Id) -> Any:
    return _moved(request, micro_step_id, "reopen")
