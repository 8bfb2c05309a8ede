"""Indicators, measurements, evaluations and decisions over HTTP."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from routekaart import clock
from routekaart.actions.quality import evaluations as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.quality.evaluation_shapes import (
    DecisionReply,
    EvaluationReply,
    IndicatorChanges,
    IndicatorReply,
    MeasurementChanges,
    MeasurementReply,
    NewDecision,
    NewIndicator,
    NewMeasurement,
    decision_reply,
    evaluation_reply,
    indicator_reply,
    measurement_reply,
)
from routekaart.api.shapes import Id, problems
from routekaart.queries.quality.evaluations import (
    decisions_of,
    goal_evaluation,
    indicator_detail,
    indicators_of,
    measurement_detail,
)

router = Router(tags=["Evaluatie"])
# These can be emptied with null.
_FIGURES = frozenset({"baseline", "baseline_on", "target", "target_on"})


def _indicator(request: SignedInRequest, indicator_id: UUID) -> IndicatorReply:
    with request.auth.entered():
        return indicator_reply(indicator_detail(by=request.auth, indicator_id=indicator_id))


@router.get(
    "/goals/{goal_id}/indicators",
    response={200: Listed[IndicatorReply], **problems(404)},
    operation_id="list_indicators",
    summary="Waaraan het team ziet of een doel is gehaald",
)
def list_indicators(request: SignedInRequest, goal_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(indicators_of(by=request.auth, goal_id=goal_id), page, indicator_reply)


@router.post(
    "/goals/{goal_id}/indicators",
    response={201: IndicatorReply, **problems(403, 404, 409)},
    operation_id="add_indicator",
    summary="Een indicator toevoegen",
    description="Alleen cijfers van een groep of het team, nooit van één leerling.",
)
def add_indicator(request: SignedInRequest, goal_id: Id, body: NewIndicator) -> Any:
    values = {name: getattr(body, name) for name in NewIndicator.model_fields}
    made = actions.add_indicator(by=request.auth, goal_id=goal_id, values=values)
    return Status(201, _indicator(request, made.pk))


@router.get(
    "/indicators/{indicator_id}",
    response={200: IndicatorReply, **problems(404)},
    operation_id="get_indicator",
    summary="Eén indicator",
)
def get_indicator(request: SignedInRequest, indicator_id: Id) -> Any:
    return _indicator(request, indicator_id)


@router.patch(
    "/indicators/{indicator_id}",
    response={200: IndicatorReply, **problems(403, 404, 409)},
    operation_id="change_indicator",
    summary="Een indicator wijzigen",
)
def change_indicator(request: SignedInRequest, indicator_id: Id, body: IndicatorChanges) -> Any:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set
        if getattr(body, name) is not None or name in _FIGURES
    }
    actions.change_indicator(by=request.auth, indicator_id=indicator_id, values=values)
    return _indicator(request, indicator_id)


@router.delete(
    "/indicators/{indicator_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="remove_indicator",
    summary="Een indicator zonder metingen weghalen",
)
def remove_indicator(request: SignedInRequest, indicator_id: Id) -> Any:
    actions.remove_indicator(by=request.auth, indicator_id=indicator_id)
    return Status(204, None)


@router.post(
    "/indicators/{indicator_id}/measurements",
    response={201: MeasurementReply, **problems(403, 404, 409)},
    operation_id="add_measurement",
    summary="Een meting toevoegen",
    description="Eén per dag. Dezelfde waarde nog eens geeft de meting die er al is.",
)
def add_measurement(request: SignedInRequest, indicator_id: Id, body: NewMeasurement) -> Any:
    today = clock.today()
    made = actions.add_measurement(
        by=request.auth,
        indicator_id=indicator_id,
        measured_on=body.measured_on or today,
        value=body.value,
        note=body.note,
        today=today,
    )
    return Status(201, measurement_reply(made))


@router.get(
    "/measurements/{measurement_id}",
    response={200: MeasurementReply, **problems(404)},
    operation_id="get_measurement",
    summary="Eén meting",
)
def get_measurement(request: SignedInRequest, measurement_id: Id) -> Any:
    return measurement_reply(measurement_detail(by=request.auth, measurement_id=measurement_id))


@router.patch(
    "/measurements/{measurement_id}",
    response={200: MeasurementReply, **problems(403, 404, 409)},
    operation_id="change_measurement",
    summary="Een meting verbeteren",
)
def change_measurement(
    request: SignedInRequest, measurement_id: Id, body: MeasurementChanges
) -> Any:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set
        if getattr(body, name) is not None
    }
    changed = actions.change_measurement(
        by=request.auth, measurement_id=measurement_id, values=values, today=clock.today()
    )
    return measurement_reply(changed)


@router.delete(
    "/measurements/{measurement_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="remove_measurement",
    summary="Een meting weghalen",
)
def remove_measurement(request: SignedInRequest, measurement_id: Id) -> Any:
    actions.remove_measurement(by=request.auth, measurement_id=measurement_id)
    return Status(204, None)


@router.get(
    "/goals/{goal_id}/evaluation",
    response={200: EvaluationReply, **problems(404)},
    operation_id="get_evaluation",
    summary="Hoe een doel ervoor staat",
)
def get_evaluation(request: SignedInRequest, goal_id: Id) -> Any:
    with request.auth.entered():
        return evaluation_reply(goal_evaluation(by=request.auth, goal_id=goal_id))


@router.get(
    "/goals/{goal_id}/decisions",
    response={200: Listed[DecisionReply], **problems(404)},
    operation_id="list_decisions",
    summary="Wat het team over een doel besloot",
)
def list_decisions(request: SignedInRequest, goal_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(decisions_of(by=request.auth, goal_id=goal_id), page, decision_reply)


@router.post(
    "/goals/{goal_id}/decisions",
    response={201: DecisionReply, **problems(403, 404, 409)},
    operation_id="decide_about_goal",
    summary="Besluiten: doorgaan, bijstellen of stoppen",
    description="Het laatste besluit telt. Stoppen haalt niets weg.",
)
def decide_about_goal(request: SignedInRequest, goal_id: Id, body: NewDecision) -> Any:
    today = clock.today()
    made = actions.decide(
        by=request.auth,
        goal_id=goal_id,
        verdict=body.verdict,
        reason=body.reason,
        decided_on=body.decided_on or today,
        today=today,
    )
    return Status(201, decision_reply(made))
