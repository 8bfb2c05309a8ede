"""What tests of backups look at: every row of every table, every file, and every byte on disk."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

Rows = dict[str, list[str]]


def all_rows() -> Rows:
    """Every table as its rows in words, sorted; rows of one table compare as a whole."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - names of our own tables
            columns = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
            found[name] = sorted(
                str([(column, _plain(cell)) for column, cell in zip(columns, row, strict=True)])
                for row in rows
            )
    return found


def all_files() -> dict[str, bytes]:
    """Every file of the storage, by name."""
    return {
        place.name: place.read_bytes()
        for place in sorted(Path(settings.STORAGE_DIR).rglob("*"))
        if place.is_file() and place.name != ".lock"
    }


def databases_beside() -> list[str]:
    """What a restore on PostgreSQL left beside the database of this test."""
    if connection.vendor != "postgresql":
        return []
    beside = f"{connection.settings_dict['NAME']}_restore_"
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return [name for (name,) in cursor.fetchall() if name.startswith(beside)]


def packed(place: Path) -> dict[str, bytes]:
    """Every file in an archive, by name."""
    with zipfile.ZipFile(place) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def traces(pattern: "re.Pattern[str]", *folders: Path) -> list[str]:
    """Where the pattern stands in the bytes of any file below these folders, also packed ones."""
    raw = re.compile(pattern.pattern.encode(), pattern.flags & ~re.UNICODE)
    return sorted(
        name
        for folder in folders
        for place in sorted(folder.rglob("*"))
        if place.is_file()
        for name, content in _contents(place)
        if raw.search(content) or any(raw.search(one) for one in _inflated(content))
    )


def _contents(place: Path) -> Iterator[tuple[str, bytes]]:
    yield place.name, place.read_bytes()
    if zipfile.is_zipfile(place):
        for name, content in packed(place).items():
            yield f"{place.name}/{name}", content


def _inflated(content: bytes) -> Iterator[bytes]:
    """What is packed somewhere inside: `pg_dump` and frozen plans pack with zlib."""
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(content[found.start() :])


def _plain(cell: Any) -> Any:
    return bytes(cell) if isinstance(cell, memoryview) else cell
