"""Jobs as people look at them: what goes on, what went wrong, and what stands still."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Now

from routekaart.access import Access, NotFound, Permission
from routekaart.models import Job, Plan, Routekaart, StudyDay
from routekaart.models.jobs import OPEN, JobKind, JobState
from routekaart.queries.documents.bundle_places import lacks_for_all
from routekaart.queries.documents.bundles import with_progress
from routekaart.queries.documents.jobs import jobs_for
from routekaart.queries.documents.offered import Wanted, wanted_of

# A document takes seconds; whatever waits this long stands still (assumption).
STUCK_AFTER = timedelta(minutes=10)
# More than anybody looks at, and enough to find what was tried again.
_RECENT = 20


@dataclass(frozen=True, slots=True)
class DocumentDesk:
    """What somebody can do with the documents of a routekaart.

    `jobs`: those that wait, run, or failed and were not done since. `may_retry`: the same right
    as making one. `may_make_for_all`: for every team of the school. `version`: of the latest plan;
    None when there is nothing to make a document of. `days`: those of which there can be a
    booklet, by date; none for who may not make it.
    """

    routekaart: Routekaart
    version: int | None
    may_make: bool
    may_have_persons: bool
    may_have_own: bool
    may_make_for_all: bool
    days: tuple[StudyDay, ...]
    jobs: tuple[Job, ...]


def document_desk(*, by: Access, routekaart_id: UUID) -> DocumentDesk:
    """The desk of one routekaart. Raises `NotFound` and `Forbidden` as `fetch`."""
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_DOCUMENT, along=("team__school",)
    )
    school, team = routekaart.team.school_id, routekaart.team_id
    may_make = by.allows(Permission.MAKE_DOCUMENT, school=school, team=team)
    with by.entered():
        version = (
            Plan.objects.filter(routekaart=routekaart)
            .order_by("-version")
            .values_list("version", flat=True)
            .first()
        )
        days = StudyDay.objects.filter(routekaart=routekaart).order_by("date", "id")
        booklets = tuple(days) if may_make else ()
        recent = list(with_health(jobs_for(by=by).filter(routekaart=routekaart))[:_RECENT])
    return DocumentDesk(
        routekaart=routekaart,
        version=version,
        may_make=may_make,
        may_have_persons=by.allows(Permission.VIEW_ALL_ASSIGNMENTS, school=school, team=team),
        may_have_own=team in by.teams,
        may_make_for_all=lacks_for_all(by=by, schools=[school], persons=False) is None,
        days=booklets,
        jobs=not_settled(recent),
    )


def all_jobs(*, by: Access) -> QuerySet[Job]:
    """The jobs within sight, newest first, with school, team and whether they are `stuck`.

    Those of a bundle stand with their bundle, which has its progress.
    """
    return _with_all(jobs_for(by=by).filter(parent=None))


def job_with_health(*, by: Access, job_id: UUID) -> Job:
    """One job with its routekaart and team. Raises `NotFound` for what lies out of sight."""
    found = _with_all(jobs_for(by=by)).filter(pk=job_id).first()
    if found is None:
        raise NotFound("Job")
    return found


def with_health(jobs: "QuerySet[Job]") -> "QuerySet[Job]":
    """Each with `stuck`: nobody works on it although its time came long ago.

    On the database's clock, like due dates and leases.
    """
    long_ago: Any = ExpressionWrapper(Now() - Value(STUCK_AFTER), output_field=_moment())
    left = Q(state=JobState.RUNNING, lease_until__lt=long_ago)
    # What belongs to a bundle may wait long for its turn: the bundle is looked at as a whole.
    waits = Q(state=JobState.QUEUED, due_at__lt=long_ago, parent=None)
    of_bundle = Job.objects.filter(parent=OuterRef("pk"))
    moves = of_bundle.filter(Q(finished_at__gte=long_ago) | Q(lease_until__gte=long_ago))
    waits &= ~Q(kind=JobKind.BUNDLE) | ~Q(Exists(moves))
    return jobs.annotate(
        stuck=Case(
            When(waits | left, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
    )


def _with_all(jobs: "QuerySet[Job]") -> "QuerySet[Job]":
    return with_progress(with_health(jobs)).select_related("school", "board", "routekaart__team")


def _moment() -> Any:
    return Job._meta.get_field("due_at").clone()


def not_settled(recent: Iterable[Job]) -> tuple[Job, ...]:
    """What waits, runs or failed, newest first: a failure counts until the same was made."""
    done: set[tuple[Wanted | None, bool]] = set()
    found: list[Job] = []
    for job in recent:
        what = (wanted_of(job), job.holds_persons)
        if job.state == JobState.DONE:
            done.add(what)
        elif job.state in OPEN:
            found.append(job)
        elif job.state == JobState.FAILED and what not in done:
            found.append(job)
            done.add(what)
    return tuple(found)
