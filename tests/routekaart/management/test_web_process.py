"""A web process that is asked to stop, as a proxy in front of it sees that."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from routekaart.management.commands.serve import web_program
from tests.services import free_port
from tests.worker_process import ROOT, until

# Answers once there is a file with the name of the path: what is asked goes on until then.
SLOW = """
import pathlib, time
def application(environ, start_response):
    body = environ["wsgi.input"].read()
    path = pathlib.Path(FOLDER + environ["PATH_INFO"])
    path.with_suffix(".begun").touch()
    while not path.exists():
        time.sleep(0.01)
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""


@contextmanager
def web_server(folder: Path, port: int) -> "Iterator[subprocess.Popen[bytes]]":
    """As `serve` starts it, with an application of which a test says when it answers."""
    (folder / "slow.py").write_text(SLOW.replace("FOLDER", repr(str(folder))))
    *command, _ = web_program("127.0.0.1", port, processes=1).command
    process = subprocess.Popen(
        [*command, "slow:application"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"},
        start_new_session=True,
    )
    try:
        until(lambda: connects(port), "it listens")
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def connects(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


def states(pid: int) -> list[str]:
    """Of the web server and its processes: "T" is stopped."""
    family = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    return [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[0] for one in family]


def post(port: int, path: str) -> socket.socket:
    """A POST on a connection of its own, of which the answer is still to come."""
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nConnection: close\r\n\r\n"
    line.sendall(f"{head}werk".encode())
    return line


def answer(line: socket.socket) -> str:
    """Its status and body; "" when the connection was cut off."""
    with line, suppress(ConnectionResetError), line.makefile() as lines:
        head, _, body = lines.read().partition("\n\n")
        return " ".join((*head.split()[1:2], body))
    return ""


def test_who_connects_while_it_stops_is_refused_at_once(tmp_path: Path) -> None:
    port = free_port()
    with web_server(tmp_path, port) as server:
        running = post(port, "/lang")
        until((tmp_path / "lang.begun").exists, "it is at work")
        server.terminate()
        until(lambda: not connects(port), "the port is closed", seconds=10)
        (tmp_path / "lang").touch()
        assert answer(running) == "200 werk"
        assert server.wait(timeout=20) == 0


def test_who_had_already_connected_is_answered(tmp_path: Path) -> None:
    port = free_port()
    with web_server(tmp_path, port) as server:
        (tmp_path / "kort").touch()
        assert answer(post(port, "/kort")) == "200 werk"
        # Nobody opens the door: all wait in front of it while both are asked to stop.
        os.killpg(server.pid, signal.SIGSTOP)
        until(lambda: set(states(server.pid)) == {"T"}, "all have stopped")
        waiting = [post(port, "/kort") for _ in range(6)]
        os.killpg(server.pid, signal.SIGTERM)
        os.killpg(server.pid, signal.SIGCONT)
        assert [answer(line) for line in waiting] == ["200 werk"] * 6
        assert server.wait(timeout=20) == 0


def test_the_first_who_asks_does_not_wait_for_code(tmp_path: Path) -> None:
    code = (
        "import sys, routekaart.wsgi\n"
        "from django.test import Client\n"
        "before = set(sys.modules)\n"
        "print(Client(SERVER_NAME='127.0.0.1').get('/api/v1/').status_code)\n"
        "print(sorted(name for name in set(sys.modules) - before if 'routekaart' in name))\n"
    )
    shown = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env=os.environ | {"ROUTEKAART_VAR": str(tmp_path), "LOG_LEVEL": "CRITICAL"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout == "404\n[]\n"
