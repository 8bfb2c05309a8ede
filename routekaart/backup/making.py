"""Making a backup: the database at one moment, every file it points at, and a manifest.

A file is stored before its row, so what a snapshot points at is there. It can only be gone when
somebody was erased meanwhile: then the backup begins anew, without that person.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from routekaart import __version__
from routekaart.actions.privacy.erasure_list import erasure_lines
from routekaart.backup import archive
from routekaart.backup.choosing import database_in_use
from routekaart.backup.database import Database, Snapshot, known_erasures
from routekaart.backup.sealing import Seal
from routekaart.backup.work_folder import told_when_full, work_folder
from routekaart.domain.backups import (
    ERASURES,
    FORMAT,
    MANIFEST,
    BackupRefused,
    Engine,
    Manifest,
    Part,
    archive_name,
    file_name,
    manifest_bytes,
)
from routekaart.formats.archive import Entry, write_zip
from routekaart.queries.documents.files import hashes_in_use
from routekaart.storage import FileMissing, Storage, hash_of

_PREFIX = ".routekaart-backup-"
_ATTEMPTS = 3
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup; `size` in bytes. `missing`: see the manifest."""

    place: Path
    size: int
    manifest: Manifest


def make_backup(
    target: Path, *, at: datetime, seal: Seal | None = None, say: Say = lambda _line: None
) -> Made:
    """Makes a backup in a folder, or as a file that is not there yet, while the product goes on.

    The file appears under its name when it is complete, checked and on disk; only its owner can
    read it. `at` is the moment that stands in it. With `seal` it is encrypted before it gets
    there, and a name that it is given here ends accordingly. Raises `BackupRefused`.
    """
    ending = seal.ending if seal else ""
    named = archive_name(at.astimezone(UTC)) + ending
    place = target / named if target.is_dir() else target
    _check_place(place)
    database = database_in_use()
    engine = database.engine()
    with told_when_full(), work_folder(place.parent, _PREFIX) as folder:
        for _ in range(_ATTEMPTS):
            manifest = _attempt(database, engine, folder, at, say)
            if manifest is not None:
                break
        else:
            raise BackupRefused(
                "Er verdwenen steeds documenten terwijl de back-up liep. Probeer het later "
                "opnieuw; gebeurt dit weer, draai dan 'manage.py check_storage'.",
                code="files_vanish",
            )
        say("Back-up nalezen …")
        with archive.opened(folder / "archive") as made:
            made.check()
        finished = folder / "archive"
        if seal:
            say("Versleutelen …")
            finished = folder / "sealed"
            seal.put_on(folder / "archive", finished)
            _sync(finished)
        size = finished.stat().st_size
        _put_in_place(finished, place)
    return Made(place, size, manifest)


def _check_place(place: Path) -> None:
    if not place.parent.is_dir() or not os.access(place.parent, os.W_OK | os.X_OK):
        raise BackupRefused(
            f"De map {place.parent} bestaat niet, of je mag er niet schrijven.", code="no_folder"
        )
    if place.exists():
        raise BackupRefused(
            f"{place} bestaat al. Kies een andere naam: een back-up wordt nooit overschreven.",
            code="exists",
        )


def _attempt(
    database: Database, engine: Engine, folder: Path, at: datetime, say: Say
) -> Manifest | None:
    """Writes the archive; None when a file went away that the snapshot points at."""
    for name in ("database", "archive"):
        (folder / name).unlink(missing_ok=True)
    say("Database veiligstellen …")
    with database.snapshot() as snapshot:
        snapshot.write(folder / "database")
    say(f"{len(snapshot.files)} bestanden inpakken …")
    storage = Storage(Path(settings.STORAGE_DIR))
    sizes = {one: storage.sound_size(one) for one in sorted(snapshot.files)}
    sound = {one: size for one, size in sizes.items() if size is not None}
    missing = [one for one in sizes if one not in sound]
    if len(set(hashes_in_use(frozenset(missing)))) != len(missing):
        return None
    erasures = erasure_lines(known_erasures()).encode()
    manifest = _manifest(engine, snapshot, folder / "database", erasures, sound, missing, at)
    try:
        _write(folder, manifest, erasures, storage)
    except FileMissing:
        return None
    return manifest


def _manifest(
    engine: Engine,
    snapshot: Snapshot,
    dump: Path,
    erasures: bytes,
    files: dict[str, int],
    missing: list[str],
    at: datetime,
) -> Manifest:
    with dump.open("rb") as copied:
        whole = Part(name=engine.kind.part, size=dump.stat().st_size, sha256=hash_of(copied))
    listed = Part(name=ERASURES, size=len(erasures), sha256=hash_of(BytesIO(erasures)))
    return Manifest(
        format=FORMAT,
        product=__version__,
        made_at=at.astimezone(UTC),
        engine=engine,
        migrations=snapshot.migrations,
        tables=snapshot.tables,
        parts=(
            whole,
            listed,
            *(Part(name=file_name(one), size=size, sha256=one) for one, size in files.items()),
        ),
        missing=tuple(missing),
    )


def _write(folder: Path, manifest: Manifest, erasures: bytes, storage: Storage) -> None:
    content = manifest_bytes(manifest)

    def source(part: Part) -> Callable[[], BinaryIO]:
        if part.content_hash:
            return partial(storage.open, part.content_hash)
        if part.name == ERASURES:
            return partial(BytesIO, erasures)
        return lambda: (folder / "database").open("rb")

    entries = [
        Entry(MANIFEST, len(content), partial(BytesIO, content), compressed=True),
        *(
            # Documents and PostgreSQL's own form are compressed already.
            Entry(part.name, part.size, source(part), compressed=part.name.endswith(".sqlite3"))
            for part in manifest.parts
        ),
    ]
    descriptor = os.open(folder / "archive", os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as target:
        write_zip(target, entries)
        target.flush()
        os.fsync(target.fileno())


def _put_in_place(made: Path, place: Path) -> None:
    made.chmod(0o600)
    # A link and not a rename: that would overwrite what came there meanwhile.
    try:
        os.link(made, place)
    except FileExistsError:
        _check_place(place)
        raise
    except OSError:
        # A file system without links, such as many a network disk.
        made.rename(place)
    with suppress(OSError):
        _sync(place.parent)


def _sync(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
