"""Every kind of fault, each as one function that hurts a stage and leaves it able to recover."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from routekaart.actions import wakeups
from tests.chaos.stage import ROOT, Stage, once_more

Fault = Callable[[Stage, random.Random], None]


@dataclass(frozen=True, slots=True)
class Struck:
    """One fault as it happened, on the clock of `time.monotonic`."""

    name: str
    began: float
    ended: float


# Seconds that something is away.
_SHORT, _LONG = 0.5, 3.0
_LEFT_OVER = 40_000
_LITTLE_MEMORY = 20_000_000


def worker_child_killed(stage: Stage, chance: random.Random) -> None:
    """kill -9 for one process that runs jobs, or for the process that all jobs are threads of."""
    found = stage.below("worker")
    if found:
        with suppress(ProcessLookupError):
            os.kill(chance.choice(found), signal.SIGKILL)


def worker_killed(stage: Stage, chance: random.Random) -> None:
    """kill -9 for the whole group, supervisor and all, as when its machine loses power."""
    stage.kill("worker")
    time.sleep(chance.uniform(0, _LONG))
    stage.start("worker")


def memory_short(stage: Stage, chance: random.Random) -> None:
    """A job that eats memory, as its process sees it: a little more can be had, then none."""
    found = stage.below("worker")
    if not found:
        return
    process = chance.choice(found)
    with suppress(ProcessLookupError, FileNotFoundError):
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + chance.randint(0, _LITTLE_MEMORY)
        resource.prlimit(process, resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
        time.sleep(_SHORT)
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(process, resource.RLIMIT_AS, unlimited)


def worker_deployed(stage: Stage, _chance: random.Random) -> None:
    """SIGTERM, and a new one."""
    stage.terminate("worker")
    stage.start("worker")


def web_killed(stage: Stage, chance: random.Random) -> None:
    """kill -9 for the web server, in the middle of requests; the supervisor starts it anew."""
    found = stage.below("web")
    if found:
        hit = chance.choice(found)
        with suppress(ProcessLookupError):
            os.kill(hit, signal.SIGKILL)
        # Those below the first serve on for a moment without it, and then fail: that is of this
        # fault and not of the next.
        stage.wait_until_gone(found if hit == found[0] else [hit])
    stage.wait_for_web()


def web_deployed(stage: Stage, _chance: random.Random) -> None:
    stage.terminate("web")
    stage.start("web")


def second_worker(_stage: Stage, chance: random.Random) -> None:
    """Two workers at once, the second of which believes at its start that all jobs are free."""
    _extra_worker(
        [sys.executable, "-W", "ignore", "-m", "celery"], chance.uniform(_LONG, 2 * _LONG)
    )


def clock_jump(_stage: Stage, chance: random.Random) -> None:
    """A worker beside the other whose clock is hours off."""
    hours = chance.choice((-5, -1, 1, 5))
    command = [sys.executable, "-W", "ignore", "-m", "tests.chaos.jumped_worker", str(hours)]
    _extra_worker(command, chance.uniform(_LONG, 2 * _LONG))


def leases_expired(_stage: Stage, chance: random.Random) -> None:
    """Every lease ends while its job runs, again and again. Those of messages do not."""
    for _ in range(chance.randint(3, 8)):
        once_more("UPDATE routekaart_job SET lease_until = requested_at WHERE state = 'running'")
        time.sleep(chance.uniform(0.1, _SHORT))


def poison_job(stage: Stage, _chance: random.Random) -> None:
    """A job whose content raises, at every attempt."""
    stage.ask_for_poison()


def storage_full(stage: Stage, chance: random.Random) -> None:
    """No room for documents: a full file system where we may mount one, else no right to write."""
    ballast = stage.storage / "ballast"
    seconds = chance.uniform(_SHORT, _LONG)
    if not stage.storage_is_small:
        _without_right_to_write(stage, seconds)
        return
    try:
        with ballast.open("wb") as file:
            _fill(file.fileno(), stage)
        time.sleep(seconds)
    finally:
        ballast.unlink()


def mail_server_away(stage: Stage, chance: random.Random) -> None:
    stage.mailbox.close()
    time.sleep(chance.uniform(_SHORT, _LONG))
    stage.mailbox.open()


def everything_killed(stage: Stage, chance: random.Random) -> None:
    """The machine loses power: all our programs at once."""
    stage.kill("worker")
    stage.kill("web")
    time.sleep(chance.uniform(0, _SHORT))
    stage.start("web")
    stage.start("worker")


# --- Only on SQLite ----------------------------------------------------------------------------
def database_locked(_stage: Stage, chance: random.Random) -> None:
    """Somebody else writes, and takes long."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE routekaart_job SET progress = progress WHERE 1 = 0")
        time.sleep(chance.uniform(_SHORT, _LONG))


