"""The product with its servers as processes that can be hurt, and started again."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
from django.db import OperationalError, connection

from tests.chaos.mailbox import Mailbox
from tests.services import Server, free_port, run_postgres, start_postgres, start_redis

ROOT = Path(__file__).resolve().parent.parent.parent
_PATIENCE = 60.0
# Room for the documents of a long run, in the memory of the machine.
_STORAGE_SIZE = "1g"


class Stage:
    """One of the two stacks. Everything that a fault does to it is a method here."""

    def __init__(self, name: str, folder: Path, stack: ExitStack) -> None:
        self.name = name
        self.folder = folder
        self.port = free_port()
        self.mailbox = stack.enter_context(Mailbox())
        self.storage = folder / "files"
        # Set by who knows what can be asked for.
        self.ask_for_poison: Callable[[], None] = lambda: None
        self._stack = stack
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._database: Server | None = None
        self._restarted: subprocess.Popen[bytes] | None = None
        self._broker: ExitStack | None = None
        self._broker_server: Server | None = None
        self.storage.mkdir(parents=True)
        self.storage_is_small = _mounted(self.storage, stack)
        if name == "postgres":
            self._database = stack.enter_context(start_postgres(durable=True))
            stack.callback(self._end_restarted)
            self._broker_port = free_port()
            self.start_broker()
            stack.callback(self.kill_broker)
        stack.callback(self.stop_all)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "ROUTEKAART_VAR": str(self.folder),
            "ROUTEKAART_STORAGE": str(self.storage),
            "DATABASE_URL": self._database.url if self._database else "",
            "REDIS_URL": f"redis://127.0.0.1:{self._broker_port}/0" if self._database else "",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.mailbox.port),
            "EMAIL_USE_TLS": "false",
            # Its clients ask as fast as they can.
            "API_REQUESTS_PER_TOKEN": "0",
            "DJANGO_SETTINGS_MODULE": "routekaart.settings",
            "LOG_LEVEL": "CRITICAL",
        }

    # --- Our own programs ----------------------------------------------------------------------
    def start(self, program: str) -> None:
        """`web` or `worker`, under the supervisor of the product."""
        extra = ["--port", str(self.port)] if program == "web" else []
        with (self.folder / f"{program}.log").open("ab") as log:
            self._processes[program] = subprocess.Popen(
                [sys.executable, "-W", "ignore", "manage.py", "serve", "--only", program, *extra],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        # A program refuses to start without its database, and where it is deployed it is then
        # started anew; here nobody would, so what comes next waits until it got that far.
        self._wait_for_processes(program)
        if program == "web":
            self.wait_for_web()

    def _wait_for_processes(self, program: str) -> None:
        end = time.monotonic() + _PATIENCE
        while not self.below(program):
            if time.monotonic() > end:
                raise AssertionError(f"{program} did not start.")
            time.sleep(0.05)

    def wait_for_web(self) -> None:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/api/v1/openapi.json", timeout=5).close()
            except (urllib.error.URLError, OSError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return

    def terminate(self, program: str) -> None:
        """What a deploy does: ask, and wait."""
        process = self._processes.pop(program)
        process.terminate()
        try:
            process.wait(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            _kill_tree(process.pid)
            process.wait()
            raise AssertionError(f"{program} did not stop when it was asked to.") from None

    def kill(self, program: str) -> None:
        """kill -9 for the supervisor and all below it."""
        process = self._processes.pop(program)
        _kill_tree(process.pid)
        process.wait()

    def wait_until_gone(self, processes: Sequence[int]) -> None:
        """Until none of these runs any more."""
        end = time.monotonic() + _PATIENCE
        while any(_is_running(one) for one in processes):
            if time.monotonic() > end:
                raise AssertionError(f"One of {processes} goes on.")
            time.sleep(0.02)

    def below(self, program: str) -> list[int]:
        """The processes below the supervisor of a program, the nearest first."""
        return _descendants(self._processes[program].pid)

    def stop_all(self) -> None:
        for program in list(self._processes):
            self.kill(program)

    # --- Broker --------------------------------------------------------------------------------
    def start_broker(self) -> None:
        self._broker = ExitStack()
        self._broker_server = self._broker.enter_context(start_redis(port=self._broker_port))

    def kill_broker(self) -> None:
        if self._broker:
            self._broker.close()
            self._broker = None

    def signal_broker(self, number: signal.Signals) -> None:
        assert self._broker_server
        os.kill(self._broker_server.pid, number)

    # --- Database ------------------------------------------------------------------------------
    def crash_database(self) -> None:
        """The server stops at once, as at a power cut of its machine."""
        assert self._database
        pid = self._restarted.pid if self._restarted else self._database.pid
        os.kill(pid, signal.SIGQUIT)
        if self._restarted:
            self._restarted.wait()
        else:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)

    def start_database(self) -> None:
        assert self._database
        assert self._database.folder
        self._restarted = run_postgres(self._database.folder, durable=True)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self._database.url).close()
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                connection.close()
                return

    def _end_restarted(self) -> None:
        if self._restarted and self._restarted.poll() is None:
            self._restarted.send_signal(signal.SIGINT)
            self._restarted.wait()


@contextmanager
def stage(name: str) -> Iterator[Stage]:
    """A stack without its programs; they start when its tables are there."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="routekaart-chaos-")))
        yield Stage(name, folder, stack)


def once_more(statement: str) -> int:
    """Runs SQL of a fault or a look; tries again while the database is away. Gives the rows."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return int(cursor.rowcount)
        except OperationalError:
            connection.close()
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _mounted(folder: Path, stack: ExitStack) -> bool:
    """A file system of its own for the documents, that can be filled; only root may mount one."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        return False
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_STORAGE_SIZE}", "tmpfs", folder],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        return False
    stack.callback(lambda: subprocess.run(["umount", "--lazy", folder], check=False))
    return True


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    todo = [pid]
    while todo:
        parent = todo.pop(0)
        with suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                children = [int(one) for one in (task / "children").read_text().split()]
                found += children
                todo += children
    return found


def _is_running(pid: int) -> bool:
    try:
        # After the name, which may hold anything, stands the state; Z is dead and not yet counted.
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(") ")[2][:1] not in {"Z", "X"}


def _kill_tree(pid: int) -> None:
    # The supervisor first, so that it starts nothing anew.
    for one in (pid, *_descendants(pid)):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
