"""Web server, worker and clock together, each as a program of its own, started by name."""

import argparse
import errno
import logging
import os
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from routekaart.actions.wakeups import BEAT_HEARTBEAT_FILE, HEARTBEAT_FILE
from routekaart.management.supervisor import Program, Supervisor
from routekaart.storage import Storage, StorageUnavailable

logger = logging.getLogger(__name__)

WEB, WORKER, BEAT = "web", "worker", "beat"
# Seconds that running requests get to end when the web server is asked to stop.
_GRACE = 20
# Seconds that an idle connection stays open: longer than a proxy keeps it (most do for 60), because
# a POST sent on a connection that closes at that moment is lost.
_KEPT_OPEN = 75
# Seconds after which a worker that carries out nothing is started anew: many sweeps.
_DEAF = 30.0


class CannotStartError(Exception):
    """One sentence that says why, and what to do."""


class Command(BaseCommand):
    help = (
        "Start de webserver, de werker en bij een broker de klok, en houd ze in de lucht "
        "(Ctrl-C stopt alles)."
    )
    # What matters is checked here, with a sentence of its own; the rest costs start-up time.
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="Adres (standaard 127.0.0.1).")
        parser.add_argument("--port", type=int, default=8000, help="Poort (standaard 8000).")
        parser.add_argument("--only", choices=[WEB, WORKER, BEAT], help="Start alleen dit deel.")
        parser.add_argument(
            "--web-processes", type=int, default=2, help="Processen van de webserver (standaard 2)."
        )
        parser.add_argument(
            "--concurrency", type=int, default=2, help="Klussen tegelijk (standaard 2)."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        wanted = [options["only"]] if options["only"] else [WEB, WORKER, BEAT]
        try:
            _check_clock(alone=options["only"] == BEAT)
            _check_folders()
            _check_tables()
            if WEB in wanted:
                _check_static_files()
                check_port(host, port)
        except CannotStartError as reason:
            self.stderr.write(str(reason))
            sys.exit(1)
        programs = []
        if WEB in wanted and not settings.PRODUCTION:
            # On one machine the address in the mail is the one that is printed here.
            os.environ.setdefault("PUBLIC_ADDRESS", shown_address(host, port))
        if WEB in wanted:
            programs.append(web_program(host, port, options["web_processes"]))
        if WORKER in wanted:
            programs.append(worker_program(options["concurrency"]))
        # Embedded the worker has the clock in itself.
        if BEAT in wanted and not settings.EMBEDDED:
            programs.append(beat_program())
        announce = _Announcement(self, host, port) if WEB in wanted else lambda: None
        Supervisor(programs, say=self._say).run(each_tick=announce)
        self._say("Gestopt.")

    def _say(self, line: str) -> None:
        if settings.LOG_FORMAT == "json":
            logger.warning(line)
            return
        self.stdout.write(line)
        self.stdout.flush()


class _Announcement:
    """Prints the address once, as soon as the web server answers there."""

    def __init__(self, command: Command, host: str, port: int) -> None:
        self._command = command
        self._host = host
        self._port = port
        self._done = False

    def __call__(self) -> None:
        if self._done or not _answers(self._host, self._port):
            return
        self._done = True
        self._command._say(  # noqa: SLF001 - the command's own helper
            f"Routekaart draait op {shown_address(self._host, self._port)} (Ctrl-C stopt)."
        )


def shown_address(host: str, port: int) -> str:
    """Where a browser finds the site: http://127.0.0.1:8000"""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def web_program(host: str, port: int, processes: int = 2) -> Program:
    """gunicorn. Threads, because requests wait for the database rather than compute."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return Program(
        name="webserver",
        command=(
            *_python(),
            "gunicorn",
            "--bind", address,
            "--worker-class", "routekaart.management.web_process.WebProcess",
            "--workers", str(processes),
            "--threads", "8",
            # Read the code once, not once per process.
            "--preload",
            "--keep-alive", str(_KEPT_OPEN),
            "--graceful-timeout", str(_GRACE),
            "--log-level", "warning",
            "--logger-class", "routekaart.logs.server.ServerLog",
            "routekaart.wsgi:application",
        ),
        folder=settings.BASE_DIR,
    )  # fmt: skip


def worker_program(concurrency: int) -> Program:
    """Celery, by name: nothing here knows the code of the worker."""
    # Embedded the broker is inside the worker process, so its jobs must be threads of it.
    pool = "threads" if settings.EMBEDDED else "prefork"
    return Program(
        name="werker",
        command=(
            *_python(),
            "celery",
            "--quiet",
            "--app", "worker.celery",
            "worker",
            "--pool", pool,
            "--concurrency", str(concurrency),
            "--loglevel", "WARNING",
            # Workers know nothing of each other; the table is what they share.
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ),
        folder=settings.BASE_DIR,
        heartbeat=Path(settings.VAR_DIR) / HEARTBEAT_FILE,
        patience=_DEAF,
    )  # fmt: skip


def beat_program() -> Program:
    """The clock, by name as well."""
    return Program(
        name="klok",
        command=(*_python(), "worker.beat"),
        folder=settings.BASE_DIR,
        heartbeat=Path(settings.VAR_DIR) / BEAT_HEARTBEAT_FILE,
    )


def _python() -> tuple[str, ...]:
    # Celery warns a root user about pickle, which is not accepted here.
    return (sys.executable, "-W", "ignore:You're running the worker with superuser", "-m")


def _check_clock(*, alone: bool) -> None:
    if alone and settings.EMBEDDED:
        raise CannotStartError("Zonder REDIS_URL heeft de werker de klok zelf: start alleen die.")


def _check_folders() -> None:
    for folder in (Path(settings.VAR_DIR), Path(settings.STORAGE_DIR)):
        try:
            Storage(folder).check_writable()
            Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        except (StorageUnavailable, OSError):
            raise CannotStartError(
                f"In de map {folder} kan niet worden geschreven: geef jezelf schrijfrechten, of "
                "kies een andere map met ROUTEKAART_VAR."
            ) from None


def _check_tables() -> None:
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CannotStartError(f"De database is niet bereikbaar: {reason}") from None
    finally:
        connection.close()
    if behind:
        raise CannotStartError(
            "De tabellen zijn nog niet klaar: start met 'make run', of voer eerst "
            "'python manage.py prepare' uit."
        )


def _check_static_files() -> None:
    # Without the list of names every page would fail, one by one.
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        raise CannotStartError(
            "Stijl en scripts staan nog niet klaar: start met 'make run', of voer eerst "
            "'python manage.py prepare' uit."
        )


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the web server does it: a port that was just given up counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError:
            raise CannotStartError(f"Poort {port} bestaat niet: kies er een tot 65535.") from None
        except OSError as error:
            raise CannotStartError(_port_sentence(host, port, error)) from None


def _port_sentence(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Poort {port} is al in gebruik: stop het andere programma, of kies een andere poort "
            f"met --port {port + 1} (bij make: PORT={port + 1})."
        )
    if error.errno == errno.EACCES:
        return f"Poort {port} mag je niet gebruiken: kies er een boven 1024 met --port."
    return f"Adres {host} bestaat niet op deze machine: kies een ander met --host."


def _answers(host: str, port: int) -> bool:
    # "Every address" is no address to call.
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    try:
        with socket.create_connection((target, port), timeout=0.5):
            return True
    except OSError:
        return False
