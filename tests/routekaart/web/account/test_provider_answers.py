"""A provider that is slow or says too much takes nobody along; what it said is remembered."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from routekaart.models import Person
from routekaart.web import provider_answers
from tests.makers import make_colleague, make_team
from tests.oidc_providers import LyingProvider
from tests.routekaart.web.account.elsewhere import off, use
from tests.routekaart.web.account.signing_in import is_in

pytestmark = pytest.mark.django_db
BUTTON = "/accounts/oidc/google/login/"
CONFIG, KEYS = "/.well-known/openid-configuration", "/jwks"
# Every read of these has something to read soon; their whole takes ten seconds.
_DROPS, _PAUSE = 200, 0.05


@pytest.fixture
def person() -> Person:
    return make_colleague(make_team())


class Talker:
    """A provider that says one thing to everybody. `whole`: somebody heard it to its end."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.visits = 0
        self.whole = False


@contextmanager
def talking(say: Callable[[socket.socket, threading.Event, str], None]) -> Iterator[Talker]:
    server = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()
    talker = Talker(f"http://127.0.0.1:{server.getsockname()[1]}")

    def serve() -> None:
        with suppress(OSError):
            while True:
                visitor, _ = server.accept()
                talker.visits += 1
                with visitor, suppress(OSError):
                    visitor.recv(65_536)
                    say(visitor, stop, talker.issuer)
                    talker.whole = not stop.is_set()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield talker
    finally:
        stop.set()
        # Closing alone does not wake who waits for a visitor.
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


def document_of(issuer: str) -> str:
    addresses = {name: f"{issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint")}
    return json.dumps({"issuer": issuer} | addresses)


def slow_body(visitor: socket.socket, stop: threading.Event, issuer: str) -> None:
    body = document_of(issuer)
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {_DROPS + len(body)}\r\n\r\n"
    visitor.sendall(head.encode())
    drip(visitor, stop, b" ")
    visitor.sendall(body.encode())


def slow_headers(visitor: socket.socket, stop: threading.Event, issuer: str) -> None:
    visitor.sendall(b"HTTP/1.1 200 OK\r\nX-Waits: ")
    drip(visitor, stop, b"x")
    visitor.sendall(b"\r\n")
    slow_body(visitor, stop, issuer)


def drip(visitor: socket.socket, stop: threading.Event, drop: bytes) -> None:
    for _ in range(_DROPS):
        visitor.sendall(drop)
        if stop.wait(_PAUSE):
            return


@pytest.mark.parametrize("say", [slow_body, slow_headers])
def test_a_slow_provider_is_not_waited_for(
    pages: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, say: Callable[..., None]
) -> None:
    monkeypatch.setattr(provider_answers, "WHOLE", 0.3)
    with talking(say) as talker:
        use(settings, "google", talker.issuer)
        answer = pages.post(BUTTON)
        assert (answer.status_code, "Aanmelden is niet gelukt" in answer.text) == (401, True)
        # Nor again by whoever presses the button a moment later.
        assert pages.post(BUTTON).status_code == 401
        assert (talker.visits, talker.whole) == (1, False)


@pytest.mark.parametrize(("length", "status"), [(1_000_000, 200), (1_000_001, 401)])
def test_a_provider_that_says_too_much_is_not_heard(
    pages: Client, settings: Settings, length: int, status: int
) -> None:
    def say(visitor: socket.socket, _stop: threading.Event, issuer: str) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"
        visitor.sendall((head + document_of(issuer).ljust(length)).encode())

    with talking(say) as talker:
        use(settings, "google", talker.issuer)
        assert pages.post(BUTTON).status_code == status


@pytest.mark.parametrize(
    ("head", "begin", "end", "status"),
    [
        # In pieces, as its length tells or as the end of the connection does.
        ("Transfer-Encoding: chunked", "{length:x}\r\n", "\r\n0\r\n\r\n", 200),
        ("Connection: close", "", "", 200),
        # Broken off, and no pieces at all.
        ("Content-Length: 5000", "", "", 401),
        ("Transfer-Encoding: chunked", "{length:x}\r\n", "", 401),
        ("Transfer-Encoding: chunked", "zz\r\n", "", 401),
    ],
)
def test_it_may_say_it_in_pieces_but_whole(
    pages: Client, settings: Settings, head: str, begin: str, end: str, status: int
) -> None:
    def say(visitor: socket.socket, _stop: threading.Event, issuer: str) -> None:
        document = document_of(issuer)
        start = f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n{begin.format(length=len(document))}"
        visitor.sendall((start + document + end).encode())

    with talking(say) as talker:
        use(settings, "google", talker.issuer)
        assert pages.post(BUTTON).status_code == status


def test_what_it_said_is_remembered(pages: Client, liar: LyingProvider, person: Person) -> None:
    liar.person["email"] = person.email
    for browser in (pages, Client()):
        browser.get(liar.back_from(off(browser)))
        assert is_in(browser)
    assert (liar.asked.count(CONFIG), liar.asked.count(KEYS)) == (1, 1)


def test_what_cannot_be_right_is_not_remembered(pages: Client, liar: LyingProvider) -> None:
    liar.config = {"issuer": "https://elders.test"}
    assert pages.post(BUTTON).status_code == 401
    assert liar.asked == [CONFIG]
    cache.clear()
    liar.config = {}
    assert pages.post(BUTTON).status_code == 200


@pytest.mark.parametrize("said", [[], "tekst", 7, None])
def test_nonsense_is_a_plain_page(pages: Client, liar: LyingProvider, said: object) -> None:
    # Nothing that a provider may say, so the types object.
    liar.answer = lambda _path: said  # type: ignore[assignment,method-assign,return-value]
    assert pages.post(BUTTON).status_code == 401


def test_a_new_key_is_looked_for_once(pages: Client, liar: LyingProvider, person: Person) -> None:
    liar.person["email"] = person.email
    pages.get(liar.back_from(off(pages)))
    liar.kid = "2"
    liar.key = liar.signing_key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    later = Client()
    later.get(liar.back_from(off(later)))
    assert is_in(later)
    assert liar.asked.count(KEYS) == 2
    # Whoever makes up names of keys does not make us ask without end.
    liar.kid = "3"
    for _ in range(2):
        stranger = Client()
        assert stranger.get(liar.back_from(off(stranger))).status_code == 401
        assert not is_in(stranger)
    assert liar.asked.count(KEYS) == 2
