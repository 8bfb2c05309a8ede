"""A document at a planned team, for tests of handing it over."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.documents.links import Handed, open_link, send_document
from routekaart.domain.errors import Conflict
from routekaart.models import Document, DocumentLink, Person
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.link_tokens import token_of
from routekaart.queries.documents.links import link_in_hand
from routekaart.storage import Storage
from tests.makers import make_board, make_colleague, make_school
from tests.stages import Stage

SITE = "https://routekaart.school.test"
BYTES = b"%PDF een scholingsplan"
NOW = datetime(2026, 9, 9, 10, 0, 30, tzinfo=UTC)
UNTIL = NOW + timedelta(days=14)
SECOND = timedelta(seconds=1)


class Handing:
    """A school of a board with a team, everybody around it, and documents of all sorts."""

    def __init__(self) -> None:
        self.board = make_board()
        self.stage = Stage(make_school(self.board, "De Wilg"), "Bovenbouw")
        team = self.stage.team
        self.sibling = make_school(self.board, "De Eik")
        self.people: dict[Role, Person] = {
            role: make_colleague(team, role, name=f"Roel {role.value}") for role in Role
        }

    def document(self, **values: Any) -> Document:
        """The scholingsplan of the team, without persons unless said otherwise."""
        stored = Storage(settings.STORAGE_DIR).put(BYTES)
        with scopes_disabled():
            fields: dict[str, Any] = {
                "school": self.stage.school,
                "routekaart": self.stage.routekaart,
                "kind": DocumentKind.TEAM,
                "format": DocumentFormat.PDF,
                "length": DocumentLength.FULL,
                "input_hash": f"{Document.objects.count():064d}",
                "content_hash": stored.content_hash,
                "size": stored.size,
                "media_type": "application/pdf",
                "file_name": "scholingsplan.pdf",
            }
            return Document.objects.create(**fields | values)

    def link(self, link_id: UUID) -> DocumentLink:
        """The row as it stands now."""
        with scopes_disabled():
            return DocumentLink.objects.select_related("mail").get(pk=link_id)


def send(
    handing: Handing, document: Document, *people: Person, now: datetime = NOW, by: Any = None
) -> Handed:
    return send_document(
        by=by or handing.stage.as_lead,
        document_id=document.pk,
        recipients=[one.pk for one in people],
        now=now,
    )


def sent(handing: Handing, *, now: datetime = NOW) -> DocumentLink:
    """A link to the director."""
    (link,) = send(handing, handing.document(), handing.stage.director, now=now).links
    return link


def opened(link: DocumentLink, now: datetime = NOW) -> bytes:
    document, file = open_link(token=token_of(link.pk), now=now)
    with file:
        assert document.pk == link.document_id
        return file.read()


def ended(link: DocumentLink, now: datetime = NOW) -> None:
    with pytest.raises(Conflict) as conflict:
        link_in_hand(token=token_of(link.pk), now=now)
    assert conflict.value.code == "link_ended"
    with pytest.raises(Conflict):
        open_link(token=token_of(link.pk), now=now)
