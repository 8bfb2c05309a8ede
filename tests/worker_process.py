"""The real worker as a process of its own, on the database of the test."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from routekaart.management.commands.serve import worker_program

_PATIENCE = 45.0
ROOT = Path(__file__).resolve().parent.parent


def until(condition: Callable[[], bool], what: str, *, seconds: float = _PATIENCE) -> None:
    """Waits for something that another process does; fails the test when it does not come."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"Did not happen within {seconds:.0f} s: {what}")
        time.sleep(0.03)


def database_url() -> str:
    """The database of this test as a `DATABASE_URL`."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{given['NAME']}"
    host = quote(given["HOST"], safe="")
    return (
        f"postgresql://{quote(given['USER'])}:{quote(given['PASSWORD'])}@:{given['PORT']}"
        f"/{quote(given['NAME'])}?host={host}"
    )


def environment(**extra: str) -> dict[str, str]:
    """What a process needs to work on the database and in the folders of this test."""
    values = {
        "DATABASE_URL": database_url(),
        "REDIS_URL": "",
        "ROUTEKAART_VAR": str(settings.VAR_DIR),
        "ROUTEKAART_STORAGE": str(settings.STORAGE_DIR),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "routekaart.settings",
    }
    return os.environ | values | extra


@contextmanager
def start_worker(
    log: BinaryIO | None = None, /, **extra: str
) -> "Iterator[subprocess.Popen[bytes]]":
    """The worker as `serve` starts it, with the stand-in kind beside the real ones.

    Embedded without REDIS_URL, with two processes on Redis with it. Leads its own group. Its log
    goes to `log` when that is given.
    """
    embedded = not extra.get("REDIS_URL")
    with _embedded(embedded):
        command = worker_program(2).command
    process = subprocess.Popen(
        [*command, "--include", "tests.worker_standin"],
        cwd=ROOT,
        env=environment(**extra),
        stderr=log,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        kill_group(process)


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """kill -9 for the worker and its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def _embedded(embedded: bool) -> Iterator[None]:
    before = settings.EMBEDDED
    settings.EMBEDDED = embedded
    try:
        yield
    finally:
        settings.EMBEDDED = before
