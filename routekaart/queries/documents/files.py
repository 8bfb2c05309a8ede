"""Which files of the storage a row points at."""

from collections.abc import Iterable

from django_scopes import scopes_disabled

from routekaart.models import Document, WordTemplate


def hashes_in_use(hashes: frozenset[str]) -> Iterable[str]:
    """Those of the hashes that any row of any school points at: a file has no school."""
    with scopes_disabled():
        found: set[str] = set()
        for model in (Document, WordTemplate):
            rows = model._default_manager.filter(content_hash__in=hashes)
            found.update(rows.values_list("content_hash", flat=True))
    return found
