"""What a job is to a handler, and what a handler gives back."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from routekaart.access import Access
from routekaart.domain.content.canonical import Part
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.models import Job, Plan, WordTemplate
from routekaart.queries.documents.offered import Wanted, wanted_of
from routekaart.storage import Storage, StoredFile
from worker.failures import UNKNOWN_KIND, Refused

# Every report is a write: a job that is done within a moment needs none.
_SECONDS_BETWEEN_REPORTS = 0.5


class ChildrenOpen(Exception):
    """A bundle whose children have not all ended: its turn comes later."""


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan, and what its document is made from."""

    plan: Plan
    given: ScholingsplanInput = field(repr=False)


@dataclass(frozen=True, slots=True)
class Work:
    """One run of a job. `by` are the rights that the requester has at this moment.

    `read_ahead` is what the handler would read, where that was read with that of other jobs. The
    handler runs inside the scope of `school` and outside any transaction.
    """

    job: Job
    by: Access
    report: Callable[[int], None] = field(repr=False)
    read_ahead: PlanRead | None = None

    @property
    def school(self) -> UUID:
        return self.job.school_id

    @property
    def wanted(self) -> Wanted:
        """Kind, format and length. Raises `Refused` for what this version does not know."""
        wanted = wanted_of(self.job)
        if wanted is None:
            raise Refused(UNKNOWN_KIND)
        return wanted

    def id_of(self, name: str) -> UUID:
        """An id that the request named."""
        return UUID(self.job.payload[name])


@dataclass(frozen=True, slots=True)
class About:
    """Whose document it is. With `board` it is about all schools of the board."""

    school: UUID
    board: UUID | None = None
    routekaart: UUID | None = None
    plan: UUID | None = None
    person: UUID | None = None
    study_day: UUID | None = None
    # In a word or two what of it, for a list: which group, which day.
    subject: str = ""
    # Only for that person.
    private: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """The content of a document, before it has a format.

    `stem`: the name of the file without what its format adds. `catalogue_version`: where the
    figures come from; empty for a document without any. `word_template`: the school's own form,
    that `content` is filled into instead of being laid out. `adopted`: made from the plan of a
    team as it was adopted; the content says so itself, so that a concept is another document.
    """

    content: Part
    stem: str
    about: About
    holds_persons: bool
    catalogue_version: str = ""
    word_template: WordTemplate | None = None
    adopted: bool = False


ContentOf = Callable[[Work], Made]


@dataclass(frozen=True, slots=True)
class Renderer:
    """A format: content in, bytes out. `version` is all that decides the bytes besides content."""

    render: Callable[[Any], bytes]
    media_type: str
    extension: str
    version: Callable[[], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Product:
    """The document of a job. `put` is only called when it does not exist yet.

    `input_hash` decides that: SHA-256 of everything the bytes depend on, and of whose it is.
    """

    about: About
    wanted: Wanted
    input_hash: str
    file_name: str
    media_type: str
    holds_persons: bool
    put: Callable[[Storage], StoredFile] = field(repr=False)
    catalogue_version: str = ""
    word_template: UUID | None = None
    holds_progress: bool = False
    adopted: bool = False


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
