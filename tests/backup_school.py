"""A document as a worker stores it, for tests of backups."""

from pathlib import Path

from django_scopes import scopes_disabled

from routekaart.models import Document, School
from routekaart.storage import Storage


def add_document(school: School, folder: Path, text: str) -> Document:
    """A document as a worker stores it: first the file, then the row."""
    stored = Storage(folder).put(text.encode())
    with scopes_disabled():
        return Document.objects.create(
            school=school,
            kind="team",
            format="pdf",
            length="full",
            input_hash=stored.content_hash,
            content_hash=stored.content_hash,
            size=stored.size,
            media_type="application/pdf",
            file_name="plan.pdf",
        )
