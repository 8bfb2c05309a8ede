"""The row of a job as a lease: claim it, keep it, give it back. Every write is conditional.

A claim draws a fencing token, and every later write of that run asks for it. A worker that lost
its lease therefore changes nothing, however late it wakes up. Times are the database's own, so
that no clock of a worker counts.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from routekaart.durability import not_waiting_for_the_disk
from routekaart.models import Document, Job
from routekaart.models.jobs import OPEN, JobKind, JobState
from worker import failures
from worker.failures import Failure


class LeaseLost(Exception):
    """Another worker has the job now; whatever this one made is of no account."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that this worker may run, until its lease ends. `job` is the row as claimed."""

    job: Job
    token: UUID

    @property
    def is_last_attempt(self) -> bool:
        return self.job.attempts >= settings.JOB_MAX_ATTEMPTS


@dataclass(frozen=True, slots=True)
class Due:
    """A job whose turn it is. `exhausted`: no attempt is left. `called_off`: with its bundle.

    `bulk`: it is a bundle or part of one, and goes after what somebody waits for. `bundle`: the one
    that it is part of.
    """

    job_id: UUID
    bulk: bool
    bundle: UUID | None
    exhausted: bool
    called_off: bool


def _claimable() -> Q:
    """Without a join, so that an update looks at these columns once more on the locked row."""
    children_open = Exists(Job.objects.filter(parent=OuterRef("pk"), state__in=OPEN))
    # A bundle waits for its children, with no state of its own that could go wrong.
    ready = ~Q(kind=JobKind.BUNDLE) | ~Q(children_open)
    return _waits() & ready | Q(state=JobState.RUNNING, lease_until__lt=Now())


def _waits() -> Q:
    return Q(state=JobState.QUEUED, due_at__lte=Now())


def due_jobs(limit: int) -> list[Due]:
    """The jobs whose turn it is: of who waits for fewest first, then the longest waiting.

    So nobody waits for the thousand that somebody else asked for. All of bundles go after all
    others, and among them a small bundle before a large one.
    """
    rows = (
        Job.objects.filter(_claimable())
        .annotate(
            bulk=Case(
                When(Q(parent=None) & ~Q(kind=JobKind.BUNDLE), then=Value(0)),
                default=Value(1),
                output_field=IntegerField(),
            ),
        )
        .annotate(
            asked=Window(Count("pk"), partition_by=["bulk", "requested_by"]),
        )
        .order_by("bulk", "asked", "due_at", "requested_at")
        .values_list("id", "bulk", "parent_id", "attempts", "parent__state")
    )
    return [
        Due(
            job_id=job_id,
            bulk=bool(bulk),
            bundle=bundle,
            exhausted=attempts >= settings.JOB_MAX_ATTEMPTS,
            called_off=parent_state == JobState.CANCELLED,
        )
        for job_id, bulk, bundle, attempts, parent_state in rows[:limit]
    ]


def somebody_waits() -> bool:
    """Whether there is a document to be made now that is no part of a bundle."""
    return Job.objects.filter(_waits(), ~Q(kind=JobKind.BUNDLE), parent=None).exists()


def claim(job_id: UUID) -> Claim | None:
    """The job for this worker alone, or None when it is done, not due, or somebody else's.

    The attempt is counted here and not at its end: a job that kills its worker counts too.
    """
    token = uuid.uuid4()
    if not _take(job_id, _claimable(), token):
        return None
    job = Job.objects.select_related("requested_by").filter(pk=job_id, token=token).first()
    return None if job is None else Claim(job, token)


def claim_as_read(job: Job) -> Claim | None:
    """The same for a part of a bundle that was read a moment ago, and is not read again; None too
    when somebody claimed it since, or had, or when what was read is not what is there any more.

    Who takes a name out of the tables gives what waits another token.
    """
    token = uuid.uuid4()
    unchanged = _waits() & Q(
        attempts=job.attempts,
        waits=job.waits,
        token=job.token,
        requested_by=job.requested_by_id,
    )
    if job.parent_id is None or not _take(job.pk, unchanged, token):
        return None
    job.state, job.token, job.progress = JobState.RUNNING, token, 0
    job.attempts += 1
    return Claim(job, token)


