"""What providers elsewhere are asked: within a time, up to a size, and not each time anew.

Whoever presses the button of a provider makes a thread of the web server wait for it, also without
an account here. A provider that is slow must not take the site along.
"""

import hashlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from io import BytesIO
from typing import Any

from django.core.cache import cache
from requests import PreparedRequest, RequestException, Response, Session, Timeout
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

# Seconds for one question, from the look-up of the name to the last byte.
WHOLE = 5.0
# Bytes. The documents of large providers are some tens of thousands.
MOST = 1_000_000
# Seconds that a document holds, that nobody asks for it after it did not come, and between two
# looks for a key that is not in it.
KEPT = 300
_LEFT_ALONE = 10
_LOOKED_AGAIN = 60
_PIECE = 16_384
_NO_ANSWER = "no answer"


class ProviderSession(Session):
    """Asks a provider one thing. Raises `RequestException` for an answer that is late or large."""

    def __init__(self) -> None:
        super().__init__()
        # What is unpacked may be far more than what came.
        self.headers["Accept-Encoding"] = "identity"
        for scheme in ("https://", "http://"):
            self.mount(scheme, _Bounded(time.monotonic() + WHOLE))

    def request(self, *args: Any, **kwargs: Any) -> Response:
        """In a thread of its own: a time-out of requests is for each read, not for the whole."""
        asked: Future[Response] = Future()

        def ask() -> None:
            try:
                asked.set_result(super(ProviderSession, self).request(*args, **kwargs))
            except BaseException as error:  # noqa: BLE001 - raised where it is waited for
                asked.set_exception(error)

        threading.Thread(target=ask, name="provider", daemon=True).start()
        try:
            return asked.result(WHOLE)
        except TimeoutError:
            raise Timeout("The provider took too long.") from None


class _Bounded(HTTPAdapter):
    """Reads an answer to its end, unless it is late or large."""

    def __init__(self, until: float) -> None:
        super().__init__()
        self._until = until

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        answer = super().send(request, *args, **kwargs | {"stream": True, "timeout": WHOLE})
        body = bytearray()
        try:
            while piece := answer.raw.read1(_PIECE, decode_content=True):
                body += piece
                if len(body) > MOST:
                    raise RequestException("The provider said too much.")
                if time.monotonic() > self._until:
                    raise Timeout("The provider took too long.")
        except HTTPError as error:
            raise RequestException("The provider stopped half-way.") from error
        finally:
            answer.raw.close()
        answer.raw = BytesIO(body)
        return answer


def told(address: str, check: Callable[[Any], object]) -> Any:
    """The JSON at `address`, of the last minutes. `check` raises for what is not to be kept."""
    kept = cache.get(_key(address))
    if kept == _NO_ANSWER:
        raise RequestException("The provider did not answer a moment ago.")
    return _ask(address, check) if kept is None else kept


def told_anew(address: str, check: Callable[[Any], object]) -> Any:
    """The same, asked again: at most once a minute, whoever asks."""
    first = cache.add(f"{_key(address)}:again", 1, _LOOKED_AGAIN)
    return _ask(address, check) if first else told(address, check)


def _ask(address: str, check: Callable[[Any], object]) -> Any:
    try:
        with ProviderSession() as session:
            answer = session.get(address)
        answer.raise_for_status()
        found = answer.json()
        check(found)
    except Exception:
        # What was known before still holds.
        cache.add(_key(address), _NO_ANSWER, _LEFT_ALONE)
        raise
    cache.set(_key(address), found, KEPT)
    return found


def _key(address: str) -> str:
    return f"provider:{hashlib.sha256(address.encode()).hexdigest()}"
