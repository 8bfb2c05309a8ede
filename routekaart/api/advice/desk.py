"""The trainer's desk over HTTP: the queue, the advice under hands, and the team's decisions."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Path, Query, Router

from routekaart import clock
from routekaart.actions.advice.desk import decide_on_advice, save_desk
from routekaart.api.advice.decision_shapes import (
    AdviceDecisionReply,
    AdviceDecisions,
    AdviceRoundReply,
    AdviceVersionPage,
    decision_reply,
    round_reply,
)
from routekaart.api.advice.desk_shapes import (
    DeskChanges,
    DeskReply,
    QueuedReply,
    QueuePage,
    desk_changes,
    desk_reply,
    queued_reply,
)
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, paged
from routekaart.api.shapes import Id, problems
from routekaart.domain.advice_desk import Decision
from routekaart.queries.advice.desk import desk_of
from routekaart.queries.advice.rounds import changes_of_round, decisions_on, trainer_queue

router = Router(tags=["Advies"])

# The largest number that the column of every supported database can have.
VersionNumber = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get(
    "/trainer/queue",
    response={200: Listed[QueuedReply]},
    operation_id="list_trainer_queue",
    summary="Welke routekaarten op advies wachten",
    description="Van alle scholen waar je trainer bent; wie het langst wacht, staat bovenaan.",
)
def list_trainer_queue(request: SignedInRequest, page: Query[QueuePage]) -> Any:
    for_trainer = None if page.waiting_for is None else page.waiting_for == "trainer"
    with request.auth.entered():
        return paged(trainer_queue(by=request.auth, for_trainer=for_trainer), page, queued_reply)


@router.get(
    "/routekaarten/{routekaart_id}/advice-desk",
    response={200: DeskReply, **problems(403, 404)},
    operation_id="get_advice_desk",
    summary="Het advies in bewerking",
    description="Wat nu wordt voorgesteld, met de wijzigingen van de trainer daarin.",
)
def get_advice_desk(request: SignedInRequest, routekaart_id: Id) -> Any:
    return desk_reply(desk_of(by=request.auth, routekaart_id=routekaart_id, today=clock.today()))


@router.put(
    "/routekaarten/{routekaart_id}/advice-desk",
    response={200: DeskReply, **problems(403, 404, 409)},
    operation_id="save_advice_desk",
    summary="Het advies bewerken",
    description="De lijst vervangt alle wijzigingen die er stonden. Geef de `revision` mee die je "
    "las: heeft iemand anders intussen iets gewijzigd, dan verandert er niets.",
)
def put_advice_desk(request: SignedInRequest, routekaart_id: Id, body: DeskChanges) -> Any:
    return desk_reply(
        save_desk(
            by=request.auth,
            routekaart_id=routekaart_id,
            revision=body.revision,
            changes=desk_changes(body),
            today=clock.today(),
        )
    )


@router.get(
    "/routekaarten/{routekaart_id}/advice-decisions",
    response={200: Listed[AdviceDecisionReply], **problems(404)},
    operation_id="list_advice_decisions",
    summary="Wat het team van het advies vindt",
    description="Afgewezen cursussen eerst. Wat er niet bij staat, geldt als aangenomen.",
)
def list_advice_decisions(
    request: SignedInRequest, routekaart_id: Id, page: Query[AdviceVersionPage]
) -> Any:
    return _decisions(request, routekaart_id, page)


@router.put(
    "/routekaarten/{routekaart_id}/advice-decisions",
    response={200: Listed[AdviceDecisionReply], **problems(403, 404, 409)},
    operation_id="decide_on_advice",
    summary="Cursussen uit het advies aannemen of afwijzen",
    description="Alleen wat je noemt, verandert. Afwijzen kan niet zonder reden.",
)
def put_advice_decisions(request: SignedInRequest, routekaart_id: Id, body: AdviceDecisions) -> Any:
    decide_on_advice(
        by=request.auth,
        routekaart_id=routekaart_id,
        version=body.version,
        decisions=[
            Decision(course=one.course, accepted=one.accepted, reason=one.reason)
            for one in body.decisions
        ],
    )
    return _decisions(request, routekaart_id, AdviceVersionPage(version=body.version, limit=100))


def _decisions(request: SignedInRequest, routekaart_id: UUID, page: AdviceVersionPage) -> Any:
    with request.auth.entered():
        rows = decisions_on(by=request.auth, routekaart_id=routekaart_id, version=page.version)
        return paged(rows, page, decision_reply)


@router.get(
    "/routekaarten/{routekaart_id}/advice/{version}/changes",
    response={200: AdviceRoundReply, **problems(404)},
    operation_id="get_advice_changes",
    summary="Wat een advies verandert aan het vorige",
)
def get_advice_changes(request: SignedInRequest, routekaart_id: Id, version: VersionNumber) -> Any:
    return round_reply(
        changes_of_round(by=request.auth, routekaart_id=routekaart_id, version=version)
    )
