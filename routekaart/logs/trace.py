"""Which request, and which job, the lines of the log are about.

The number of a request goes into the row of each job and each mail that it makes, and comes back
into the log when a worker takes that row: so one number finds the whole way.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

# As many as a column of the tables holds.
MAX_LENGTH = 64
# Digits of a number and dashes only: no name or address can come in by this header.
_SANE = re.compile(r"[0-9a-fA-F-]{8,64}")
_NOTHING: Mapping[str, str] = MappingProxyType({})
_about: ContextVar[Mapping[str, str]] = ContextVar("about", default=_NOTHING)


def request_id_of(header: str) -> str:
    """The number that a proxy gave, when it looks like one; else a new one of 32 digits."""
    return header if _SANE.fullmatch(header) else uuid.uuid4().hex


def request_id() -> str:
    """The number of the request that this is part of; empty outside any."""
    return _about.get().get("request", "")


def about() -> Mapping[str, str]:
    """What the lines of this moment are about, as `request`, `job` and `mail` to their number."""
    return _about.get()


@contextmanager
def tracing(**numbers: object) -> Iterator[None]:
    """Adds these numbers to every line inside. An empty one takes nothing along from outside."""
    named = {name: str(number) for name, number in numbers.items()}
    kept = {name: number for name, number in _about.get().items() if name not in named}
    before = _about.set(kept | {name: number for name, number in named.items() if number})
    try:
        yield
    finally:
        _about.reset(before)
