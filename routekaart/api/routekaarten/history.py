"""What happened with a routekaart, over HTTP."""

from datetime import datetime
from typing import Any

from ninja import Query, Router

from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, Reply, problems
from routekaart.domain.history_words import sentence
from routekaart.models import AuditEntry
from routekaart.queries.routekaarten.history import history_of

router = Router(tags=["Routekaart"])


class HistoryLineReply(Reply):
    """One thing that somebody did; `text` says it in Dutch."""

    at: datetime
    text: str


def _reply(entry: AuditEntry) -> HistoryLineReply:
    return HistoryLineReply(
        at=entry.at, text=sentence(entry.action, entry.person.name if entry.person else None)
    )


@router.get(
    "/routekaarten/{routekaart_id}/history",
    response={200: Listed[HistoryLineReply], **problems(403, 404)},
    operation_id="list_history",
    summary="Wie wat deed, en wanneer",
    description="Het nieuwste eerst. Voortgang en notities van een collega staan er niet in.",
)
def list_history(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(history_of(by=request.auth, routekaart_id=routekaart_id), page, _reply)
