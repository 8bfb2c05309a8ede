"""What the proxy tells the web server and what it keeps from it, asked of a real Caddy."""

import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from routekaart.management.commands.serve import web_program
from routekaart.web.health import LIVE
from tests.services import free_port
from tests.worker_process import ROOT, until

CADDYFILE = (ROOT / "deploy/proxy/Caddyfile").read_text()
_PATIENCE = 20.0
# Seconds, for an answer that waits for nothing, on a machine that is busy.
_SOON = 5.0
_CADDY = Path(sysconfig.get_path("scripts")) / "caddy"


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it was asked with."""

    def do_GET(self) -> None:
        told = {name.lower(): value for name, value in self.headers.items()}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_args: object) -> None:
        """Nothing: the output is that of the tests."""


@contextmanager
def echo() -> Iterator[int]:
    """The port of a web server that says what it was asked with."""
    web = HTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=web.serve_forever)
    thread.start()
    try:
        yield web.server_port
    finally:
        web.shutdown()
        thread.join()
        web.server_close()


@contextmanager
def real_web(folder: Path) -> Iterator[int]:
    """The port of the web server as `serve` starts it, on a database of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = kept | {"ROUTEKAART_VAR": str(folder / "var")}
    manage = (sys.executable, "-W", "ignore", "manage.py")
    subprocess.run([*manage, "prepare"], cwd=ROOT, env=environment, check=True, capture_output=True)
    port = free_port()
    process = subprocess.Popen(
        [*manage, "serve", "--only", "web", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield port
    finally:
        process.terminate()
        process.wait(40)


@contextmanager
def proxy(folder: Path, web: int, in_front: str = "") -> Iterator[int]:
    """The port of Caddy with our file, in front of that of `web`; without TLS."""
    port = free_port()
    file = folder / "Caddyfile"
    text = CADDYFILE.replace("http_port 8080", f"http_port {port}")
    text = text.replace("https_port 8443", f"https_port {free_port()}")
    text = text.replace("127.0.0.1:2021", f"127.0.0.1:{free_port()}").replace("\ttls {$TLS}\n", "")
    text, found = re.subn(
        r"dynamic a web 8000 \{.*?\}", f"to 127.0.0.1:{web}", text, flags=re.DOTALL
    )
    assert found == 1
    file.write_text(text)
    process = subprocess.Popen(
        [str(_CADDY), "run", "--config", str(file), "--adapter", "caddyfile"],
        env={"SITE": f"http://127.0.0.1:{port}", "PROXY_IN_FRONT": in_front, "HOME": str(folder)},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield port
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def told(port: int) -> dict[str, str]:
    """What the web server hears of a visitor whose own words, and a proxy's, came along."""
    came = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "X-Request-ID": "mine"}
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with urlopen(Request(f"http://127.0.0.1:{port}/", headers=came), timeout=5) as answer:
                heard: dict[str, str] = json.load(answer)
                return heard
        except URLError:
            assert time.monotonic() < end, "the proxy did not start"


@pytest.mark.parametrize(
    ("in_front", "asks", "scheme"),
    [
        # Nobody is believed, whatever a visitor says of himself.
        ("", "127.0.0.1", "http"),
        ("192.0.2.1", "127.0.0.1", "http"),
        # The one in front of ours, alone and as one of more.
        ("127.0.0.1", "203.0.113.7, 127.0.0.1", "https"),
        ("192.0.2.1 127.0.0.0/8", "203.0.113.7, 127.0.0.1", "https"),
    ],
)
def test_only_a_proxy_in_front_is_believed(
    in_front: str, asks: str, scheme: str, tmp_path: Path
) -> None:
    with echo() as web, proxy(tmp_path, web, in_front) as port:
        heard = told(port)
    assert (heard["x-forwarded-for"], heard["x-forwarded-proto"]) == (asks, scheme)
    assert heard["x-request-id"] != "mine"


def test_bodies_that_come_slowly_keep_nobody_waiting(tmp_path: Path) -> None:
    """More of them than there are threads: without the proxy each would hold one until its end."""
    command = web_program("127.0.0.1", 8000).command
    processes, threads = (
        int(command[command.index(name) + 1]) for name in ("--workers", "--threads")
    )
    body = json.dumps({"interventions": ["feedback"], "functions": ["leerkracht"]}).encode()
    with ExitStack() as stack:
        port = stack.enter_context(proxy(tmp_path, stack.enter_context(real_web(tmp_path))))

        def live() -> bool:
            try:
                with urlopen(f"http://127.0.0.1:{port}{LIVE}", timeout=_SOON) as answer:
                    return bool(answer.status == 200)
            except OSError:
                return False

        until(live, "the site answers", seconds=90)
        head = (
            f"POST /api/v1/advice HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        visitors = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            for _ in range(processes * threads * 3 // 2)
        ]
        for visitor in visitors:
            visitor.sendall(head)
        for letter in body[:3]:
            for visitor in visitors:
                visitor.sendall(bytes([letter]))
            assert live()
        # Slow is not wrong: whoever sends all of it is answered.
        visitors[0].sendall(body[3:])
        answer = b"".join(iter(lambda: visitors[0].recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n"), answer[:300]
