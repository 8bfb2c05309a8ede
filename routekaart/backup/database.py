"""What making and restoring a backup ask of a database, whichever it is."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from routekaart.actions.privacy.erasure_list import Erasures, all_erasures, listed_erasures
from routekaart.domain.backups import Engine
from routekaart.models import Erasure, Person, School
from routekaart.models.sign_in import CacheEntry
from routekaart.queries.documents.files import WITH_FILES

# What somebody is signed in with, and what is counted for some minutes: of no use later, and a way
# in for who finds a backup. Empty in every backup.
PASSING: tuple[type[Model], ...] = (Session, UserSession, CacheEntry)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The database at one moment. `files`: hash → size of every file that a row points at.

    `write` makes the copy of this same moment.
    """

    migrations: tuple[str, ...]
    tables: dict[str, int]
    files: dict[str, int]
    write: Callable[[Path], None] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A database beside the one in use, to which Django is connected. `swap` puts it in its place.

    `swap` is the one moment at which anything changes: it happens whole, or not at all.
    """

    swap: Callable[[], None] = field(repr=False)


class Database(Protocol):
    """SQLite or PostgreSQL."""

    def engine(self) -> Engine:
        """What runs here. Raises `BackupRefused` when a program is missing or too old."""

    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """One consistent moment, while the product goes on."""

    def fresh(self, dump: Path) -> AbstractContextManager[Fresh]:
        """A new database from the copy that `snapshot` wrote."""


def read_snapshot(reader: Any, cursor: Any, write: Callable[[Path], None]) -> Snapshot:
    """What is read of a database inside the transaction of its snapshot."""
    passing = {model._meta.db_table for model in PASSING}
    tables = sorted(reader.introspection.table_names(cursor))
    return Snapshot(
        migrations=_migrations(cursor),
        tables={table: 0 if table in passing else _count(cursor, table) for table in tables},
        # Before an upgrade the tables may be older than the code.
        files=_files(cursor, tables),
        write=write,
    )


def row_counts() -> dict[str, int]:
    """Rows per table of the database that Django is connected to."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        return {table: _count(cursor, table) for table in tables}


def holds_people() -> bool:
    """Whether anybody works with the database that Django is connected to."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        return any(
            _count(cursor, model._meta.db_table) > 0
            for model in (Person, School)
            if model._meta.db_table in there
        )


def known_erasures() -> Erasures:
    """Everybody of whom is known here that they were erased, by the table and by the file.

    A table that is not there yet, or that is beyond reading, knows nothing.
    """
    try:
        there = Erasure._meta.db_table in connection.introspection.table_names()
        return all_erasures() if there else listed_erasures()
    except DatabaseError:
        return listed_erasures()


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Lets Django work with another database of the same server, or with another file."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _migrations(cursor: Any) -> tuple[str, ...]:
    table = MigrationRecorder.Migration._meta.db_table
    cursor.execute(f'SELECT app, name FROM "{table}" ORDER BY app, name')  # noqa: S608 - as below
    return tuple(f"{app}.{name}" for app, name in cursor.fetchall())


def _files(cursor: Any, there: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for table in (model._meta.db_table for model in WITH_FILES):
        if table not in there:
            continue
        cursor.execute(f'SELECT content_hash, size FROM "{table}"')  # noqa: S608 - as below
        found.update(cursor.fetchall())
    return found


def _count(cursor: Any, table: str) -> int:
    # Names of tables come from the database itself, never from outside.
    cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
    count: int = cursor.fetchone()[0]
    return count
