"""The processes of production, without Docker: as `serve` starts them, on a PostgreSQL and a Redis
of their own, with every part taken away in turn."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.services import (
    Server,
    ServiceMissingError,
    free_port,
    run_postgres,
    skip_or_fail,
    start_postgres,
    start_redis,
)
from tests.worker_process import ROOT, until

pytestmark = pytest.mark.redis
PARTS = ("broker", "clock", "database", "migrations", "storage", "worker")


@dataclass
class Site:
    """A running product. `processes`: those of web, worker and beat, each with its supervisor."""

    port: int
    folder: Path
    environment: dict[str, str]
    postgres: Server
    redis: Server
    processes: "dict[str, subprocess.Popen[bytes]]"

    def start(self, name: str, *arguments: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [*MANAGE, "serve", "--only", name, *arguments],
                cwd=ROOT,
                env=self.environment | {"ROUTEKAART_VAR": str(self.folder / name)},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def ask(self, path: str) -> tuple[int, dict[str, Any]]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as got:
                return got.status, json.load(got)
        except urllib.error.HTTPError as answer:
            return answer.code, json.load(answer)
        except (urllib.error.URLError, OSError):
            return 0, {}

    def down(self) -> dict[str, str]:
        """What does not work, and why."""
        _, body = self.ask("/health/ready")
        parts = body.get("parts", {"web": {"state": "down"}})
        return {
            name: part.get("reason", "") for name, part in parts.items() if part["state"] == "down"
        }

    def log(self, name: str) -> list[dict[str, Any]]:
        lines = (self.folder / f"{name}.log").read_text().splitlines()
        # What Celery says itself when it is asked to stop does not go through the log.
        return [json.loads(one) for one in lines if one and not one.startswith("worker: ")]


MANAGE = (sys.executable, "-W", "ignore", "manage.py")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("production")
    with ExitStack() as stack:
        try:
            postgres = stack.enter_context(start_postgres(durable=False))
            redis = stack.enter_context(start_redis())
        except ServiceMissingError as error:
            pytest.skip(skip_or_fail(error))
        environment = {
            name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ
        } | {
            "ROUTEKAART_PRODUCTION": "true",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "kaart.test",
            "DATABASE_URL": postgres.url,
            "REDIS_URL": redis.url,
            "ROUTEKAART_STORAGE": str(folder / "files"),
            "ROUTEKAART_VAR": str(folder / "web"),
        }
        subprocess.run(
            [*MANAGE, "prepare"], cwd=ROOT, env=environment, check=True, capture_output=True
        )
        site = Site(free_port(), folder, environment, postgres, redis, {})
        try:
            # One process: each remembers its own answer for a second.
            site.start("web", "--port", str(site.port), "--web-processes", "1")
            site.start("worker", "--concurrency", "1")
            site.start("beat")
            until(lambda: site.ask("/health/ready")[0] == 200, "all works", seconds=90)
            yield site
        finally:
            for process in site.processes.values():
                process.terminate()
            for process in site.processes.values():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(40)
                process.kill()


def test_all_parts_work_and_nothing_is_told_about_schools(site: Site) -> None:
    status, body = site.ask("/health/ready")
    assert (status, body["state"], tuple(body["parts"])) == (200, "ready", PARTS)
    assert all(set(part) == {"state", "ms"} for part in body["parts"].values())
    assert site.ask("/health/live") == (200, {"state": "live"})
    # Everything else is for the name of the site, over https.
    refused = urllib.request.Request(f"http://127.0.0.1:{site.port}/", headers={"Host": "x.test"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(refused, timeout=10)


def test_a_frozen_and_a_stopped_broker(site: Site) -> None:
    os.kill(site.redis.pid, signal.SIGSTOP)
    try:
        until(lambda: site.down() == {"broker": "no_answer"}, "the broker is missed")
        begin = time.monotonic()
        assert site.ask("/health/ready")[0] == 503
        assert time.monotonic() - begin < 5
        assert site.ask("/health/live")[0] == 200
    finally:
        os.kill(site.redis.pid, signal.SIGCONT)
    until(lambda: site.down() == {}, "all works again")


def test_a_storage_that_is_away(site: Site) -> None:
    files = site.folder / "files"
    files.rename(site.folder / "elsewhere")
    files.touch()
    try:
        until(lambda: site.down() == {"storage": "not_writable"}, "the storage is missed")
    finally:
        files.unlink()
        (site.folder / "elsewhere").rename(files)
    until(lambda: site.down() == {}, "all works again")


def test_tables_of_an_older_version(site: Site) -> None:
    forget = "DELETE FROM django_migrations WHERE app = 'routekaart' AND name = '0025_given_names'"
    again = (
        "INSERT INTO django_migrations (app, name, applied) "
        "VALUES ('routekaart', '0025_given_names', now())"
    )
    with psycopg.connect(site.postgres.url, autocommit=True) as database:
        database.execute(forget)
        try:
            until(lambda: site.down() == {"migrations": "pending"}, "the tables are too old")
        finally:
            database.execute(again)
    until(lambda: site.down() == {}, "all works again")


def test_a_worker_that_is_gone(site: Site) -> None:
    """As if its last sign was a minute ago, which is what waiting would come to."""
    worker = site.processes["worker"]
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    with psycopg.connect(site.postgres.url, autocommit=True) as database:
        # Whatever the killed one left running ends with it.
        database.execute("UPDATE routekaart_workersign SET seen_at = now() - interval '1 minute'")
    until(lambda: site.down() == {"worker": "no_sign"}, "the worker is missed")
    site.start("worker", "--concurrency", "1")
    until(lambda: site.down() == {}, "the next worker gives a sign", seconds=90)


def test_a_clock_that_stands_still(site: Site) -> None:
    beat = site.processes["beat"]
    beat.terminate()
    assert beat.wait(40) == 0
    late = "UPDATE routekaart_scheduledtask SET due_at = now() - interval '11 minutes'"
    with psycopg.connect(site.postgres.url, autocommit=True) as database:
        database.execute(late)
    until(lambda: site.down() == {"clock": "late"}, "the clock is missed")
    site.start("beat")
    until(lambda: site.down() == {}, "the next clock has caught up", seconds=90)


def test_a_web_server_that_stops_finishes_what_it_does(site: Site) -> None:
    port = free_port()
    first = site.processes["web"]
    site.start("web", "--port", str(port), "--web-processes", "1")
    web, site.processes["web"] = site.processes["web"], first
    site.processes["second web"] = web

    def live() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5) as got:
                return bool(got.status == 200)
        except OSError:
            return False

    until(live, "the second web server answers", seconds=90)
    body = json.dumps({"interventions": ["feedback"], "functions": ["leerkracht"]}).encode()
    head = (
        "POST /api/v1/advice HTTP/1.1\r\nHost: kaart.test\r\nX-Forwarded-Proto: https\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as visitor:
        visitor.sendall(head + body[:10])
        # Its one process took the request on before this one.
        assert live()
        web.terminate()
        until(lambda: not live(), "nobody else is let in")
        assert web.poll() is None
        visitor.sendall(body[10:])
        answer = b"".join(iter(lambda: visitor.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n"), answer[:300]
    assert b"X-Request-ID: " in answer
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["items"]
    assert web.wait(40) == 0


def test_a_database_that_is_away_comes_back(site: Site) -> None:
    folder = site.postgres.folder
    assert folder is not None
    os.kill(site.postgres.pid, signal.SIGSTOP)
    try:
        until(lambda: site.down().get("database") == "too_slow", "the database hangs")
        assert site.ask("/health/live")[0] == 200
    finally:
        os.kill(site.postgres.pid, signal.SIGCONT)
    os.kill(site.postgres.pid, signal.SIGQUIT)
    until(lambda: site.down().get("database") == "no_answer", "the database is missed")
    assert site.ask("/health/live")[0] == 200
    assert set(site.down()) == {"clock", "database", "migrations", "worker"}
    # Whoever has a session, on a page and in the API.
    headers = {
        "Host": "kaart.test",
        "X-Forwarded-Proto": "https",
        "Cookie": f"sessionid={'x' * 32}",
    }
    for path, kind in (("thuis", "text/html"), ("api/v1/schools", "application/problem+json")):
        asked = urllib.request.Request(f"http://127.0.0.1:{site.port}/{path}", headers=headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=10)
        with refused.value as answer:
            assert (answer.code, answer.headers.get_content_type()) == (503, kind)
    again = run_postgres(folder, durable=False)
    try:
        until(lambda: site.down() == {}, "all works again", seconds=90)
    finally:
        again.send_signal(signal.SIGINT)
        again.wait(30)


def test_their_logs_are_lines_of_json_without_secrets(site: Site) -> None:
    for name in ("web", "worker", "beat"):
        for line in site.log(name):
            assert {"time", "level", "logger", "message"} <= set(line)
            assert site.postgres.url not in str(line)
            assert site.environment["SECRET_KEY"] not in str(line)
