"""Bundles bit by bit: each message runs jobs for a moment and sends the next.

Bundles have few messages in the queue, however many documents they have, so that what else comes in
has its turn soon. Before each of their jobs goes what somebody waits for.
"""

import threading
import time

from worker import heartbeat, runner

# Seconds. A message costs a twentieth of a document: one for each would be felt, and a mail can
# wait for this long.
_MOMENT = 1.0

# Seconds. Longer than a document takes.
_RECENT = 5.0


class _Pulse:
    """When this process last had such a message that was followed by another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: float | None = None

    def note(self, *, goes_on: bool) -> None:
        with self._lock:
            self._last = time.monotonic() if goes_on else None

    def is_recent(self) -> bool:
        with self._lock:
            return self._last is not None and time.monotonic() - self._last < _RECENT


_pulse = _Pulse()


def note(*, goes_on: bool) -> None:
    """Remembers that such a message came by, and whether another follows."""
    _pulse.note(goes_on=goes_on)


def is_under_way() -> bool:
    """Whether such messages come by here. Without, those that there were are lost or there are
    more processes than messages: the sweep sends new ones."""
    return _pulse.is_recent()


def run_for_a_moment() -> bool:
    """Runs the jobs whose turn it is for about a second, at least one; False when none is left.

    Each of them is looked for anew: a document that somebody waits for comes next.
    """
    ends_at = time.monotonic() + _MOMENT
    while True:
        heartbeat.beat()
        found = runner.run_next()
        note(goes_on=found)
        if not found or time.monotonic() >= ends_at:
            return found
