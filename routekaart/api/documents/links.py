"""Handing over documents by mail over HTTP: to whom, what became of it, and stopping a link."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import Field

from routekaart import clock
from routekaart.access import Role
from routekaart.actions.documents.links import revoke_link, send_document
from routekaart.api.auth import access
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, Reply, Shape, problems
from routekaart.domain.document_links import LinkState, link_state
from routekaart.models import DocumentLink
from routekaart.queries.documents.links import links_of
from routekaart.queries.documents.recipients import Recipient, possible_recipients

router = Router(tags=["Documenten"])


class Recipients(Shape):
    """To whom: the ids of people who may read the document anyway."""

    recipients: list[Id] = Field(min_length=1, max_length=50)


class RecipientReply(Reply):
    """Somebody who may read the document, and in which role."""

    person: UUID
    name: str
    role: Role


class DocumentLinkReply(Reply):
    """A document that was sent to somebody. Its address is in the mail only.

    `opened_at` is the first time. `mail_state` is empty once the mail is no longer kept.
    """

    id: UUID
    document: UUID
    recipient: UUID
    recipient_name: str
    made_by_name: str | None
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    opened_at: datetime | None
    state: LinkState
    mail_state: Literal["waiting", "queued", "sending", "sent", "failed", "cancelled"] | None


class HandedReply(Reply):
    """`had_one`: the people who have a link already that works; they get no second mail."""

    links: list[DocumentLinkReply]
    had_one: list[UUID]


def _link(link: DocumentLink) -> DocumentLinkReply:
    return DocumentLinkReply(
        id=link.pk,
        document=link.document_id,
        recipient=link.recipient_id,
        recipient_name=link.recipient.name,
        made_by_name=link.made_by.name if link.made_by else None,
        made_at=link.made_at,
        expires_at=link.expires_at,
        revoked_at=link.revoked_at,
        opened_at=link.opened_at,
        state=link_state(expires_at=link.expires_at, revoked_at=link.revoked_at, now=clock.now()),
        mail_state=link.mail.state if link.mail else None,
    )


def _recipient(one: Recipient) -> RecipientReply:
    return RecipientReply(person=one.person.pk, name=one.person.name, role=one.role)


@router.get(
    "/documents/{document_id}/recipients",
    response={200: Listed[RecipientReply], **problems(403, 404)},
    operation_id="list_document_recipients",
    summary="Aan wie een document gestuurd kan worden",
)
def list_recipients(request: HttpRequest, document_id: Id, page: Query[Page]) -> Any:
    found = possible_recipients(by=access(request), document_id=document_id)
    return paged(found, page, _recipient)


@router.get(
    "/documents/{document_id}/links",
    response={200: Listed[DocumentLinkReply], **problems(403, 404)},
    operation_id="list_document_links",
    summary="Aan wie een document is gestuurd, en wie het opende",
)
def list_links(request: HttpRequest, document_id: Id, page: Query[Page]) -> Any:
    return paged(links_of(by=access(request), document_id=document_id), page, _link)


@router.post(
    "/documents/{document_id}/links",
    response={201: HandedReply, **problems(403, 404, 409)},
    operation_id="send_document",
    summary="Een document per mail sturen, met een link",
    description="De mail gaat meteen weg. Wie al een link heeft die werkt, krijgt geen tweede.",
)
def send(request: HttpRequest, document_id: Id, wanted: Recipients) -> Status[HandedReply]:
    handed = send_document(
        by=access(request),
        document_id=document_id,
        recipients=wanted.recipients,
        now=clock.now(),
    )
    return Status(
        201,
        HandedReply(
            links=[_link(link) for link in handed.links],
            had_one=[person.pk for person in handed.had_one],
        ),
    )


@router.post(
    "/document-links/{document_link_id}/revoke",
    response={200: DocumentLinkReply, **problems(404)},
    operation_id="revoke_document_link",
    summary="Een link naar een document stoppen",
)
def revoke(request: HttpRequest, document_link_id: Id) -> Any:
    return _link(revoke_link(by=access(request), link_id=document_link_id, now=clock.now()))
