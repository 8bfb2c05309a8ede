"""What the proxy tells the web server about who asks, asked of a real Caddy."""

import json
import re
import subprocess
import sysconfig
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from tests.services import free_port

CADDYFILE = (Path(__file__).resolve().parents[2] / "deploy/proxy/Caddyfile").read_text()
_PATIENCE = 20.0
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
def proxy(folder: Path, in_front: str) -> Iterator[str]:
    """The address of Caddy with our file, in front of an echo; without TLS, on ports of its own."""
    web = HTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=web.serve_forever)
    thread.start()
    port = free_port()
    file = folder / "Caddyfile"
    text = CADDYFILE.replace("http_port 8080", f"http_port {port}")
    text = text.replace("https_port 8443", f"https_port {free_port()}")
    text = text.replace("127.0.0.1:2021", f"127.0.0.1:{free_port()}").replace("\ttls {$TLS}\n", "")
    text, found = re.subn(
        r"dynamic a web 8000 \{.*?\}", f"to 127.0.0.1:{web.server_port}", text, flags=re.DOTALL
    )
    assert found == 1
    file.write_text(text)
    process = subprocess.Popen(
        [str(_CADDY), "run", "--config", str(file), "--adapter", "caddyfile"],
        env={"SITE": f"http://127.0.0.1:{port}", "PROXY_IN_FRONT": in_front, "HOME": str(folder)},
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(_PATIENCE)
        web.shutdown()
        thread.join()
        web.server_close()


def told(address: str) -> dict[str, str]:
    """What the web server hears of a visitor whose own words, and a proxy's, came along."""
    came = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "X-Request-ID": "mine"}
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with urlopen(Request(address, headers=came), timeout=5) as answer:
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
    with proxy(tmp_path, in_front) as address:
        heard = told(address)
    assert (heard["x-forwarded-for"], heard["x-forwarded-proto"]) == (asks, scheme)
    assert heard["x-request-id"] != "mine"
