"""The advice on a routekaart over HTTP: the trainer gives it, the team takes it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from courses.advice import Advice
from routekaart import clock
from routekaart.actions.advice.rounds import accept_advice, give_advice
from routekaart.api.advice.decision_shapes import Version
from routekaart.api.advice.desk_shapes import Revision
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.routekaarten.routekaart_shapes import RoutekaartReply, routekaart_reply
from routekaart.api.shapes import Id, LongText, Reply, Shape, problems
from routekaart.models import AdviceVersion
from routekaart.queries.advice.stored import advice_from_json
from routekaart.queries.routekaarten.routekaarten import advice_versions_of, routekaart_detail

router = Router(tags=["Advies"])


class NewAdvice(Shape):
    """`desk_revision`: the desk that was read; when it has moved on since, nothing is proposed."""

    note: LongText = ""
    desk_revision: Revision | None = None


class Acceptance(Shape):
    """`version`: the advice that was read; when there is a newer one, nothing is accepted."""

    version: Version | None = None


# A body may be left out.
_ANY_VERSION = Acceptance()


class AdviceVersionReply(Reply):
    id: UUID
    routekaart: UUID
    version: int
    note: str
    catalogue_version: str
    made_at: datetime
    advice: Advice


def _reply(version: AdviceVersion) -> AdviceVersionReply:
    return AdviceVersionReply(
        id=version.pk,
        routekaart=version.routekaart_id,
        version=version.version,
        note=version.note,
        catalogue_version=version.catalogue_version,
        made_at=version.made_at,
        advice=advice_from_json(version.content),
    )


@router.get(
    "/routekaarten/{routekaart_id}/advice",
    response={200: Listed[AdviceVersionReply], **problems(404)},
    operation_id="list_advice",
    summary="De versies van het advies, de nieuwste eerst",
)
def list_advice(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(advice_versions_of(by=request.auth, routekaart_id=routekaart_id), page, _reply)


@router.post(
    "/routekaarten/{routekaart_id}/advise",
    response={201: AdviceVersionReply, **problems(403, 404, 409)},
    operation_id="advise",
    summary="Advies geven",
)
def advise(request: SignedInRequest, routekaart_id: Id, body: NewAdvice) -> Any:
    version = give_advice(
        by=request.auth,
        routekaart_id=routekaart_id,
        note=body.note,
        today=clock.today(),
        desk_revision=body.desk_revision,
    )
    return Status(201, _reply(version))


@router.post(
    "/routekaarten/{routekaart_id}/accept",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="accept_advice",
    summary="Het advies aannemen",
)
def accept(request: SignedInRequest, routekaart_id: Id, body: Acceptance = _ANY_VERSION) -> Any:
    accept_advice(by=request.auth, routekaart_id=routekaart_id, version=body.version)
    return routekaart_reply(routekaart_detail(by=request.auth, routekaart_id=routekaart_id))
