"""How the users of `benchmarks/load` come by a web server that is away, and what the bars count."""

import random
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks.load.__main__ import bars_of
from benchmarks.load.users import Address, Answers, Line
from tests.services import free_port


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    do_POST = do_GET  # noqa: N815  (its name there)

    def log_message(self, *_args: object) -> None:
        """Nothing: the output is that of the tests."""


@pytest.fixture
def up() -> Iterator[Address]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Empty)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield "127.0.0.1", server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def line(*addresses: Address) -> Line:
    """One that asks these in this order."""
    made = Line(addresses, random.SystemRandom())
    made._addresses = list(addresses)  # the order is drawn by chance
    return made


def away() -> Address:
    return "127.0.0.1", free_port()


def test_what_is_refused_goes_to_the_other_once(up: Address) -> None:
    answers = Answers()
    for method in ("GET", "POST"):
        assert line(away(), up).ask(method, "/", b"", {}, answers)[0] == 200
        assert line(up, away()).ask(method, "/", b"", {}, answers)[0] == 200
    assert answers.retried == 2


def test_a_second_loss_is_a_failure() -> None:
    answers = Answers()
    with pytest.raises(ConnectionRefusedError):
        line(away(), away()).ask("GET", "/", b"", {}, answers)
    assert answers.retried == 1


def test_only_restarts_let_something_be_asked_again() -> None:
    assert bars_of(restarts=0)["retried"] == 0
    assert "retried" not in bars_of(restarts=1)
    assert bars_of(restarts=1)["failed"] == 0
