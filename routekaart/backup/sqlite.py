"""SQLite: copied by its own backup interface inside one read transaction, swapped in one write.

The copy and what comes out of a restore are packed anew (`VACUUM`): what was deleted earlier
lingers in free pages otherwise, the names of erased people too.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from routekaart.backup.database import PASSING, Fresh, Snapshot, connected_to, read_snapshot
from routekaart.domain.backups import BackupRefused, Engine, Kind

# Seconds that the swap waits for who is writing.
_PATIENCE = 20.0
_BETWEEN = 0.25
_IN_USE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class SqliteDatabase:
    """The file that Django is connected to."""

    def engine(self) -> Engine:
        return Engine(kind=Kind.SQLITE)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        reader = connection.copy()
        try:
            with reader.cursor() as cursor:
                cursor.execute("BEGIN")
                # The first look fixes the moment; the same connection copies it.
                yield read_snapshot(reader, cursor, lambda place: _copy(reader.connection, place))
        finally:
            reader.close()

    @contextmanager
    def fresh(self, dump: Path) -> Iterator[Fresh]:
        live = str(connection.settings_dict["NAME"])
        _check_whole(dump)
        with connected_to(str(dump)):
            yield Fresh(swap=lambda: _swap(dump, live))


def _copy(source: sqlite3.Connection, place: Path) -> None:
    try:
        with closing(sqlite3.connect(place, isolation_level=None)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
            _forget_passing(target)
            target.execute("VACUUM")
    except sqlite3.DatabaseError as error:
        raise BackupRefused(
            f"De database kon niet worden gekopieerd ({error}). Is er genoeg ruimte?",
            code="cannot_write",
        ) from error


def _forget_passing(target: sqlite3.Connection) -> None:
    tables = {name for (name,) in target.execute("SELECT name FROM sqlite_master")}
    for table in tables.intersection(model._meta.db_table for model in PASSING):
        target.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of our own tables


def _check_whole(dump: Path) -> None:
    try:
        with closing(sqlite3.connect(dump)) as database:
            told = database.execute("PRAGMA integrity_check").fetchall()
            loose = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        told, loose = [(str(error),)], None
    if told != [("ok",)] or loose is not None:
        raise BackupRefused(
            "De database in de back-up is beschadigd. Gebruik een andere back-up.", code="damaged"
        )


def _swap(fresh: Path, live: str) -> None:
    connection.close()
    waited = 0.0

    def progress(status: int, _remaining: int, _total: int) -> None:
        nonlocal waited
        if status in _IN_USE:
            waited += _BETWEEN
            if waited > _PATIENCE:
                raise BackupRefused(
                    "De database is in gebruik. Stop routekaart en probeer het opnieuw.",
                    code="in_use",
                )

    with (
        closing(sqlite3.connect(fresh, isolation_level=None)) as source,
        closing(sqlite3.connect(live, isolation_level=None, timeout=0)) as target,
    ):
        source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        source.execute("PRAGMA journal_mode=DELETE")
        source.execute("VACUUM")
        try:
            target.execute("PRAGMA synchronous=FULL")
            # One transaction of SQLite's own: whoever reads meanwhile sees the old or the new.
            source.backup(target, progress=progress, sleep=_BETWEEN)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError as error:
            raise BackupRefused(
                f"De database {live} is niet te overschrijven ({error}). Stop routekaart, zet dat "
                "bestand opzij en probeer het opnieuw.",
                code="in_use",
            ) from None
