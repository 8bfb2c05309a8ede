"""PostgreSQL: `pg_dump` of one exported snapshot, restored beside the database and renamed.

Both renames are one transaction: at every moment there is one whole database under the name that
the product uses. Needs a role that owns its database and may make another one (CREATEDB).
"""

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.db.backends.postgresql.client import DatabaseClient
from psycopg import sql

from routekaart.backup.database import PASSING, Fresh, Snapshot, connected_to, read_snapshot
from routekaart.domain.backups import BackupRefused, Engine, Kind, major_version

_MAINTENANCE = "postgres"
_BESIDE = "_restore_"
# A name longer than 63 bytes is cut off by PostgreSQL.
_LONGEST = 63
_ATTEMPTS = 20


class PostgresDatabase:
    """The database that Django is connected to."""

    def engine(self) -> Engine:
        dumps, restores = _version("pg_dump"), _version("pg_restore")
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            server = int(cursor.fetchone()[0]) // 10_000
        check_tools(server=server, dump=dumps, restore=restores)
        return Engine(kind=Kind.POSTGRESQL, server=server, tool=min(dumps, restores))

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        reader = connection.copy()
        try:
            with reader.cursor() as cursor:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                # Holds as long as this transaction is open.
                (name,) = cursor.fetchone()
                yield read_snapshot(reader, cursor, partial(_dump, name))
        finally:
            reader.close()

    @contextmanager
    def fresh(self, dump: Path) -> Iterator[Fresh]:
        live = str(connection.settings_dict["NAME"])
        beside = beside_name(live)
        with _maintenance() as cursor:
            _drop_left(cursor, live)
            _create(cursor, beside, like=live)
        try:
            _restore(dump, beside)
            with connected_to(beside):
                # A restored database knows nothing of its own sizes, and picks slow ways.
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
                yield Fresh(swap=lambda: _swap(beside, live))
        finally:
            # The new one when this did not come to a swap, the old one when it did.
            with suppress(DatabaseError), _maintenance() as cursor:
                _drop_left(cursor, live)


def check_tools(*, server: int, dump: int, restore: int) -> None:
    """Raises `BackupRefused` when the programs are older than the server; first version numbers."""
    if min(dump, restore) < server:
        raise BackupRefused(
            f"De database is PostgreSQL {server}, maar pg_dump is hier versie {dump} en pg_restore "
            f"versie {restore}. Installeer de programma's van PostgreSQL {server} of hoger.",
            code="older_tool",
        )


def beside_name(live: str) -> str:
    """A new name for a database next to `live`."""
    ending = f"{_BESIDE}{secrets.token_hex(4)}"
    return live[: _LONGEST - len(ending)] + ending


def _version(program: str) -> int:
    found = shutil.which(program)
    if found is None:
        raise BackupRefused(
            f"{program} is niet gevonden. Installeer de programma's van PostgreSQL "
            "(postgresql-client), in dezelfde versie als de database of hoger.",
            code="no_tool",
        )
    printed = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - found on the path
    return major_version(printed.stdout)


def _dump(snapshot: str, place: Path) -> None:
    passing = [f"--exclude-table-data={model._meta.db_table}" for model in PASSING]
    _run(
        "pg_dump",
        ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", *passing],
        ["--file", str(place)],
        name=str(connection.settings_dict["NAME"]),
    )


def _restore(dump: Path, beside: str) -> None:
    _run(
        "pg_restore",
        ["--exit-on-error", "--no-owner", "--no-privileges", "--single-transaction"],
        ["--dbname", beside, str(dump)],
        name=beside,
    )


def _run(program: str, options: list[str], last: list[str], *, name: str) -> None:
    found, arguments, environment = _call(program, name)
    result = subprocess.run(  # noqa: S603 - our own arguments; the password is in the environment
        [found, *options, *arguments, *last],
        env=os.environ | environment | {"LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        said = result.stderr.strip().splitlines()
        raise BackupRefused(
            f"{program} lukte niet: {said[0] if said else f'code {result.returncode}'}",
            code="tool_failed",
        )


def _call(program: str, name: str) -> tuple[str, list[str], Mapping[str, str]]:
    """Program, arguments that say which server, and environment with what is secret."""
    given: dict[str, Any] = connection.settings_dict | {"NAME": name}
    arguments, environment = DatabaseClient.settings_to_cmd_args_env(given, [])
    # The first is the program of Django's own client, the last the name of the database.
    where = [*arguments[1:-1], *([] if program == "pg_restore" else ["--dbname", name])]
    return shutil.which(program) or program, where, environment or {}


# --- Databases beside each other ------------------------------------------------------------------
@contextmanager
def _maintenance() -> Iterator[Any]:
    """A cursor in the database that every server has: not in one that is renamed or dropped."""
    other = connection.copy()
    other.settings_dict["NAME"] = _MAINTENANCE
    try:
        with other.cursor() as cursor:
            yield cursor
    except OperationalError as error:
        raise BackupRefused(
            f"De server van de database is niet bereikbaar: {str(error).splitlines()[0]}",
            code="unreachable",
        ) from error
    finally:
        other.close()


def _create(cursor: Any, name: str, *, like: str) -> None:
    cursor.execute("SELECT datcollate, datctype FROM pg_database WHERE datname = %s", [like])
    row = cursor.fetchone()
    if row is None:
        raise BackupRefused(
            f"De database {like} bestaat niet. Maak hem eerst aan, leeg.", code="no_database"
        )
    try:
        # Written out: a statement of this kind takes no parameters from the server's side.
        cursor.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"
            ).format(sql.Identifier(name), *map(sql.Literal, row))
        )
    except ProgrammingError as error:
        raise BackupRefused(
            "Terugzetten lukt niet: de gebruiker van de database mag er geen tweede naast maken. "
            "Geef hem daarvoor tijdelijk het recht CREATEDB.",
            code="no_right",
        ) from error


def _drop_left(cursor: Any, live: str) -> None:
    """Drops what this or an earlier restore left beside, save what somebody works in."""
    ending = len(_BESIDE) + 8
    stem = live[: _LONGEST - ending] + _BESIDE
    cursor.execute("SELECT datname FROM pg_database")
    for (name,) in cursor.fetchall():
        if name.startswith(stem) and len(name) == len(stem) + 8:
            with suppress(OperationalError):
                cursor.execute(f"DROP DATABASE IF EXISTS {_quoted(name)}")


def _swap(fresh: str, live: str) -> None:
    connection.close()
    old = beside_name(live)
    for attempt in range(_ATTEMPTS):
        with _maintenance() as cursor:
            if _renamed(cursor, {live: old, fresh: live}, last=attempt == _ATTEMPTS - 1):
                return


def _renamed(cursor: Any, names: Mapping[str, str], *, last: bool) -> bool:
    """Sends others away and renames all in one transaction; False when somebody came between."""
    try:
        cursor.execute(
            # Of itself the server only sends its own processes away.
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = ANY(%s) AND backend_type = 'client backend'",
            [list(names)],
        )
        cursor.execute("BEGIN")
        for before, after in names.items():
            cursor.execute(f"ALTER DATABASE {_quoted(before)} RENAME TO {_quoted(after)}")
        cursor.execute("COMMIT")
    except DatabaseError as error:
        cursor.execute("ROLLBACK")
        if last:
            raise BackupRefused(
                "De database is in gebruik of niet van deze gebruiker. Stop routekaart en probeer "
                f"het opnieuw ({str(error).splitlines()[0]}).",
                code="in_use",
            ) from error
        return False
    return True


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
