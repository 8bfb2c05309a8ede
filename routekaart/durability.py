"""What need not outlive a power cut: SQLite waits for the disk at every commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def not_waiting_for_the_disk() -> Iterator[None]:
    """On SQLite a write in here may be lost in a power cut, and in no other way; what others write
    is as safe as before. Changes nothing inside a transaction, or on PostgreSQL."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            cursor.execute("PRAGMA synchronous=FULL")
