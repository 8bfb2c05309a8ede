"""A mail server that keeps what it gets, and can be away."""

import threading
import time
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any, Self

from aiosmtpd.controller import Controller

from tests.services import free_port


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that came in, by its Message-ID; `at` on the clock of `time.monotonic`."""

    message: str
    at: float


class Mailbox:
    """`received`: every message, in the order in which it came in."""

    def __init__(self) -> None:
        self.port = free_port()
        self._lock = threading.Lock()
        self._received: list[Arrival] = []
        self._controller: Any = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def received(self) -> list[Arrival]:
        with self._lock:
            return list(self._received)

    def open(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - its name there
        """Called by aiosmtpd for each message."""
        message = message_from_bytes(envelope.content)
        with self._lock:
            self._received.append(Arrival(str(message["Message-ID"]), time.monotonic()))
        return "250 OK"
