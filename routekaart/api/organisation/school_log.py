"""The log of a school, over HTTP."""

from datetime import datetime
from typing import Any

from ninja import Router
from pydantic import Field

from routekaart.api.auth import SignedInRequest
from routekaart.api.organisation.schools import SchoolId
from routekaart.api.paging import Listed, Page, PageQuery
from routekaart.api.shapes import Reply, problems
from routekaart.queries.organisation.school_log import log_lines, school_log

router = Router(tags=["School"])


class LogPage(Page):
    """`documents`: only who opened, sent or stopped which document."""

    documents: bool = False


class LogLineReply(Reply):
    """One thing that somebody did; `text` says it in Dutch.

    `about` names what it was done to, and is empty where that is not there any more.
    """

    at: datetime
    text: str
    about: str = Field(description="Waarover het gaat, zoals een document en van wie het is.")


@router.get(
    "/schools/{school_id}/log",
    response={200: Listed[LogLineReply], **problems(403, 404)},
    operation_id="list_school_log",
    summary="Het logboek van een school",
    description=(
        "Het nieuwste eerst: ook wie wiens document opende. Voortgang, notities en antwoorden van "
        "iemand staan er niet in."
    ),
)
def list_school_log(request: SignedInRequest, school_id: SchoolId, page: PageQuery[LogPage]) -> Any:
    by = request.auth
    rows = school_log(by=by, school_id=school_id, only_documents=page.documents)
    entries = rows[page.offset : page.offset + page.limit]
    lines = log_lines(by=by, entries=entries)
    return {
        "items": [LogLineReply(at=one.at, text=one.text, about=one.about) for one in lines],
        "count": rows.count(),
    }
