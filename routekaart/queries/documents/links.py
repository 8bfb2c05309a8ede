"""Reading links to documents: for who sent them, and for who has one in hand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from routekaart.access import Access, NotFound, Permission, access_of
from routekaart.domain.document_links import LinkState, link_state
from routekaart.domain.errors import Conflict
from routekaart.models import Document, DocumentLink
from routekaart.queries.documents.documents import document_for
from routekaart.queries.documents.link_tokens import link_id_of
from routekaart.queries.organisation.names import called_at

ALONG = ("school", "board", "routekaart__team")


def document_to_send(*, by: Access, document_id: UUID) -> Document:
    """The document with school, board, plan and team. Raises `NotFound` for what lies out of
    sight and `Forbidden` for who may not send documents."""
    return document_for(
        by=by, document_id=document_id, permission=Permission.SEND_DOCUMENT, along=ALONG
    )


def links_of(*, by: Access, document_id: UUID) -> QuerySet[DocumentLink]:
    """To whom a document was sent, newest first, with recipient, sender and mail.

    Who does not see the people of the school sees what it sent itself.
    """
    return links_to(document_to_send(by=by, document_id=document_id), by=by)


def links_to(document: Document, *, by: Access) -> QuerySet[DocumentLink]:
    """The same of a document that `document_to_send` gave."""
    with by.entered():
        found = DocumentLink.objects.filter(document=document)
        if not sees_people(by, document):
            found = found.filter(made_by=by.person)
        return with_people(found).select_related("mail")


def with_people(links: "QuerySet[DocumentLink]") -> "QuerySet[DocumentLink]":
    """Each with recipient and sender. Call inside the scope."""
    return called_at(links, "recipient", "made_by", school="document__school")


def with_sender(links: "QuerySet[DocumentLink]") -> "QuerySet[DocumentLink]":
    """Each as its recipient has it in hand: only the sender is called as the school does."""
    return called_at(links, "made_by", school="document__school").select_related("recipient")


def sees_people(by: Access, document: Document) -> bool:
    """Whether `by` knows who works at the school of a document."""
    return by.allows(Permission.VIEW_PEOPLE, school=document.school_id)


def link_to_stop(*, by: Access, link_id: UUID) -> DocumentLink:
    """The link, for who may send its document. Raises `NotFound` and `Forbidden`."""
    link = by.fetch(DocumentLink, link_id, Permission.SEND_DOCUMENT)
    document = document_for(by=by, document_id=link.document_id)
    if link.made_by_id != by.person.pk and not sees_people(by, document):
        raise NotFound("DocumentLink")
    return link


def working_link(link: DocumentLink, *, now: datetime) -> bool:
    """Whether it counts by its row alone; whether its reader may still read is another matter."""
    state = link_state(expires_at=link.expires_at, revoked_at=link.revoked_at, now=now)
    return state is LinkState.WORKS


@dataclass(frozen=True, slots=True)
class LinkInHand:
    """A link that works, its document, and what its recipient reaches at this moment."""

    link: DocumentLink
    document: Document
    access: Access


def link_in_hand(*, token: str, now: datetime) -> LinkInHand:
    """What somebody may open who has this link, signed in or not.

    Raises `NotFound` for what was never a link of ours, and `Conflict` (`link_ended`) for one that
    works no more: expired, stopped, or of somebody who may not read the document any more.
    """
    link_id = link_id_of(token)
    # Nobody is known yet: the signature is what lets this one row through the net.
    with scopes_disabled():
        rows = with_sender(DocumentLink.objects.all())
        link = rows.filter(pk=link_id).first() if link_id else None
    if link is None:
        raise NotFound("DocumentLink")
    found = link_for_recipient(link, now=now)
    if found is None:
        raise Conflict(
            "Deze link werkt niet meer. Vraag de afzender om een nieuwe.", code="link_ended"
        )
    return found


def link_for_recipient(link: DocumentLink, *, now: datetime) -> LinkInHand | None:
    """None when it works no more. The rule for reading is the one of every other reader."""
    if not (working_link(link, now=now) and link.recipient.is_active):
        return None
    access = access_of(link.recipient)
    try:
        document = document_for(by=access, document_id=link.document_id, along=ALONG)
    except NotFound:
        return None
    return LinkInHand(link, document, access)
