"""A stage for the demo story: the real web server and worker, on a free port, for its duration."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.utils import timezone

from routekaart.access import Role
from routekaart.demo.client import ApiProblem, Client
from routekaart.demo.school import DemoSchool
from routekaart.demo.story import Told, tell

START_SECONDS = 60
STOP_SECONDS = 20
POLL_SECONDS = 0.1


def tell_on_own_stage(
    demo: DemoSchool, *, line: Callable[[str], None], progress: Callable[[int], None]
) -> Told:
    """Tells the story against a server and a worker of its own. `ApiProblem` when a step fails."""
    with serving() as address:
        story = tell(
            lead=Client(address, demo.account(Role.TEAM_LEAD).token),
            trainer=Client(address, demo.account(Role.TRAINER).token),
            team=str(demo.team.pk),
            region=demo.school.region,
            today=timezone.localdate(),
            progress=progress,
        )
        while True:
            try:
                line(next(story))
            except StopIteration as end:
                told: Told = end.value
                return told


@contextmanager
def serving() -> Iterator[str]:
    """The address of a running product, which stops when the block is left."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    log = settings.VAR_DIR / "demo-serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command line, no outside input
            [
                sys.executable,
                str(settings.BASE_DIR / "manage.py"),
                "serve",
                "--port",
                str(port),
            ],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_up(address, process)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_up(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"{address}/api/v1/interventions?limit=1", timeout=5):  # noqa: S310
                return
        except (URLError, OSError):
            time.sleep(POLL_SECONDS)
    raise ApiProblem(
        f"De webserver startte niet. Kijk in {settings.VAR_DIR / 'demo-serve.log'} waarom."
    )