def _take(job_id: UUID, when: Q, token: UUID) -> bool:
    # A claim that a power cut takes away was of a worker that it took away too.
    with not_waiting_for_the_disk():
        return bool(
            Job.objects.filter(when, pk=job_id, attempts__lt=settings.JOB_MAX_ATTEMPTS).update(
                state=JobState.RUNNING,
                token=token,
                lease_until=_lease_end(),
                attempts=F("attempts") + 1,
                progress=0,
            )
        )


def fail_exhausted() -> int:
    """Ends the jobs whose last attempt took its worker along; gives how many."""
    return Job.objects.filter(_claimable(), attempts__gte=settings.JOB_MAX_ATTEMPTS).update(
        **_ended(JobState.FAILED, failures.worker_lost(settings.JOB_MAX_ATTEMPTS))
    )


def end_called_off() -> int:
    """Ends what was still to do of bundles that were cancelled; gives how many.

    The request that cancels ends what waits then. A job that ran at that moment may be queued again
    by its own failure, or have lost its worker.
    """
    cancelled = Exists(Job.objects.filter(pk=OuterRef("parent_id"), state=JobState.CANCELLED))
    return Job.objects.filter(_claimable(), Q(cancelled)).update(**_ended(JobState.CANCELLED, None))


def expire_leases() -> int:
    """Gives every running job free at once; for a worker that knows to be the only one."""
    return Job.objects.filter(state=JobState.RUNNING).update(lease_until=Now())


def renew(job_id: UUID, token: UUID) -> bool:
    """Extends the lease; False when it is not ours any more."""
    return bool(_ours(job_id, token).update(lease_until=_lease_end()))


def report_progress(job_id: UUID, token: UUID, percent: int) -> None:
    """Shows how far the job is. Raises `LeaseLost`."""
    if not _ours(job_id, token).update(progress=percent):
        raise LeaseLost(job_id)


def hold(held: Claim) -> None:
    """Keeps the row from everybody else until the transaction ends. Raises `LeaseLost`."""
    if (
        _ours(held.job.pk, held.token).select_for_update(no_key=True).values_list("pk").first()
        is None
    ):
        raise LeaseLost(held.job.pk)


def finish(held: Claim, document: Document) -> None:
    """Ends the job well; in the transaction that stores the document. Raises `LeaseLost`."""
    values = _ended(JobState.DONE, None) | {"progress": 100, "document": document}
    if not _ours(held.job.pk, held.token).update(**values):
        raise LeaseLost(held.job.pk)


def fail(held: Claim, failure: Failure) -> None:
    """Ends the job with its reason. Changes nothing when the lease is lost."""
    _ours(held.job.pk, held.token).update(**_ended(JobState.FAILED, failure))


def give_back(held: Claim, failure: Failure, *, after: timedelta) -> None:
    """Queues the job again, with the reason in sight."""
    _queue(held, failure, after)


def wait_for_storage(held: Claim, failure: Failure, *, after: timedelta) -> None:
    """Queues the job again for another look at the storage; that is no attempt, but a wait."""
    _queue(held, failure, after, attempts=F("attempts") - 1, waits=F("waits") + 1)


def put_back(held: Claim) -> None:
    """Queues the job again as if it had not been claimed."""
    hand_back(held.job.pk, held.token)


def hand_back(job_id: UUID, token: UUID) -> bool:
    """Queues the job again as if it had not been claimed; False when it is not ours any more."""
    values = _queued(None, timedelta(0)) | {"attempts": F("attempts") - 1}
    return bool(_ours(job_id, token).update(**values))


def _queue(held: Claim, failure: Failure | None, after: timedelta, **more: object) -> None:
    _ours(held.job.pk, held.token).update(**_queued(failure, after) | more)


def _queued(failure: Failure | None, after: timedelta) -> dict[str, object]:
    return {
        "state": JobState.QUEUED,
        "token": None,
        "lease_until": None,
        "due_at": Now() + after,
        "failure_code": failure.code if failure else "",
        "failure_text": failure.text if failure else "",
    }


def _ours(job_id: UUID, token: UUID) -> QuerySet[Job]:
    return Job.objects.filter(pk=job_id, token=token)


def _lease_end() -> Combinable:
    return Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _ended(state: JobState, failure: Failure | None) -> dict[str, object]:
    return {
        "state": state,
        "token": None,
        "lease_until": None,
        "finished_at": Now(),
        "failure_code": failure.code if failure else "",
        "failure_text": failure.text if failure else "",
    }
