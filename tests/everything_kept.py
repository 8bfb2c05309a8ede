"""All that is kept anywhere, to look for a sign in."""

import zlib
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection


def everything_kept() -> dict[str, str]:
    """All columns of all tables and all files, readable, by where they are."""
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - names of our own tables
            found[name] = "\n".join(_readable(cell) for row in cursor.fetchall() for cell in row)
    sessions = SessionStore().get_model_class().objects.all()
    found["sessions"] = str([one.get_decoded() for one in sessions])
    for place in Path(settings.STORAGE_DIR).rglob("*"):
        if place.is_file():
            found[place.name] = place.read_bytes().decode()
    return found


def _readable(cell: object) -> str:
    if isinstance(cell, bytes | memoryview):
        return zlib.decompress(bytes(cell)).decode()
    return str(cell)
