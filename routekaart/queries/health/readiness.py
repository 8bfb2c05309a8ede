"""Whether everything works at this moment, within a time that does not depend on what is broken."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import connections

from routekaart.queries.health.parts import Down, needed

# Seconds that a part gets. All are tried at once, so this is what the whole costs at most.
LIMIT = 3.0
# Seconds. Whoever asks more often hears the same: asking must not become a load.
KEPT = 1.0
UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True)
class PartState:
    """`reason`: a code of what is wrong; empty when nothing is. `ms`: how long it took."""

    state: str
    reason: str
    ms: int


class _Try:
    """One part tried by a thread of its own, which may hang for longer than we wait."""

    def __init__(self, check: Callable[[], None]) -> None:
        self._check = check
        self._begin = time.monotonic()
        self._state: PartState | None = None
        self._thread = threading.Thread(target=self._run, name="health", daemon=True)
        self._thread.start()

    def hangs(self) -> bool:
        return self._thread.is_alive()

    def state(self, until: float) -> PartState:
        """What came of it at that moment of the monotonic clock, or as soon as it ended."""
        self._thread.join(max(until - time.monotonic(), 0))
        return self._state or PartState(DOWN, "too_slow", self._ms())

    def _run(self) -> None:
        reason = ""
        try:
            self._check()
        except Down as down:
            reason = down.code
        except Exception:  # noqa: BLE001 - whatever it is, the part does not work
            reason = "error"
        finally:
            connections.close_all()
        self._state = PartState(DOWN if reason else UP, reason, self._ms())

    def _ms(self) -> int:
        return round((time.monotonic() - self._begin) * 1000)


class Watch:
    """Tries the parts. One that hangs is not tried once more beside itself."""

    def __init__(self, *, limit: float = LIMIT, kept: float = KEPT) -> None:
        self._limit = limit
        self._kept = kept
        self._lock = threading.Lock()
        self._trying: dict[str, _Try] = {}
        self._last: dict[str, PartState] = {}
        self._last_until = 0.0

    def look(self, parts: Mapping[str, Callable[[], None]]) -> dict[str, PartState]:
        """The state of each part, in the order of their names.

        Who comes while another looks hears what was last: a part that hangs must not keep more
        than one thread of a web server waiting.
        """
        if not self._lock.acquire(timeout=0 if self._last else self._limit):
            return self._last or {name: PartState(DOWN, "too_slow", 0) for name in sorted(parts)}
        try:
            if time.monotonic() < self._last_until and self._last.keys() == parts.keys():
                return self._last
            for name, check in parts.items():
                if name not in self._trying or not self._trying[name].hangs():
                    self._trying[name] = _Try(check)
            until = time.monotonic() + self._limit
            self._last = {name: self._trying[name].state(until) for name in sorted(parts)}
            self._last_until = time.monotonic() + self._kept
            return self._last
        finally:
            self._lock.release()


_watch = Watch()


def readiness() -> dict[str, PartState]:
    """The state of each part that this installation needs, at most `KEPT` seconds old."""
    return _watch.look(needed())
