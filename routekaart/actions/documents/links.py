"""Handing over documents by mail: a link that expires, can be stopped, and tells who opened it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from routekaart.access import Access, NotFound
from routekaart.actions.audit import record
from routekaart.actions.documents.documents import file_of
from routekaart.actions.mail.outbox import Message, tell
from routekaart.domain.document_links import MOST_RECIPIENTS
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Document, DocumentLink, Mail, Person
from routekaart.models.mail import MailKind
from routekaart.queries.documents.links import (
    document_to_send,
    link_in_hand,
    link_to_stop,
    with_people,
    working_link,
)
from routekaart.queries.documents.recipients import readers_among
from routekaart.queries.mail.document_mail import mail_to_keep

# A message that did not arrive: the same document may be sent again at once.
_LOST = ("failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Handed:
    """The new links, and the people who had one already that works."""

    links: tuple[DocumentLink, ...]
    had_one: tuple[Person, ...]


def send_document(
    *, by: Access, document_id: UUID, recipients: Collection[UUID], now: datetime
) -> Handed:
    """Mails each of `recipients` a link of their own; it goes out at once. Safe to repeat: who
    has a link that works gets no second mail.

    Raises `NotFound` and `Forbidden` for the sender, `BadInput` on `recipients` (`no_recipients`,
    `too_many_recipients`, `may_not_read` when somebody could not read the document anyway) and
    `Conflict` (`no_public_address`) when the settings do not say where the site is.
    """
    document = document_to_send(by=by, document_id=document_id)
    people = _checked(by, document, recipients)
    if not settings.PUBLIC_ADDRESS:
        raise Conflict(
            "Het adres van deze site is nog niet ingesteld, dus een link kan nog niet. Vraag de "
            "beheerder om PUBLIC_ADDRESS in te vullen.",
            code="no_public_address",
        )
    with transaction.atomic(), by.entered():
        # Two senders at once: the second sees what the first one sent.
        locked = Document.objects.select_for_update(of=("self",), no_key=True).filter(
            pk=document.pk
        )
        if locked.first() is None:
            raise NotFound("Document")
        earlier = _earlier(document, people, now)
        links = tuple(
            _hand_over(by, document, person, now) for person in people if person.pk not in earlier
        )
        if links:
            record(by=by, school=document.school_id, action="send_document", subject=document)
    return Handed(links, tuple(person for person in people if person.pk in earlier))


def revoke_link(*, by: Access, link_id: UUID, now: datetime) -> DocumentLink:
    """Stops a link at once; the mail stays, and leads to a page that says so. Safe to repeat."""
    link = link_to_stop(by=by, link_id=link_id)
    with transaction.atomic(), by.entered():
        link = (
            with_people(DocumentLink.objects.all())
            .select_related("document", "mail")
            .select_for_update(of=("self",), no_key=True)
            .get(pk=link.pk)
        )
        if link.revoked_at is None:
            link.revoked_at = now
            link.save(update_fields=["revoked_at"])
            record(by=by, school=link.document.school_id, action="revoke_link", subject=link)
    return link


def open_link(*, token: str, now: datetime) -> tuple[Document, BinaryIO]:
    """The document behind a link and its bytes as a stream; the caller closes it. Writes down
    that the recipient opened it.

    Raises as `link_in_hand`, and `Conflict` (`document_file_missing`).
    """
    found = link_in_hand(token=token, now=now)
    file = file_of(found.document)
    try:
        with transaction.atomic(), found.access.entered():
            link = DocumentLink.objects.select_for_update(of=("self",), no_key=True).get(
                pk=found.link.pk
            )
            if link.opened_at is None:
                link.opened_at = now
                link.save(update_fields=["opened_at"])
            record(
                by=found.access,
                school=found.document.school_id,
                action="open_document",
                subject=link,
            )
    except BaseException:
        file.close()
        raise
    return found.document, file


def _checked(by: Access, document: Document, recipients: Collection[UUID]) -> Sequence[Person]:
    """The people, by name. In sight or not, known or not: one answer."""
    wanted = set(recipients)
    if not wanted:
        raise BadInput("recipients", "Kies aan wie je het stuurt.", code="no_recipients")
    if len(wanted) > MOST_RECIPIENTS:
        raise BadInput(
            "recipients",
            f"Kies hoogstens {MOST_RECIPIENTS} mensen tegelijk.",
            code="too_many_recipients",
        )
    readers = readers_among(by=by, document=document, persons=wanted)
    if wanted - readers.keys():
        raise BadInput(
            "recipients",
            "Niet iedereen die je koos, mag dit document lezen. Kies uit de lijst.",
            code="may_not_read",
        )
    return sorted(readers.values(), key=lambda person: (person.name, str(person.pk)))


def _earlier(document: Document, people: Sequence[Person], now: datetime) -> set[UUID]:
    """Who has a link that works. One whose mail did not arrive is stopped: nobody knows it."""
    found: set[UUID] = set()
    rows = DocumentLink.objects.filter(document=document, recipient__in=people, revoked_at=None)
    for link in rows.select_related("mail"):
        if not working_link(link, now=now):
            continue
        if link.mail is not None and link.mail.state in _LOST:
            DocumentLink.objects.filter(pk=link.pk).update(revoked_at=now)
        else:
            found.add(link.recipient_id)
    return found


def _hand_over(by: Access, document: Document, person: Person, now: datetime) -> DocumentLink:
    expires_at = now + timedelta(days=settings.DOCUMENT_LINK_DAYS)
    link = DocumentLink(
        document=document,
        recipient=person,
        made_by=by.person,
        made_at=now,
        expires_at=expires_at,
    )
    text = mail_to_keep(document=document, sender=by.person, expires_at=expires_at)
    key = f"document:{link.pk}"
    tell(
        school=document.school_id,
        kind=MailKind.DOCUMENT,
        message=Message(person.pk, key, text.subject, text.body, about=(key,)),
    )
    link.mail = Mail.objects.get(person=person, key=key)
    link.save(force_insert=True)
    return link
