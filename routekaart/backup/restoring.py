"""Putting a backup back: everything is made ready beside what is there, then swapped at once.

In this order, so that at any moment a `kill -9` leaves the old state: check the whole archive; a
new database beside the old one; migrate it; erase again who was erased since; hold mail, end
sessions, queue jobs; put the files that are left in the storage, where a file too many is
harmless; swap the database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from routekaart.actions.backups.after_restore import settle_restored
from routekaart.actions.privacy.erasing import NotAllErased, apply_erasures, erase_departed
from routekaart.actions.privacy.erasure_list import (
    Erasures,
    listed_erasures,
    read_erasures,
)
from routekaart.backup import archive
from routekaart.backup.archive import Archive
from routekaart.backup.choosing import database_in_use
from routekaart.backup.database import holds_people, known_erasures, row_counts
from routekaart.backup.making import Say
from routekaart.backup.work_folder import one_at_a_time, told_when_full, work_folder
from routekaart.domain.backups import ERASURES, BackupRefused, Manifest, Part, check_fits
from routekaart.queries.documents.files import hashes_in_use
from routekaart.storage import Storage

_PREFIX = ".routekaart-restore-"
_LOCK = "restore.lock"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a restore may do. `replace`: also when people work here already.

    `erasures`: the list of erased people of the installation that the backup is of, where it is
    kept elsewhere. `nobody_erased`: there is no such list, because nobody was erased since.
    """

    replace: bool = False
    erasures: tuple[Path, ...] = ()
    nobody_erased: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; how many people were erased again and how many messages are held."""

    manifest: Manifest
    erased: int
    held: int


def check_backup(place: Path) -> Manifest:
    """Reads a whole backup, and whether it can be put back here. Raises `BackupRefused`."""
    with archive.opened(place) as backup:
        return _checked(backup)


def restore_backup(
    place: Path, *, at: datetime, wanted: Wanted, say: Say = lambda _line: None
) -> Restored:
    """Puts a backup back, whole or not at all. Raises `BackupRefused`; then nothing changed."""
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        told_when_full(),
        one_at_a_time(folder / _LOCK),
        archive.opened(place) as backup,
        work_folder(folder, _PREFIX) as work,
    ):
        say("Back-up controleren …")
        manifest = _checked(backup)
        _check_target(wanted)
        erasures = _erasures(backup, wanted)
        say("Database klaarzetten …")
        dump = work / "database"
        backup.save(manifest.part(manifest.engine.kind.part), dump)
        with database_in_use().fresh(dump) as fresh:
            _check_counts(manifest.tables, row_counts())
            say("Tabellen bijwerken …")
            _migrate()
            say("Gewiste mensen opnieuw wissen, post vasthouden …")
            erased = _erase_again(work, erasures, at, say)
            held = settle_restored(made_at=manifest.made_at, at=at)
            say(f"{len(manifest.files)} bestanden terugzetten …")
            _put_files(backup)
            say("Omwisselen …")
            fresh.swap()
    return Restored(manifest, erased, held)


def _checked(backup: Archive) -> Manifest:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    check_fits(
        backup.manifest,
        known=frozenset(f"{app}.{name}" for app, name in known),
        here=database_in_use().engine(),
    )
    backup.check()
    return backup.manifest


def _check_target(wanted: Wanted) -> None:
    if wanted.replace:
        return
    try:
        occupied = holds_people()
    except DatabaseError as error:
        raise BackupRefused(
            f"De database hier is niet te lezen ({str(error).splitlines()[0]}). Maak hem leeg, of "
            "kies --replace.",
            code="unreadable_target",
        ) from error
    if occupied:
        raise BackupRefused(
            "Er wordt hier al gewerkt: er staan scholen of mensen in de database. Maak eerst een "
            "back-up van wat er nu is. Kies daarna --replace: alles wat er nu is, wordt vervangen.",
            code="not_empty",
        )


def _erasures(backup: Archive, wanted: Wanted) -> Erasures:
    """Everybody who must be erased again: from here, from the backup, from where it was made."""
    here = known_erasures()
    lists = [_read_list(place, whatever=wanted.nobody_erased) for place in wanted.erasures]
    if not (listed_erasures() or any(lists) or wanted.nobody_erased):
        raise BackupRefused(
            f"De lijst met gewiste mensen ({settings.ERASURES_FILE}) is er niet, of is leeg. "
            "Zonder die lijst komen mensen terug die na de back-up zijn gewist. Geef de bewaarde "
            "lijst met --erasures, of kies --nobody-erased als je zeker weet dat er niemand is "
            "gewist.",
            code="no_erasures",
        )
    of_backup = read_erasures(backup.read(backup.manifest.part(ERASURES)))
    found: dict[UUID, datetime | None] = {}
    for each in (of_backup, *lists, here):
        found.update(each)
    return found


def _read_list(place: Path, *, whatever: bool) -> Erasures:
    try:
        content = place.read_bytes()
    except OSError as error:
        raise BackupRefused(
            f"De lijst {place} is niet te lezen: {error.strerror}.", code="unreadable"
        ) from None
    found = read_erasures(content)
    if whatever:
        return found
    if not found:
        raise BackupRefused(
            f"In {place} staat niemand: dit is niet de lijst met gewiste mensen, of de kopie is "
            "leeg. Geef de goede lijst, of kies --nobody-erased als je zeker weet dat er niemand "
            "is gewist.",
            code="no_ids",
        )
    if not content.endswith(b"\n"):
        raise BackupRefused(
            f"De lijst {place} houdt midden in een regel op: de kopie is niet heel. Geef een kopie "
            "die heel is. Is dit echt de hele lijst? Zet er dan een lege regel achter.",
            code="cut_off",
        )
    return found


def _check_counts(expected: Mapping[str, int], found: Mapping[str, int]) -> None:
    if dict(expected) != dict(found):
        names = sorted(set(expected) | set(found))
        wrong = [name for name in names if expected.get(name) != found.get(name)]
        raise BackupRefused(
            f"De database in de back-up klopt niet met de inhoudsopgave ({', '.join(wrong[:5])}). "
            "Gebruik een andere back-up.",
            code="damaged",
        )


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _erase_again(work: Path, erasures: Erasures, at: datetime, say: Say) -> int:
    # The files of the backup are nowhere yet: those that lose their row are never put there.
    nowhere = Storage(work / "files")
    try:
        again = apply_erasures(at=at, also=erasures, storage=nowhere)
    except NotAllErased as error:
        raise BackupRefused(
            f"Van {error.failed} van de gewiste mensen lukt het wissen in deze back-up niet; wie "
            "gewist is mag niet terugkomen. Kijk in het logboek waar het misging, of gebruik een "
            "andere back-up.",
            code="not_erased",
        ) from error
    try:
        return again + erase_departed(at=at, storage=nowhere)
    except NotAllErased as error:
        # They were there when the backup was made, and the nightly task goes on with them.
        say(
            f"Van {error.failed} van de mensen die lang weg zijn lukte het wissen niet. De worker "
            "probeert het opnieuw; kijk in het logboek waar het misging."
        )
        return again + error.done


def _put_files(backup: Archive) -> None:
    storage = Storage(Path(settings.STORAGE_DIR))
    files = backup.manifest.files
    for start in range(0, len(files), _BATCH):
        batch = files[start : start + _BATCH]
        in_use = set(hashes_in_use(frozenset(part.sha256 for part in batch)))
        for part in batch:
            if part.sha256 in in_use and not storage.renew(part.sha256):
                # What lies there under this name is damaged, and would be taken for the same.
                storage.discard([part.sha256], in_use=lambda _: ())
                stored = storage.put_written(_copier(backup, part))
                assert stored.content_hash == part.sha256, "a checked part has its own hash"  # noqa: S101


def _copier(backup: Archive, part: Part) -> Callable[[BinaryIO], None]:
    return lambda target: backup.copy(part, target.write)