# --- Only with servers -------------------------------------------------------------------------
def duplicate_wakeups(_stage: Stage, _chance: random.Random) -> None:
    """Twenty messages for the same jobs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM routekaart_job WHERE state IN ('queued', 'running') LIMIT 5")
        jobs = [row[0] for row in cursor.fetchall()]
    for job in jobs:
        for _ in range(20):
            wakeups.wake(job)


def broker_flushed(stage: Stage, _chance: random.Random) -> None:
    """Every message is gone: killed and started anew, empty."""
    stage.kill_broker()
    stage.start_broker()


def broker_killed(stage: Stage, chance: random.Random) -> None:
    stage.kill_broker()
    time.sleep(chance.uniform(_SHORT, _LONG))
    stage.start_broker()


def broker_frozen(stage: Stage, chance: random.Random) -> None:
    """It still takes connections, and answers nothing."""
    stage.signal_broker(signal.SIGSTOP)
    time.sleep(chance.uniform(_SHORT, _LONG))
    stage.signal_broker(signal.SIGCONT)


def connections_cut(_stage: Stage, _chance: random.Random) -> None:
    once_more(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def database_crashed(stage: Stage, chance: random.Random) -> None:
    """An immediate stop, and a start that has to recover."""
    stage.crash_database()
    time.sleep(chance.uniform(0, _SHORT))
    stage.start_database()


_EVERYWHERE: Final = (
    worker_child_killed, worker_killed, memory_short, worker_deployed, web_killed, web_deployed,
    second_worker, clock_jump, leases_expired, poison_job, storage_full, mail_server_away,
    everything_killed,
)  # fmt: skip
FAULTS: Final[Mapping[str, tuple[Fault, ...]]] = {
    "sqlite": (*_EVERYWHERE, database_locked),
    "postgres": (
        *_EVERYWHERE, duplicate_wakeups, broker_flushed, broker_killed, broker_frozen,
        connections_cut, database_crashed,
    ),
}  # fmt: skip
# What may come between a message that went and the row that says so.
KILLS: Final = frozenset(
    {
        # These end a process that may be sending one at that moment.
        "worker_child_killed", "worker_killed", "memory_short", "everything_killed",
        # These end the worker beside the other with kill -9, after it sent its share.
        "second_worker", "clock_jump",
        # Here the process lives on, and cannot write down what it sent.
        "connections_cut", "database_crashed",
    }
)  # fmt: skip
BROKER: Final = frozenset({"broker_flushed", "broker_killed", "broker_frozen"})
# These take the database away for a moment, which the product says by a 503.
DATABASE: Final = frozenset({"connections_cut", "database_crashed", "database_locked"})


def _extra_worker(command: list[str], seconds: float) -> None:
    """One more worker for some seconds, that is then killed."""
    pool = "prefork" if os.environ["REDIS_URL"] else "threads"
    process = subprocess.Popen(
        [*command, "--quiet", "--app", "worker.celery", "worker", "--pool", pool,
         "--concurrency", "2", "--loglevel", "CRITICAL", "--without-gossip", "--without-mingle",
         "--without-heartbeat"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _fill(file: int, stage: Stage) -> None:
    """All room but a little, so that some documents fit half. Others write here meanwhile."""
    while (free := shutil.disk_usage(stage.storage).free - _LEFT_OVER) > 0:
        with suppress(OSError):
            os.posix_fallocate(file, os.fstat(file).st_size, max(_LEFT_OVER, free // 2))


def _without_right_to_write(stage: Stage, seconds: float) -> None:
    folders = [stage.storage, *(one for one in stage.storage.iterdir() if one.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    time.sleep(seconds)
    for folder in folders:
        folder.chmod(0o700)
