"""Taking away what nobody needs: files without a row."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django_scopes import scopes_disabled

from routekaart.models import Document
from routekaart.storage import Storage

_ORPHAN_AGE = timedelta(days=1)


def clean_up() -> int:
    """Removes orphans and left-behind temporary files; gives how many."""
    storage = Storage(Path(settings.STORAGE_DIR))
    return storage.sweep(older_than=_ORPHAN_AGE, in_use=_in_use)


def _in_use(hashes: frozenset[str]) -> Iterable[str]:
    # A file has no school: the question is whether any row of any school points at it.
    with scopes_disabled():
        return list(
            Document.objects.filter(content_hash__in=hashes).values_list("content_hash", flat=True)
        )
