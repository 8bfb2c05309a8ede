"""Assigning in one action, looking first, undoing, and the rules for who joins later."""

from typing import Any

from ninja import Query, Router, Status

from routekaart import clock
from routekaart.actions.assigning.batches import assign_batch, preview_batch
from routekaart.actions.assigning.rules import remove_rule
from routekaart.actions.assigning.undo import undo_batch
from routekaart.api.assigning.shapes import (
    BatchPreview,
    BatchReply,
    KeptReply,
    MadeBatch,
    NewBatch,
    RuleReply,
    UndoneReply,
    batch_reply,
    listed_batch,
    preview_reply,
    rule_reply,
)
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, problems
from routekaart.queries.assigning.batches import batches_of, rules_of_routekaart

router = Router(tags=["Toewijzingen"])


@router.post(
    "/routekaarten/{routekaart_id}/assignments/preview",
    response={200: BatchPreview, **problems(403, 404, 409)},
    operation_id="preview_assignment_batch",
    summary="Vooraf zien wie wat krijgt en waarom",
    description="Er wordt niets opgeslagen.",
)
def preview(request: SignedInRequest, routekaart_id: Id, body: NewBatch) -> Any:
    found = preview_batch(
        by=request.auth,
        routekaart_id=routekaart_id,
        request=body.request(),
        today=clock.today(),
    )
    return preview_reply(found, body.findings())


@router.get(
    "/routekaarten/{routekaart_id}/assignment-batches",
    response={200: Listed[BatchReply], **problems(403, 404)},
    operation_id="list_assignment_batches",
    summary="De toewijsacties",
)
def list_batches(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(batches_of(by=request.auth, routekaart_id=routekaart_id), page, listed_batch)


@router.post(
    "/routekaarten/{routekaart_id}/assignment-batches",
    response={201: MadeBatch, **problems(403, 404, 409)},
    operation_id="assign_in_batch",
    summary="Cursussen in één keer toewijzen",
    description="Aan collega's, een functie, een werkgroep of het hele team. Wie een cursus al "
    "heeft, krijgt hem niet nog eens. Aan een functie of het team geldt ook voor wie later komt.",
)
def add_batch(request: SignedInRequest, routekaart_id: Id, body: NewBatch) -> Any:
    by = request.auth
    stored = assign_batch(
        by=by, routekaart_id=routekaart_id, request=body.request(), today=clock.today()
    )
    made = MadeBatch(
        batch=batch_reply(stored.batch, asked=stored.created + stored.existing),
        created=stored.created,
        existing=stored.existing,
        findings=body.findings(),
    )
    return Status(201, made)


@router.post(
    "/assignment-batches/{batch_id}/undo",
    response={200: UndoneReply, **problems(403, 404, 409)},
    operation_id="undo_assignment_batch",
    summary="Een toewijsactie terugdraaien",
    description="Wat iemand al begon of afrondde, blijft. Gerust te herhalen.",
)
def undo(request: SignedInRequest, batch_id: Id) -> Any:
    undone = undo_batch(by=request.auth, batch_id=batch_id, at=clock.now())
    return UndoneReply(
        withdrawn=undone.withdrawn,
        kept=[
            KeptReply(reason=reason.value, count=count)
            for reason, count in sorted(undone.kept.items())
        ],
    )


@router.get(
    "/routekaarten/{routekaart_id}/assignment-rules",
    response={200: Listed[RuleReply], **problems(403, 404)},
    operation_id="list_assignment_rules",
    summary="Wat nieuwe collega's vanzelf krijgen",
)
def list_rules(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(
            rules_of_routekaart(by=request.auth, routekaart_id=routekaart_id), page, rule_reply
        )


@router.delete(
    "/assignment-rules/{rule_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="remove_assignment_rule",
    summary="Een toewijsregel weghalen",
    description="Wie later komt, krijgt de cursus niet meer vanzelf. Wat is toegewezen, blijft.",
)
def delete_rule(request: SignedInRequest, rule_id: Id) -> Any:
    remove_rule(by=request.auth, rule_id=rule_id)
    return Status(204, None)
