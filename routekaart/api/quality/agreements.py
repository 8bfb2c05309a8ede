"""Agreements over HTTP."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from routekaart import clock
from routekaart.actions.quality import agreements as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, paged
from routekaart.api.quality.agreement_shapes import (
    AgreementChanges,
    AgreementPage,
    AgreementReply,
    NewAgreement,
    NewCheck,
    TeamAgreementPage,
    agreement_reply,
)
from routekaart.api.shapes import Id, problems
from routekaart.domain.agreements import Check
from routekaart.queries.quality.agreements import agreement_detail, agreements_of, own_agreements
from routekaart.queries.routekaarten.appointments import agreement_findings

router = Router(tags=["Afspraken"])


def _detail(request: SignedInRequest, agreement_id: UUID) -> AgreementReply:
    with request.auth.entered():
        agreement = agreement_detail(by=request.auth, agreement_id=agreement_id)
        return agreement_reply(agreement, agreement_findings(agreement))


@router.get(
    "/routekaarten/{routekaart_id}/agreements",
    response={200: Listed[AgreementReply], **problems(403, 404)},
    operation_id="list_agreements",
    summary="De afspraken van het team",
)
def list_agreements(
    request: SignedInRequest, routekaart_id: Id, page: Query[TeamAgreementPage]
) -> Any:
    by, wanted = request.auth, page.wanted(clock.today())
    with by.entered():
        rows = agreements_of(by=by, routekaart_id=routekaart_id, only=wanted)
        return paged(rows, page, agreement_reply)


@router.get(
    "/me/agreements",
    response={200: Listed[AgreementReply]},
    operation_id="list_my_agreements",
    summary="Mijn afspraken",
    description="Van mij alleen, van een werkgroep waar ik in zit en van het hele team.",
)
def list_my_agreements(request: SignedInRequest, page: Query[AgreementPage]) -> Any:
    by, wanted = request.auth, page.wanted(clock.today())
    with by.entered():
        return paged(own_agreements(by=by, only=wanted), page, agreement_reply)


@router.post(
    "/routekaarten/{routekaart_id}/agreements",
    response={201: AgreementReply, **problems(403, 404, 409)},
    operation_id="add_agreement",
    summary="Een afspraak maken",
)
def add_agreement(request: SignedInRequest, routekaart_id: Id, body: NewAgreement) -> Any:
    made = actions.add_agreement(
        by=request.auth, routekaart_id=routekaart_id, values=body.model_dump()
    )
    return Status(201, _detail(request, made.pk))


@router.get(
    "/agreements/{agreement_id}",
    response={200: AgreementReply, **problems(403, 404)},
    operation_id="get_agreement",
    summary="Eén afspraak",
)
def get_agreement(request: SignedInRequest, agreement_id: Id) -> Any:
    return _detail(request, agreement_id)


@router.patch(
    "/agreements/{agreement_id}",
    response={200: AgreementReply, **problems(403, 404, 409)},
    operation_id="change_agreement",
    summary="Een afspraak wijzigen",
)
def change_agreement(request: SignedInRequest, agreement_id: Id, body: AgreementChanges) -> Any:
    values = {name: getattr(body, name) for name in body.model_fields_set}
    actions.change_agreement(by=request.auth, agreement_id=agreement_id, values=values)
    return _detail(request, agreement_id)


@router.post(
    "/agreements/{agreement_id}/check",
    response={200: AgreementReply, **problems(403, 404, 409)},
    operation_id="check_agreement",
    summary="Terugkijken op een afspraak",
    description="Nagekomen, losgelaten met een reden, of verder en later weer terug.",
)
def check_agreement(request: SignedInRequest, agreement_id: Id, body: NewCheck) -> Any:
    actions.check_agreement(
        by=request.auth,
        agreement_id=agreement_id,
        check=Check(step=body.step, note=body.note, back_on=body.back_on),
        today=clock.today(),
    )
    return _detail(request, agreement_id)
