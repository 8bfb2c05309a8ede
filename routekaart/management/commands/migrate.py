"""Django's `migrate` for a site that is in use: waits for its turn, and never long for a lock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Seconds that a change waits for a table that others use. While it waits, all who come after it
# wait as well: so it gives up soon, and can be tried again.
LOCK_TIMEOUT = 5
_LOCK_TIMEOUT_IS = "SELECT set_config('lock_timeout', %s, false)"
# Seconds.
_BETWEEN = 0.5
# A number of our own for "somebody migrates"; the same in all versions.
_ONE_AT_A_TIME = 7_203_685_024
_LOCKED = (
    "Een tabel was langer dan {seconds} seconden in gebruik. Er is niets half veranderd; probeer "
    "het opnieuw als het rustiger is."
)


class Command(migrate.Command):
    """Two of these at once, as when several containers start, go one after the other."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        try:
            with alone(connection), impatient(connection):
                super().handle(*args, **options)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != "55P03":
                raise
            raise CommandError(_LOCKED.format(seconds=LOCK_TIMEOUT)) from error


@contextmanager
def alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Waits until nobody else migrates this database.

    By asking time and again: a question that waits would itself be waited for by an index that is
    made beside the use of its table.
    """
    while not _ask(connection, "SELECT pg_try_advisory_lock(%s)", _ONE_AT_A_TIME):
        time.sleep(_BETWEEN)
    try:
        yield
    finally:
        # A connection that broke gave it back already.
        if connection.connection and not connection.connection.closed:
            _ask(connection, "SELECT pg_advisory_unlock(%s)", _ONE_AT_A_TIME)


@contextmanager
def impatient(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lets no statement wait longer than `LOCK_TIMEOUT` for what others hold."""
    _ask(connection, _LOCK_TIMEOUT_IS, f"{LOCK_TIMEOUT}s")
    try:
        yield
    finally:
        if connection.connection and not connection.connection.closed:
            _ask(connection, _LOCK_TIMEOUT_IS, "0")


def _ask(connection: BaseDatabaseWrapper, question: str, value: str | int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, [value])
        (answer,) = cursor.fetchone()
    return answer
