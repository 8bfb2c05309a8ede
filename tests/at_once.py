"""Several things at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


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
