"""Bundles bit by bit: each message runs one job and sends the next.

Bundles have few messages in the queue, however many documents they have, so that what else comes in
has its turn at once. Each of these messages runs what somebody waits for first.
"""

import threading
import time
from typing import Final

# Messages under way at once: as many workers can be busy with bundles, and those after them join
# at their own sweep.
AT_ONCE: Final = 4
# Seconds. Longer than a document takes.
_RECENT = 5.0


class _Pulse:
    """When this process last had such a message in its hands."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: float | None = None

    def note(self) -> None:
        with self._lock:
            self._last = time.monotonic()

    def is_recent(self) -> bool:
        with self._lock:
            return self._last is not None and time.monotonic() - self._last < _RECENT


_pulse = _Pulse()


def note() -> None:
    _pulse.note()


def is_under_way() -> bool:
    """Whether such messages come by here; without, the sweep sends new ones."""
    return _pulse.is_recent()
