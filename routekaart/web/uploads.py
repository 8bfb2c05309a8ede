"""A file that somebody chose once, and that waits for a second look before it is used.

It lies in the storage by its hash, and only the session of who chose it knows that hash. No row
points at it, so the sweep of the storage takes it away within a day or two.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from routekaart.actions.privacy.sessions import CHOSEN_FILE
from routekaart.storage import FileMissing, Storage

KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """The file and how it was called."""

    name: str
    data: bytes


def keep_chosen(
    request: HttpRequest, *, school_id: UUID, name: str, data: bytes, now: datetime
) -> None:
    """Keeps a file for this person and this school, in the place of an earlier one.

    Raises `StorageUnavailable`.
    """
    stored = Storage(Path(settings.STORAGE_DIR)).put(data)
    request.session[CHOSEN_FILE] = {
        "school": str(school_id),
        "name": name,
        "hash": stored.content_hash,
        "until": (now + KEPT_FOR).isoformat(),
    }


def chosen_file(request: HttpRequest, *, school_id: UUID, now: datetime) -> ChosenFile | None:
    """The file that waits here; None when there is none, or it waited too long."""
    waiting: dict[str, Any] | None = request.session.get(CHOSEN_FILE)
    if waiting is None or waiting["school"] != str(school_id):
        return None
    if datetime.fromisoformat(waiting["until"]) < now:
        return None
    try:
        with Storage(Path(settings.STORAGE_DIR)).open(waiting["hash"]) as file:
            return ChosenFile(waiting["name"], file.read())
    except FileMissing:
        return None


def forget_chosen(request: HttpRequest) -> None:
    """Nothing waits any more."""
    request.session.pop(CHOSEN_FILE, None)
