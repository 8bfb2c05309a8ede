"""The list of erased ids, kept in a file beside the database.

A backup that is older than an erasure brings the name back, and the row that says so is not in
it. The file is not in the backup: `apply_erasures` reads it after a restore. Ids only.
"""

import fcntl
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from routekaart.models import Erasure


def listed_erasures() -> frozenset[UUID]:
    """The ids in the file; a line that is no id, such as half a line, is passed over."""
    place = Path(settings.ERASURES_FILE)
    if not place.exists():
        return frozenset()
    found = set()
    for line in place.read_text(encoding="ascii", errors="replace").splitlines():
        try:
            found.add(UUID(line.strip()))
        except ValueError:
            continue
    return frozenset(found)


def keep_erasure_list() -> int:
    """Adds to the file what the table knows and the file does not; gives how many.

    After the commit of an erasure, and every night for what a crash in between left out.
    """
    place = Path(settings.ERASURES_FILE)
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        known = listed_erasures()
        new = [
            one for one in Erasure.objects.values_list("person_id", flat=True) if one not in known
        ]
        if new:
            # First an end of line: whoever wrote before may have died in the middle of one.
            os.write(descriptor, "".join(f"\n{one}" for one in new).encode() + b"\n")
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return len(new)
