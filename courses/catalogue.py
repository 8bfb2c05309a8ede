"""Tables → one immutable catalogue per process, read again when its stamp in the table changed.

`current_catalogue` holds shipped and own rows; `public_catalogue` only what ships with the
product, for whoever may not see what schools added.
"""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from courses.entities import Catalogue
from courses.models import CatalogueState
from courses.tables import Tables, assemble, read_tables

# Seconds that a process trusts what it has before it looks at the stamp again.
TRUST_SECONDS = 5.0


class CatalogueNotLoadedError(Exception):
    """The tables hold no catalogue yet."""

    def __init__(self) -> None:
        super().__init__(
            "De catalogus is nog niet geladen; draai eerst 'python manage.py load_catalogue'."
        )


@dataclass(frozen=True, slots=True)
class _Entry:
    stamp: uuid.UUID
    checked_at: float
    current: Catalogue
    public: Catalogue


class CatalogueCache:
    """Keeps the catalogue of this process. `clock` gives seconds and never goes back.

    Safe to share between threads: while one looks at the table, the others go on with what there
    was.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._entry: _Entry | None = None

    def current(self) -> Catalogue:
        """The catalogue with shipped and own rows; raises `CatalogueNotLoadedError`."""
        return self._fresh().current

    def public(self) -> Catalogue:
        """The catalogue with shipped rows only; raises `CatalogueNotLoadedError`."""
        return self._fresh().public

    def forget(self) -> None:
        """Looks at the tables at the next call."""
        self._entry = None

    def _fresh(self) -> _Entry:
        entry = self._entry
        if entry is not None and self._is_trusted(entry):
            return entry
        if entry is None:
            self._lock.acquire()
        elif not self._lock.acquire(blocking=False):
            # Another thread is looking; until it is done, what there was is good enough.
            return entry
        try:
            entry = self._entry
            if entry is None or not self._is_trusted(entry):
                entry = self._renewed(entry)
                self._entry = entry
            return entry
        finally:
            self._lock.release()

    def _is_trusted(self, entry: _Entry) -> bool:
        return self._clock() - entry.checked_at < TRUST_SECONDS

    def _renewed(self, entry: _Entry | None) -> _Entry:
        now = self._clock()
        stamp = _stamp()
        while entry is None or entry.stamp != stamp:
            tables = read_tables()
            entry = _entry(tables, stamp, now)
            # A load may have come in between the reads; then what was read is a mix.
            stamp = _stamp()
        return _Entry(stamp, now, entry.current, entry.public)


def _stamp() -> uuid.UUID:
    stamp = CatalogueState.objects.values_list("stamp", flat=True).first()
    if stamp is None:
        raise CatalogueNotLoadedError
    return stamp


def _entry(tables: Tables, stamp: uuid.UUID, now: float) -> _Entry:
    public = assemble(tables.shipped())
    current = assemble(tables) if tables.has_own() else public
    return _Entry(stamp, now, current, public)


_cache = CatalogueCache()


def current_catalogue() -> Catalogue:
    """The catalogue with shipped and own rows; raises `CatalogueNotLoadedError`."""
    return _cache.current()


def public_catalogue() -> Catalogue:
    """The catalogue with shipped rows only; raises `CatalogueNotLoadedError`."""
    return _cache.public()


def forget_catalogue() -> None:
    """Makes the next call look at the tables: after a load in this process, and in tests."""
    _cache.forget()
