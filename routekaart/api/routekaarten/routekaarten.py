"""Routekaarten over HTTP: fill in, submit, take back, return, approve, start, close."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions import transitions
from routekaart.actions.routekaarten import routekaarten as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.routekaarten.routekaart_shapes import (
    Approval,
    Consent,
    Findings,
    NewRoutekaart,
    ReturnComment,
    RoutekaartChanges,
    RoutekaartReply,
    routekaart_reply,
)
from routekaart.api.shapes import Id, finding_reply, problems
from routekaart.domain.calendar import SchoolYear
from routekaart.models import Routekaart
from routekaart.queries.routekaarten.routekaarten import routekaart_detail, routekaarten_of_team
from routekaart.queries.routekaarten.rules import findings_of

router = Router(tags=["Routekaart"])


def _detail(request: SignedInRequest, routekaart_id: UUID) -> RoutekaartReply:
    by = request.auth
    with by.entered():
        return routekaart_reply(routekaart_detail(by=by, routekaart_id=routekaart_id))


@router.get(
    "/teams/{team_id}/routekaarten",
    response={200: Listed[RoutekaartReply], **problems(403, 404)},
    operation_id="list_routekaarten",
    summary="De routekaarten van een team",
)
def list_routekaarten(request: SignedInRequest, team_id: Id, page: Query[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(routekaarten_of_team(by=by, team_id=team_id), page, routekaart_reply)


@router.post(
    "/teams/{team_id}/routekaarten",
    response={201: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="create_routekaart",
    summary="Een nieuwe routekaart voor een schooljaar",
)
def create_routekaart(request: SignedInRequest, team_id: Id, body: NewRoutekaart) -> Any:
    routekaart = actions.create_routekaart(
        by=request.auth,
        team_id=team_id,
        school_year=SchoolYear.parse(body.school_year).start,
        reason=body.reason,
        planning=body.planning(),
    )
    return Status(201, _detail(request, routekaart.pk))


@router.get(
    "/routekaarten/{routekaart_id}",
    response={200: RoutekaartReply, **problems(404)},
    operation_id="get_routekaart",
    summary="Eén routekaart",
)
def get_routekaart(request: SignedInRequest, routekaart_id: Id) -> Any:
    return _detail(request, routekaart_id)


@router.patch(
    "/routekaarten/{routekaart_id}",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="change_routekaart",
    summary="Een routekaart invullen of wijzigen",
)
def change_routekaart(request: SignedInRequest, routekaart_id: Id, body: RoutekaartChanges) -> Any:
    changes: dict[str, Any] = body.planning() | {
        name: getattr(body, name)
        for name in ("reason", "looking_back", "funding", "platforms")
        if getattr(body, name) is not None
    }
    if body.interventions is not None:
        changes["interventions"] = [
            actions.Choice(
                intervention=choice.intervention,
                programme=choice.programme,
                recognition=choice.recognition,
                parameters=choice.parameters,
            )
            for choice in body.interventions
        ]
    if body.facility_links is not None:
        changes["facility_links"] = [
            actions.Link(facility=link.facility, intervention=link.intervention, reason=link.reason)
            for link in body.facility_links
        ]
    actions.change_routekaart(
        by=request.auth, routekaart_id=routekaart_id, changes=changes, revision=body.revision
    )
    return _detail(request, routekaart_id)


@router.get(
    "/routekaarten/{routekaart_id}/findings",
    response={200: Findings, **problems(403, 404)},
    operation_id="get_findings",
    summary="Wat de regels nu zeggen",
)
def get_findings(request: SignedInRequest, routekaart_id: Id) -> Any:
    by = request.auth
    with by.entered():
        routekaart = by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART)
        findings = findings_of(routekaart)
    return Findings(
        findings=[finding_reply(finding) for finding in findings],
        blocks_submit=transitions.blocks_submitting(findings),
    )


@router.post(
    "/routekaarten/{routekaart_id}/submit",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="submit_routekaart",
    summary="Indienen bij de trainer",
)
def submit_routekaart(request: SignedInRequest, routekaart_id: Id) -> Any:
    transitions.submit(by=request.auth, routekaart_id=routekaart_id)
    return _detail(request, routekaart_id)


@router.post(
    "/routekaarten/{routekaart_id}/withdraw",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="withdraw_routekaart",
    summary="Indienen ongedaan maken",
)
def withdraw_routekaart(request: SignedInRequest, routekaart_id: Id) -> Any:
    transitions.withdraw(by=request.auth, routekaart_id=routekaart_id)
    return _detail(request, routekaart_id)


@router.post(
    "/routekaarten/{routekaart_id}/return",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="return_routekaart",
    summary="Teruggeven aan het team, met opmerking",
)
def return_routekaart(request: SignedInRequest, routekaart_id: Id, body: ReturnComment) -> Any:
    transitions.return_to_team(by=request.auth, routekaart_id=routekaart_id, comment=body.comment)
    return _detail(request, routekaart_id)


@router.post(
    "/routekaarten/{routekaart_id}/approve",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="approve_routekaart",
    summary="Vaststellen",
)
def approve_routekaart(request: SignedInRequest, routekaart_id: Id, body: Approval) -> Any:
    transitions.approve(
        by=request.auth,
        routekaart_id=routekaart_id,
        on=clock.today(),
        mr_date=body.mr_date,
        plan_version=body.plan_version,
    )
    return _detail(request, routekaart_id)


@router.post(
    "/routekaarten/{routekaart_id}/mr-consent",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="record_mr_consent",
    summary="De instemming van de MR vastleggen",
    description="Na het vaststellen, als de MR pas daarna of op een andere dag instemde.",
)
def record_mr_consent(request: SignedInRequest, routekaart_id: Id, body: Consent) -> Any:
    transitions.record_mr_consent(
        by=request.auth, routekaart_id=routekaart_id, mr_date=body.mr_date, on=clock.today()
    )
    return _detail(request, routekaart_id)


@router.post(
    "/routekaarten/{routekaart_id}/start",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="start_routekaart",
    summary="Beginnen met uitvoeren",
)
def start_routekaart(request: SignedInRequest, routekaart_id: Id) -> Any:
    transitions.start(by=request.auth, routekaart_id=routekaart_id)
    return _detail(request, routekaart_id)


@router.post(
    "/routekaarten/{routekaart_id}/close",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="close_routekaart",
    summary="Afronden",
)
def close_routekaart(request: SignedInRequest, routekaart_id: Id) -> Any:
    transitions.close(by=request.auth, routekaart_id=routekaart_id)
    return _detail(request, routekaart_id)
