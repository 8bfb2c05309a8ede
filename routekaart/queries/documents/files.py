"""Which files of the storage a row points at."""

from collections.abc import Iterable
from dataclasses import dataclass

from django_scopes import scopes_disabled

from routekaart.models import Document, WordTemplate
from routekaart.storage import Storage

# Every table with a `content_hash` and a `size`.
WITH_FILES = (Document, WordTemplate)


@dataclass(frozen=True, slots=True)
class Unsound:
    """A row whose file is not what it should be. `what` in plain Dutch."""

    what: str
    kind: str
    row: str
    content_hash: str


def hashes_in_use(hashes: frozenset[str]) -> Iterable[str]:
    """Those of the hashes that any row of any school points at: a file has no school."""
    with scopes_disabled():
        found: set[str] = set()
        for model in WITH_FILES:
            rows = model._default_manager.filter(content_hash__in=hashes)
            found.update(rows.values_list("content_hash", flat=True))
    return found


def unsound_files(storage: Storage) -> tuple[int, tuple[Unsound, ...]]:
    """How many files rows point at, and the rows whose file is gone or has another content.

    Reads every file. For who runs the server: it looks at all schools.
    """
    sizes: dict[str, int | None] = {}
    wrong = []
    with scopes_disabled():
        for model in WITH_FILES:
            rows = model._default_manager.order_by("pk").values_list("pk", "content_hash", "size")
            for pk, content_hash, size in rows.iterator():
                if content_hash not in sizes:
                    sizes[content_hash] = storage.sound_size(content_hash)
                if sizes[content_hash] != size:
                    what = "beschadigd" if storage.exists(content_hash) else "weg"
                    kind = str(model._meta.verbose_name)
                    wrong.append(Unsound(what, kind, str(pk), content_hash))
    return len(sizes), tuple(wrong)
