"""Bundles bit by bit: each message runs jobs for a moment and sends the next.

Bundles have few messages in the queue, however many documents they have, so that what else comes in
has its turn soon. Before each of their jobs goes what somebody waits for.
"""

import random
import threading
import time
from collections.abc import Sequence
from uuid import UUID

from worker import ahead, claims, runner, sweeping
from worker.claims import Due

# Seconds. A message costs a twentieth of a document: one for each would be felt, and a mail can
# wait for twice this long.
_MOMENT = 1.0

# Of how many jobs is read at once what they are made from: about as many as a moment has room for.
_AT_ONCE = 8
# Of how many is looked whose turn it is.
_LOOK_AT = 32

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
# Set once this process ran a job. Until then it may have been started because reading ahead took
# another along: what was not claimed would be read again and again, and count as nobody's attempt.
_proven = threading.Event()


def note(*, goes_on: bool) -> None:
    """Remembers that such a message came by, and whether another follows."""
    _pulse.note(goes_on=goes_on)


def is_under_way() -> bool:
    """Whether such messages come by here. Without, those that there were are lost or there are
    more processes than messages: the sweep sends new ones."""
    return _pulse.is_recent()


def run_for_a_moment() -> bool:
    """Runs the jobs whose turn it is for about a second, at least one; False when none is left.

    A document that somebody waits for comes next.
    """
    ends_at = time.monotonic() + _MOMENT
    while True:
        found = _run_some(ends_at)
        note(goes_on=found)
        if not found or time.monotonic() >= ends_at:
            return found


def _run_some(ends_at: float) -> bool:
    """What somebody waits for, else some jobs of the bundle whose turn it is; False when there is
    nothing to do."""
    due = sweeping.runnable(_LOOK_AT)
    found = False
    some = _some_of_a_bundle(due) if _proven.is_set() else []
    for job, read in ahead.jobs_as_read(some):
        # Another process may have it.
        if runner.run_as_read(job, read):
            found = True
            # What was read ahead is used, unless these documents take much longer than others.
            if time.monotonic() >= ends_at + _MOMENT or claims.somebody_waits():
                return True
    found = found or any(runner.run(one.job_id) for one in due)
    if found:
        _proven.set()
    return found


def _some_of_a_bundle(due: Sequence[Due]) -> list[UUID]:
    """A few of the same bundle, when that comes first."""
    first = due[0].bundle if due else None
    if first is None:
        return []
    same = [one.job_id for one in due if one.bundle == first]
    # Not the same few as another process takes.
    start = random.randrange(len(same))  # noqa: S311  (nothing to guess)
    return (same[start:] + same[:start])[:_AT_ONCE]
