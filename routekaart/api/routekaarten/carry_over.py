"""From year to year over HTTP: what is left, and taking it along one by one."""

from typing import Any

from ninja import Router

from routekaart.actions.routekaarten.carry_over import carry_over
from routekaart.api.auth import SignedInRequest
from routekaart.api.routekaarten.carry_over_shapes import (
    CarriedOverReply,
    CarryOverReply,
    NewCarryOver,
    carry_over_reply,
)
from routekaart.api.shapes import Id, problems
from routekaart.queries.routekaarten.carry_over import carry_over_of

router = Router(tags=["Volgend schooljaar"])


@router.get(
    "/routekaarten/{routekaart_id}/carry-over",
    response={200: CarryOverReply, **problems(403, 404)},
    operation_id="get_carry_over",
    summary="Wat dit schooljaar openlaat",
    description="Afronden kan ook met open doelen: wat open is, blijft hier staan.",
)
def get_carry_over(request: SignedInRequest, routekaart_id: Id) -> Any:
    return carry_over_reply(carry_over_of(by=request.auth, routekaart_id=routekaart_id))


@router.post(
    "/routekaarten/{routekaart_id}/carry-over",
    response={200: CarriedOverReply, **problems(403, 404, 409)},
    operation_id="carry_over",
    summary="Een open doel meenemen naar het volgende schooljaar",
    description="Gerust te herhalen: een doel gaat maar één keer mee.",
)
def post_carry_over(request: SignedInRequest, routekaart_id: Id, body: NewCarryOver) -> Any:
    done = carry_over(
        by=request.auth,
        routekaart_id=routekaart_id,
        goal_id=body.goal,
        agreement_ids=body.agreements,
    )
    return CarriedOverReply(
        routekaart=done.routekaart.pk,
        goal=done.goal.pk if done.goal else None,
        agreements=list(done.agreements),
        left_out=list(done.left_out),
    )
