"""All that the page for sending a document shows, read once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from routekaart.access import Access
from routekaart.models import Document, DocumentLink
from routekaart.queries.documents.links import document_to_send, links_to
from routekaart.queries.documents.recipients import Recipient, readers_besides


@dataclass(frozen=True, slots=True)
class SendingDesk:
    """`had_one`: who has a link already that works. `links`: newest first, with their people."""

    document: Document
    people: tuple[Recipient, ...]
    had_one: frozenset[UUID]
    links: QuerySet[DocumentLink]


def sending_desk(*, by: Access, document_id: UUID, now: datetime) -> SendingDesk:
    """For who may send the document; raises as `document_to_send`."""
    document = document_to_send(by=by, document_id=document_id)
    links = links_to(document, by=by)
    working = links.filter(revoked_at=None, expires_at__gt=now)
    return SendingDesk(
        document=document,
        people=readers_besides(by, document),
        had_one=frozenset(working.values_list("recipient_id", flat=True)),
        links=links,
    )
