"""What a job is to a handler, and what a handler gives back."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from routekaart.access import Access
from routekaart.models import Job
from routekaart.models.jobs import DocumentKind

# Every report is a write: a job that is done within a moment needs none.
_SECONDS_BETWEEN_REPORTS = 0.5


@dataclass(frozen=True, slots=True)
class Work:
    """One run of a job. `by` are the rights that the requester has at this moment.

    The handler runs inside the scope of `school` and outside any transaction.
    """

    job: Job
    by: Access
    report: Callable[[int], None] = field(repr=False)

    @property
    def school(self) -> UUID:
        return self.job.school_id


@dataclass(frozen=True, slots=True)
class Product:
    """The document of a job. `render` is only called when it does not exist yet.

    `input_hash` decides that: SHA-256 of everything the bytes depend on.
    """

    routekaart: UUID
    plan: UUID
    kind: DocumentKind
    input_hash: str
    file_name: str
    media_type: str
    holds_persons: bool
    render: Callable[[], bytes] = field(repr=False)


Handler = Callable[[Work], Product]


class Throttled:
    """Passes on at most one report per half second, and only when there is progress."""

    def __init__(self, report: Callable[[int], None]) -> None:
        self._report = report
        self._last = 0
        self._next_at = time.monotonic() + _SECONDS_BETWEEN_REPORTS

    def __call__(self, percent: int) -> None:
        now = time.monotonic()
        if percent <= self._last or now < self._next_at:
            return
        self._last = percent
        self._next_at = now + _SECONDS_BETWEEN_REPORTS
        self._report(min(percent, 99))
