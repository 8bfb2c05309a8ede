"""Keeps programs running: starts them, restarts what dies or shows no sign of life, stops all.

Each program leads a process group of its own, so that nothing of it survives its end, and gets
SIGTERM from the kernel when the supervisor itself is killed.
"""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

_TICK = 0.1
# Seconds that programs get to finish what they do, after a first request to stop: more than the web
# server gives its requests, and than after which a worker hands back its jobs.
_GRACE = 30.0
# A program that lived this long was healthy: its next restart is immediate.
_HEALTHY = 10.0
_LONGEST_WAIT = 30.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. With a `heartbeat` file it is restarted when that stays untouched too long."""

    name: str
    command: tuple[str, ...]
    folder: Path
    heartbeat: Path | None = None
    # Seconds without a sign of life, counted anew from each: more than lie between two.
    patience: float = 150.0
    # And until the first one after a start, which may have to wait for a server.
    first_patience: float = 150.0


@dataclass(slots=True)
class _Watched:
    program: Program
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    start_at: float = 0.0
    failures: int = 0
    last_sign: int = 0
    last_sign_at: float = 0.0
    has_shown_life: bool = False


class Supervisor:
    """Runs programs until it is asked to stop. `say` gets one Dutch line per event."""

    def __init__(self, programs: Sequence[Program], *, say: Callable[[str], None]) -> None:
        self._watched = [_Watched(program) for program in programs]
        self._say = say
        self._requests_to_stop = 0

    def run(self, *, each_tick: Callable[[], None] = lambda: None) -> None:
        """Returns when SIGINT, SIGTERM or SIGHUP came in and everything has stopped."""
        before = {
            number: signal.signal(number, self._asked_to_stop)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            while not self._requests_to_stop:
                for watched in self._watched:
                    self._look_after(watched)
                each_tick()
                time.sleep(_TICK)
        finally:
            self._stop_all()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._requests_to_stop += 1

    def _look_after(self, watched: _Watched) -> None:
        now = time.monotonic()
        if watched.process is None:
            if now >= watched.start_at:
                self._start(watched)
            return
        code = watched.process.poll()
        if code is None and not _is_stuck(watched, now):
            return
        what = "geeft geen teken van leven" if code is None else f"is gestopt ({_reason(code)})"
        _kill_group(watched.process)
        watched.process = None
        watched.failures = 0 if now - watched.started >= _HEALTHY else watched.failures + 1
        wait = min(2.0 ** (watched.failures - 1), _LONGEST_WAIT) if watched.failures else 0.0
        watched.start_at = now + wait
        when = f"over {wait:.0f} s" if wait else "nu"
        self._say(f"De {watched.program.name} {what}; start {when} opnieuw.")

    def _start(self, watched: _Watched) -> None:
        watched.process = subprocess.Popen(  # noqa: S603 - our own commands
            watched.program.command,
            cwd=watched.program.folder,
            start_new_session=True,
            preexec_fn=_dies_with(os.getpid()),  # noqa: PLW1509 - the supervisor has one thread
        )
        watched.started = watched.last_sign_at = time.monotonic()
        watched.last_sign, watched.has_shown_life = _sign_in(watched.program.heartbeat), False

    def _stop_all(self) -> None:
        """Asks all to stop; ends what still runs after the grace, or at a second request."""
        running = [watched.process for watched in self._watched if watched.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        end = time.monotonic() + _GRACE
        asked = self._requests_to_stop
        while any(process.poll() is None for process in running):
            if time.monotonic() > end or self._requests_to_stop > asked:
                break
            time.sleep(_TICK / 2)
        for process in running:
            _kill_group(process)


def _is_stuck(watched: _Watched, now: float) -> bool:
    """Whether the heartbeat has not changed for too long, on our own clock and not the file's."""
    program = watched.program
    if program.heartbeat is None:
        return False
    sign = _sign_in(program.heartbeat)
    if sign != watched.last_sign:
        watched.last_sign, watched.last_sign_at, watched.has_shown_life = sign, now, True
    patience = program.patience if watched.has_shown_life else program.first_patience
    return now - watched.last_sign_at > patience


def _sign_in(heartbeat: Path | None) -> int:
    """When the file was last touched, by its own clock; 0 when it is not there."""
    try:
        return heartbeat.stat().st_mtime_ns if heartbeat else 0
    except OSError:
        return 0


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    """Ends the program and whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _reason(code: int) -> str:
    return f"signaal {-code}" if code < 0 else f"code {code}"


def _dies_with(parent: int) -> Callable[[], Any]:
    """For the new process, before its program starts: follow the supervisor into death."""
    library = ctypes.CDLL(None, use_errno=True)

    def prepare() -> None:
        # Linux only; elsewhere a killed supervisor leaves its programs running.
        if hasattr(library, "prctl"):
            library.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return prepare
