"""The parts that the product stands on, and how each of them is tried. Nothing about schools.

Each check returns when the part works and raises `Down` with a stable code when it does not. They
may hang: who calls them keeps the time (`readiness.py`).
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.functions import Now

from routekaart.models import ScheduledTask, WorkerSign

# A worker gives a sign every ten seconds, also while it works on something long.
WORKER_PATIENCE = timedelta(seconds=45)
# Each task on the clock is taken up within half a minute of its time when there is a clock.
CLOCK_PATIENCE = timedelta(minutes=10)
# Seconds. Below the time that a part gets.
_BROKER_TIMEOUT = 1.0


class Down(Exception):
    """The part does not work. `code`: what is wrong with it, for machines."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def needed() -> dict[str, Callable[[], None]]:
    """The parts that this installation needs. Embedded there is no broker outside the worker."""
    parts = {
        "database": check_database,
        "migrations": check_migrations,
        "storage": check_storage,
        "worker": check_worker,
        "clock": check_clock,
    }
    if not settings.EMBEDDED:
        parts["broker"] = check_broker
    return parts


def check_database() -> None:
    """A question that needs an answer, on a connection of its own."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        raise Down("no_answer") from None


def check_migrations() -> None:
    """Whether the tables are those of this version. Newer ones are fine: a rolling upgrade."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        raise Down("unknown") from None
    if shipped_migrations() - applied:
        raise Down("pending")


def check_storage() -> None:
    """A file written, read back and taken away, where the documents go."""
    folder = Path(settings.STORAGE_DIR)
    # Ends as the storage's own temporary files do: what is left behind is swept.
    file = folder / f"{secrets.token_hex(16)}.part"
    data = secrets.token_bytes(64)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            file.write_bytes(data)
            read = file.read_bytes()
        finally:
            with suppress(FileNotFoundError):
                file.unlink()
    except OSError:
        raise Down("not_writable") from None
    if read != data:
        raise Down("not_readable")


def check_worker() -> None:
    """Whether some worker, of whatever host, gave a sign of life lately."""
    try:
        alive = WorkerSign.objects.filter(seen_at__gt=Now() - WORKER_PATIENCE).exists()
    except DatabaseError:
        raise Down("unknown") from None
    if not alive:
        raise Down("no_sign")


def check_clock() -> None:
    """Whether what happens by the clock has happened."""
    try:
        ran = ScheduledTask.objects.exists()
        late = ScheduledTask.objects.filter(due_at__lt=Now() - CLOCK_PATIENCE).exists()
    except DatabaseError:
        raise Down("unknown") from None
    if not ran:
        raise Down("never_ran")
    if late:
        raise Down("late")


def check_broker() -> None:
    """A ping."""
    timeouts = {"socket_timeout": _BROKER_TIMEOUT, "socket_connect_timeout": _BROKER_TIMEOUT}
    try:
        with redis.Redis.from_url(settings.REDIS_URL, **timeouts) as client:
            client.ping()
    except redis.RedisError:
        raise Down("no_answer") from None


@cache
def shipped_migrations() -> frozenset[tuple[str, str]]:
    """The migrations that come with this version, read once."""
    loader = MigrationLoader(None)
    replaced = {one for squashed in loader.replacements.values() for one in squashed.replaces}
    return frozenset(loader.disk_migrations) - replaced
