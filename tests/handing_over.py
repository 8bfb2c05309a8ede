"""A document at a planned team, for tests of handing it over."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Document, DocumentLink, Person
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.storage import Storage
from tests.makers import make_board, make_colleague, make_school
from tests.stages import Stage

SITE = "https://routekaart.school.test"
BYTES = b"%PDF een scholingsplan"


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
