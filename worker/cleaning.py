"""Taking away what nobody needs: files without a row."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from routekaart.queries.documents.files import hashes_in_use
from routekaart.storage import Storage

_ORPHAN_AGE = timedelta(days=1)


def clean_up() -> int:
    """Removes orphans and left-behind temporary files; gives how many."""
    storage = Storage(Path(settings.STORAGE_DIR))
    return storage.sweep(older_than=_ORPHAN_AGE, in_use=hashes_in_use)
