"""The mail that hands over a document. The link in it is made when it goes, and stored nowhere."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django_scopes import scopes_disabled

from routekaart.domain.mail_texts import LINK_IN_MAIL_ONLY, DocumentLine, Text, document_text
from routekaart.models import Document, DocumentLink, Mail, Person
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.link_tokens import link_address
from routekaart.queries.documents.links import link_for_recipient, with_sender
from routekaart.queries.documents.offered import Wanted, described


def document_line(document: Document) -> DocumentLine:
    """What a document is, in words for who has not opened it. With school, board and team along.

    Neither whose it is nor whether persons are in it: a mail may be read over a shoulder.
    """
    wanted = Wanted(
        DocumentKind(document.kind),
        DocumentFormat(document.format),
        DocumentLength(document.length),
    )
    about = (
        document.subject,
        document.routekaart.team.name if document.routekaart else "",
        document.board.name if document.board else document.school.name,
    )
    made_on = timezone.localdate(document.made_at)
    return DocumentLine(described(wanted), ", ".join(filter(None, about)), made_on)


def mail_to_keep(*, document: Document, sender: Person, expires_at: datetime) -> Text:
    """As it lies in the outbox: without the link, which would let any reader of the table in."""
    return _text(document, sender, expires_at, LINK_IN_MAIL_ONLY)


def example_mail(*, document: Document, sender: Person, now: datetime) -> Text:
    """What would go out now, to read before it does."""
    expires_at = now + timedelta(days=settings.DOCUMENT_LINK_DAYS)
    return mail_to_keep(document=document, sender=sender, expires_at=expires_at)


def document_mail_now(mail: Mail, *, now: datetime) -> Text | None:
    """As it goes out; None when the link works no more, or nobody can say where the site is."""
    with scopes_disabled():
        # By its own mail, of which the worker holds the row.
        link = with_sender(DocumentLink.objects.filter(mail=mail)).first()
    found = link_for_recipient(link, now=now) if link is not None else None
    if found is None:
        return None
    address = link_address(found.link.pk)
    if not address:
        return None
    return _text(found.document, found.link.made_by, found.link.expires_at, address)


def _text(document: Document, sender: Person | None, expires_at: datetime, link: str) -> Text:
    return document_text(
        document_line(document),
        sender=sender.name if sender else "",
        until=timezone.localtime(expires_at),
        link=link,
        address=settings.PUBLIC_ADDRESS,
    )
