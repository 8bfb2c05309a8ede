"""`manage.py serve` as a person starts it: real processes, real signals."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from routekaart.actions.wakeups import HEARTBEAT_FILE
from routekaart.management.commands.serve import CannotStartError, _check_clock, check_port
from routekaart.management.supervisor import Program, Supervisor
from routekaart.models import Job
from tests.services import free_port
from tests.worker_bench import Bench, make_bench
from tests.worker_process import ROOT, environment, until


def serve_command(port: int) -> list[str]:
    return [sys.executable, "-W", "ignore", "manage.py", "serve", "--port", str(port)]


@contextmanager
def serving(port: int, log: Path) -> "Iterator[subprocess.Popen[bytes]]":
    with log.open("wb") as output:
        process = subprocess.Popen(
            serve_command(port),
            cwd=ROOT,
            env=environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    family: list[int] = []
    try:
        until(lambda: "Routekaart draait op" in log.read_text(), "the address is printed")
        yield process
        family = descendants(process.pid)
    finally:
        for pid in [process.pid, *family]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def descendants(pid: int) -> list[int]:
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [found for child in listed for found in (int(child), *descendants(int(child)))]


def child_running(pid: int, module: str) -> int | None:
    """The child of `pid` that runs a Python module."""
    for child in descendants(pid):
        with suppress(FileNotFoundError):
            command = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            if b"-m" in command and command[command.index(b"-m") + 1] == module.encode():
                return child
    return None


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def status_of(address: str) -> int:
    with urllib.request.urlopen(address, timeout=20) as answer:
        status: int = answer.status
        return status


@pytest.fixture
def bench(transactional_db: None, settings: Settings, tmp_path: Path) -> Bench:  # noqa: ARG001
    settings.VAR_DIR = tmp_path / "var"
    settings.STORAGE_DIR = tmp_path / "var" / "files"
    # As `prepare` leaves it; nothing here asks for a page.
    static = tmp_path / "var" / "static"
    static.mkdir(parents=True)
    (static / "staticfiles.json").write_text('{"version": "1.1", "paths": {}}')
    return make_bench()


def test_it_serves_restarts_what_dies_and_stops_cleanly(bench: Bench, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    job = bench.job(kind="of-the-future")

    def job_state() -> str:
        return Job.objects.values_list("state", flat=True).get(pk=job.pk)

    with serving(port, log) as server:
        assert f"Routekaart draait op http://127.0.0.1:{port} (Ctrl-C stopt)." in log.read_text()
        assert status_of(f"http://127.0.0.1:{port}/api/v1/openapi.json") == 200
        until(lambda: job_state() == "failed", "the worker has looked at the table")

        second = subprocess.run(
            serve_command(port), cwd=ROOT, env=environment(), capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert (second.returncode, second.stdout, second.stderr.count("\n")) == (1, "", 1)
        assert second.stderr.startswith(f"Poort {port} is al in gebruik: stop het andere programma")

        first = child_running(server.pid, "celery")
        assert first is not None
        # What mail links to is where the site is.
        told = Path(f"/proc/{first}/environ").read_bytes().split(b"\0")
        assert f"PUBLIC_ADDRESS=http://127.0.0.1:{port}".encode() in told
        os.kill(first, signal.SIGKILL)
        until(
            lambda: child_running(server.pid, "celery") not in {None, first},
            "there is a new worker",
        )
        assert "De werker is gestopt (signaal 9); start" in log.read_text()
        bench_again = bench.job(kind="of-the-future-too")
        until(
            lambda: Job.objects.filter(pk=bench_again.pk, state="failed").exists(),
            "the new worker works",
        )

        family = descendants(server.pid)
        assert len(family) >= 3
        server.terminate()
        assert server.wait(timeout=15) == 0
        assert [pid for pid in family if alive(pid)] == []
        assert log.read_text().rstrip().endswith("Gestopt.")


def test_nothing_outlives_a_killed_supervisor(bench: Bench, tmp_path: Path) -> None:  # noqa: ARG001
    port = free_port()
    with serving(port, tmp_path / "log") as server:
        until(lambda: child_running(server.pid, "celery") is not None, "there is a worker")
        assert status_of(f"http://127.0.0.1:{port}/api/v1/openapi.json") == 200
        family = descendants(server.pid)
        server.kill()
        server.wait()
        until(lambda: not any(alive(pid) for pid in family), "all children have gone", seconds=20)


# --- What keeps it from starting ---------------------------------------------------------------
def obey_permissions() -> None:
    """For a new process: root gives up its power to write where permissions forbid it."""
    drop_from_bounding_set, dac_override, dac_read_search = 24, 1, 2
    library = ctypes.CDLL(None)
    for capability in (dac_override, dac_read_search):
        library.prctl(drop_from_bounding_set, capability, 0, 0, 0)


def refusal(var: Path, database: str = "") -> str:
    """The one line that `serve` says before it gives up."""
    result = subprocess.run(
        serve_command(free_port()),
        cwd=ROOT,
        env=os.environ
        | {"ROUTEKAART_VAR": str(var), "DATABASE_URL": database}
        | {"SECRET_KEY": "x", "REDIS_URL": "", "ROUTEKAART_STORAGE": ""},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=obey_permissions if os.geteuid() == 0 else None,
    )
    assert (result.returncode, result.stdout) == (1, ""), result.stderr
    (line,) = result.stderr.splitlines()
    return line


def test_a_read_only_folder_gives_one_sentence(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    assert refusal(closed) == (
        f"In de map {closed} kan niet worden geschreven: geef jezelf schrijfrechten, of kies een "
        "andere map met ROUTEKAART_VAR."
    )


def test_missing_tables_give_one_sentence(tmp_path: Path) -> None:
    assert refusal(tmp_path / "var") == (
        "De tabellen zijn nog niet klaar: start met 'make run', of voer eerst 'python manage.py "
        "prepare' uit."
    )


def test_a_database_that_is_away_gives_one_sentence(tmp_path: Path) -> None:
    line = refusal(tmp_path / "var", f"postgresql://x@127.0.0.1:{free_port()}/x")
    assert line.startswith("De database is niet bereikbaar: ")


def test_a_clock_alone_needs_a_broker(settings: Settings) -> None:
    settings.EMBEDDED = False
    _check_clock(alone=True)
    settings.EMBEDDED = True
    _check_clock(alone=False)
    with pytest.raises(CannotStartError, match="Zonder REDIS_URL heeft de werker de klok zelf"):
        _check_clock(alone=True)


# --- The supervisor itself ---------------------------------------------------------------------
def test_a_program_without_a_sign_of_life_is_restarted(tmp_path: Path) -> None:
    # Each start leaves a line, and then nothing: no sign of life ever.
    starts = tmp_path / "starts"
    code = f"import time; open({str(starts)!r}, 'a').write('x'); time.sleep(60)"
    program = Program(
        name="slaper",
        command=(sys.executable, "-c", code),
        folder=tmp_path,
        heartbeat=tmp_path / HEARTBEAT_FILE,
        first_patience=0.5,
    )
    said: list[str] = []

    def stop_after_two() -> None:
        if starts.exists() and len(starts.read_text()) >= 2:
            os.kill(os.getpid(), signal.SIGTERM)

    Supervisor([program], say=said.append).run(each_tick=stop_after_two)
    assert said[0] == "De slaper geeft geen teken van leven; start over 1 s opnieuw."


def test_a_program_that_shows_life_no_more_is_restarted_sooner(tmp_path: Path) -> None:
    heart = tmp_path / HEARTBEAT_FILE
    code = f"import pathlib, time; pathlib.Path({str(heart)!r}).touch(); time.sleep(60)"
    program = Program("hart", (sys.executable, "-c", code), tmp_path, heartbeat=heart, patience=0.5)
    said: list[str] = []

    def stop_when_said() -> None:
        if said:
            os.kill(os.getpid(), signal.SIGTERM)

    Supervisor([program], say=said.append).run(each_tick=stop_when_said)
    assert said == ["De hart geeft geen teken van leven; start over 1 s opnieuw."]


def test_the_sign_of_a_predecessor_does_not_count(tmp_path: Path) -> None:
    heart = tmp_path / HEARTBEAT_FILE
    heart.touch()
    code = "import time; time.sleep(60)"
    program = Program("hart", (sys.executable, "-c", code), tmp_path, heartbeat=heart, patience=0.1)
    ticks: list[int] = []

    def stop_after_a_while() -> None:
        ticks.append(1)
        if len(ticks) == 10:
            os.kill(os.getpid(), signal.SIGTERM)

    said: list[str] = []
    Supervisor([program], say=said.append).run(each_tick=stop_after_a_while)
    assert said == []


def test_a_program_that_shows_life_is_left_alone(tmp_path: Path) -> None:
    starts, heart = tmp_path / "starts", tmp_path / HEARTBEAT_FILE
    code = (
        f"import pathlib, time; open({str(starts)!r}, 'a').write('x')\n"
        f"while True: pathlib.Path({str(heart)!r}).touch(); time.sleep(0.05)"
    )
    program = Program("hart", (sys.executable, "-c", code), tmp_path, heartbeat=heart, patience=1.0)
    ticks: list[int] = []

    def stop_after_a_while() -> None:
        ticks.append(1)
        if len(ticks) == 25:
            os.kill(os.getpid(), signal.SIGTERM)

    said: list[str] = []
    Supervisor([program], say=said.append).run(each_tick=stop_after_a_while)
    assert (starts.read_text(), said) == ("x", [])


def test_a_program_that_will_not_stop_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("routekaart.management.supervisor._GRACE", 0.3)
    ready = tmp_path / "ready"
    code = (
        "import signal, time, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(ready)!r}).write_text(str(__import__('os').getpid())); time.sleep(60)"
    )

    def stop_when_ready() -> None:
        if ready.exists() and ready.read_text():
            os.kill(os.getpid(), signal.SIGINT)

    program = Program("doof", (sys.executable, "-c", code), tmp_path)
    said: list[str] = []
    Supervisor([program], say=said.append).run(each_tick=stop_when_ready)
    assert not alive(int(ready.read_text()))


def test_ports_that_cannot_be_had_are_explained() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for host, number, start in (
            ("127.0.0.1", port, f"Poort {port} is al in gebruik"),
            ("127.0.0.1", 70_000, "Poort 70000 bestaat niet"),
            ("203.0.113.1", port, "Adres 203.0.113.1 bestaat niet op deze machine"),
        ):
            with pytest.raises(CannotStartError, match=start):
                check_port(host, number)
