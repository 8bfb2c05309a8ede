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
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from routekaart.models import Document, Job
from routekaart.models.jobs import JobState
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


def _claimable() -> Q:
    return Q(state=JobState.QUEUED, due_at__lte=Now()) | Q(
        state=JobState.RUNNING, lease_until__lt=Now()
    )


def due_jobs(limit: int) -> list[tuple[UUID, bool]]:
    """The jobs whose turn it is, the longest waiting first; True: no attempt is left."""
    rows = Job.objects.filter(_claimable()).order_by("due_at", "requested_at")
    return [
        (job_id, attempts >= settings.JOB_MAX_ATTEMPTS)
        for job_id, attempts in rows.values_list("id", "attempts")[:limit]
    ]


def claim(job_id: UUID) -> Claim | None:
    """The job for this worker alone, or None when it is done, not due, or somebody else's.

    The attempt is counted here and not at its end: a job that kills its worker counts too.
    """
    token = uuid.uuid4()
    changed = Job.objects.filter(
        _claimable(), pk=job_id, attempts__lt=settings.JOB_MAX_ATTEMPTS
    ).update(
        state=JobState.RUNNING,
        token=token,
        lease_until=_lease_end(),
        attempts=F("attempts") + 1,
        progress=0,
    )
    if not changed:
        return None
    job = Job.objects.select_related("requested_by").filter(pk=job_id, token=token).first()
    return None if job is None else Claim(job, token)


def fail_exhausted() -> int:
    """Ends the jobs whose last attempt took its worker along; gives how many."""
    return Job.objects.filter(_claimable(), attempts__gte=settings.JOB_MAX_ATTEMPTS).update(
        **_ended(JobState.FAILED, failures.worker_lost(settings.JOB_MAX_ATTEMPTS))
    )


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


def finish(held: Claim, document: Document) -> None:
    """Ends the job well; in the transaction that stores the document. Raises `LeaseLost`."""
    values = _ended(JobState.DONE, None) | {"progress": 100, "document": document}
    if not _ours(held.job.pk, held.token).update(**values):
        raise LeaseLost(held.job.pk)


def fail(held: Claim, failure: Failure) -> None:
    """Ends the job with its reason. Changes nothing when the lease is lost."""
    _ours(held.job.pk, held.token).update(**_ended(JobState.FAILED, failure))


def give_back(held: Claim, failure: Failure, *, after: timedelta, counted: bool = True) -> None:
    """Queues the job again, with the reason in sight. `counted=False` undoes the attempt."""
    values: dict[str, object] = {
        "state": JobState.QUEUED,
        "token": None,
        "lease_until": None,
        "due_at": Now() + after,
        "failure_code": failure.code,
        "failure_text": failure.text,
    }
    if not counted:
        values["attempts"] = F("attempts") - 1
    _ours(held.job.pk, held.token).update(**values)


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
