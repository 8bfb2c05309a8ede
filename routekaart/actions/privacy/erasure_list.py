"""The list of erased ids, kept in a file beside the database.

A backup that is older than an erasure brings the name back, and the row that says so is not in
it. The file is not in what a restore puts back: it is read after one, so that the same people are
erased again. An id and a moment per line, never a name.
"""

import fcntl
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from routekaart.models import Erasure

# Id → when, where that is known.
Erasures = Mapping[UUID, datetime | None]


def listed_erasures() -> Erasures:
    """What stands in the file of this installation."""
    place = Path(settings.ERASURES_FILE)
    return read_erasures(place.read_bytes()) if place.exists() else {}


def read_erasures(content: bytes) -> Erasures:
    """What stands in such a file; a line without an id, such as half a line, is skipped."""
    found: dict[UUID, datetime | None] = {}
    for line in content.decode("ascii", errors="replace").splitlines():
        who, _, moment = line.strip().partition(" ")
        try:
            person = UUID(who)
        except ValueError:
            continue
        found[person] = _moment(moment) or found.get(person)
    return found


def erasure_lines(erasures: Erasures) -> str:
    """The text of such a file, in a fixed order."""
    return "".join(_line(who, erasures[who]) for who in sorted(erasures, key=str))


def all_erasures() -> Erasures:
    """What the table and the file know together."""
    return {**listed_erasures(), **_stored()}


def keep_erasure_list() -> int:
    """Adds to the file what the table knows and the file does not; gives how many.

    After the commit of an erasure, and every night for what a crash in between left out. Without
    anything to add there is no file either: on a new machine an empty one would say that nobody
    was erased, which nobody there knows.
    """
    if not _stored():
        return 0
    place = Path(settings.ERASURES_FILE)
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        known = listed_erasures()
        new = {who: moment for who, moment in _stored().items() if who not in known}
        if new:
            # First an end of line: whoever wrote before may have died in the middle of one.
            os.write(descriptor, b"\n" + erasure_lines(new).encode())
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return len(new)


def _stored() -> Erasures:
    return dict(Erasure.objects.values_list("person_id", "erased_at"))


def _line(who: UUID, moment: datetime | None) -> str:
    if moment is None:
        return f"{who}\n"
    return f"{who} {moment.astimezone(UTC).isoformat(timespec='seconds')}\n"


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
