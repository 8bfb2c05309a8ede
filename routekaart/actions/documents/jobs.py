"""Requesting work: a job is a row, written in the transaction of the request."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from routekaart.access import Access, Forbidden, Permission
from routekaart.actions.audit import record
from routekaart.actions.wakeups import wake
from routekaart.domain.errors import Conflict
from routekaart.models import Job, Routekaart
from routekaart.models.jobs import JobKind, JobState
from routekaart.queries.documents.jobs import job_for


def request_job(
    *,
    by: Access,
    school: UUID,
    kind: JobKind,
    payload: Mapping[str, Any],
    routekaart: Routekaart | None = None,
    holds_persons: bool = False,
) -> Job:
    """Stores a job and wakes a worker once the transaction of the caller is committed.

    `payload` names what to do by ids; the worker reads everything else again. The caller has
    checked the rights; the worker checks them once more when it runs.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A job is stored in the transaction of the request, and there is none.")
    job = Job.objects.create(
        school_id=school,
        kind=kind,
        payload=dict(payload),
        routekaart=routekaart,
        holds_persons=holds_persons,
        requested_by=by.person,
    )
    with by.entered():
        record(by=by, school=school, action="request_job", subject=job)
    _wake_after_commit(job)
    return job


def retry_job(*, by: Access, job_id: UUID) -> Job:
    """Queues a failed job again, with all its attempts, in the name of who retries it.

    Raises `Conflict` (`job_not_failed`) for a job that waits, runs or is done.
    """
    job = job_for(by=by, job_id=job_id)
    team = job.routekaart.team_id if job.routekaart else None
    if not by.allows(Permission.MAKE_DOCUMENT, school=job.school_id, team=team):
        raise Forbidden(Permission.MAKE_DOCUMENT)
    with transaction.atomic(), by.entered():
        changed = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED,
            progress=0,
            attempts=0,
            waits=0,
            failure_code="",
            failure_text="",
            finished_at=None,
            due_at=Now(),
            requested_by=by.person,
        )
        if not changed:
            raise Conflict(
                "Deze klus is niet mislukt en hoeft dus niet opnieuw.", code="job_not_failed"
            )
        record(by=by, school=job.school_id, action="retry_job", subject=job)
        _wake_after_commit(job)
    job.refresh_from_db()
    return job


def _wake_after_commit(job: Job) -> None:
    # robust: an error here must not undo an answer that was already given.
    transaction.on_commit(partial(wake, job.pk), robust=True)
