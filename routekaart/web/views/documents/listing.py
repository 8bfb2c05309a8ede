"""The list of finished documents, as several pages show it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from routekaart import clock
from routekaart.access import Permission
from routekaart.models import Document, Routekaart
from routekaart.queries.documents.fresh import fresh_among
from routekaart.web.signed_in import PageRequest

_PER_PAGE = 15


def listed_documents(
    request: PageRequest, rows: "QuerySet[Document]", routekaart: Routekaart | None = None
) -> dict[str, Any]:
    """What `documents/list_part.html` asks. `routekaart`, with its team, where all are of that one;
    else they are about whole schools and boards."""
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("bladzijde"))
    documents = list(page)
    return {
        "page": page,
        "fresh": fresh_among(by=request.by, documents=documents, now=clock.now()),
        "sendable": {one.pk for one in documents if _may_send(request, one, routekaart)},
    }


def _may_send(request: PageRequest, document: Document, routekaart: Routekaart | None) -> bool:
    needed = Permission.SEND_DOCUMENT
    if routekaart is None:
        return request.by.allows_everywhere(needed, school=document.school_id)
    return request.by.allows(needed, school=document.school_id, team=routekaart.team_id)
