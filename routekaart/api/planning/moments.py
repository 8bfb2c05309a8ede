"""The year of a team as one list of dates, over HTTP."""

from datetime import date
from typing import Any

from ninja import Query, Router

from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import ClockTime, Day, Id, Reply, problems
from routekaart.domain.moments import Moment
from routekaart.queries.planning.moments import moments_of

router = Router(tags=["Routekaart"])


class MomentPage(Page):
    """From `since` up to and including `until`."""

    since: Day | None = None
    until: Day | None = None


class MomentReply(Reply):
    """`subject`: the study day, meeting or agreement that it is about, by `kind`; a deadline, a
    follow-up and an evaluation are about their study day."""

    on: date
    kind: str
    title: str
    subject: str | None
    starts_at: ClockTime | None


def _reply(moment: Moment) -> MomentReply:
    return MomentReply(
        on=moment.on,
        kind=moment.kind.value,
        title=moment.title,
        subject=moment.subject,
        starts_at=moment.starts_at,
    )


@router.get(
    "/routekaarten/{routekaart_id}/moments",
    response={200: Listed[MomentReply], **problems(404)},
    operation_id="list_moments",
    summary="Wat er dit schooljaar komt, op datum",
    description="Studiedagen, vervolgmomenten, evaluaties, PLG-bijeenkomsten, afspraken die "
    "terugkomen en deadlines. Zonder namen.",
)
def list_moments(request: SignedInRequest, routekaart_id: Id, page: Query[MomentPage]) -> Any:
    found = moments_of(
        by=request.auth, routekaart_id=routekaart_id, first=page.since, last=page.until
    )
    return paged(found, page, _reply)
