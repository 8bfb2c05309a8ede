"""Several things at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

# Seconds: far longer than anything here takes.
PATIENCE = 30


def at_once(*requests: Callable[[], Any]) -> list[Any]:
    """The answers to requests that start at the same moment, each on a connection of its own."""
    start = threading.Barrier(len(requests))
    answers: list[Any] = [None] * len(requests)

    def run(place: int) -> None:
        try:
            start.wait()
            answers[place] = requests[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(requests))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def somebody_waits() -> bool:
    """Whether a connection waits for a lock that another one holds. On PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
        return cursor.fetchone() is not None
