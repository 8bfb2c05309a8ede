"""Requesting work: a job is a row, written in the transaction of the request."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Now

from routekaart.access import Access, Forbidden, Permission
from routekaart.actions.audit import record
from routekaart.actions.wakeups import wake, wake_bulk
from routekaart.domain.errors import Conflict
from routekaart.models import Job, Routekaart
from routekaart.models.jobs import OPEN, JobKind, JobState
from routekaart.queries.documents.jobs import job_for, may_handle
from routekaart.queries.documents.offered import Wanted

# How a job ends that is not made, whoever decides that.
CANCELLED: Final[Mapping[str, object]] = {
    "state": JobState.CANCELLED,
    "token": None,
    "lease_until": None,
    "finished_at": Now(),
    "failure_code": "",
    "failure_text": "",
}
# A part of a bundle of which the document is not there any more, as an erasure leaves it.
_GONE: Final = Q(parent__isnull=False, state=JobState.DONE, document=None)


def request_job(
    *,
    by: Access,
    school: UUID,
    kind: JobKind,
    payload: Mapping[str, Any],
    routekaart: Routekaart | None = None,
    board: UUID | None = None,
    holds_persons: bool = False,
    private: bool = False,
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
        board_id=board,
        holds_persons=holds_persons,
        private=private,
        requested_by=by.person,
    )
    with by.entered():
        record(by=by, school=school, action="request_job", subject=job)
    _wake_after_commit(job)
    return job


def request_once(
    *,
    by: Access,
    wanted: Wanted,
    school: UUID,
    ids: Mapping[str, Any],
    routekaart: Routekaart | None = None,
    board: UUID | None = None,
    holds_persons: bool = False,
    private: bool = False,
) -> Job:
    """The job for one document; the one that still waits when the same was asked before.

    `ids` name what it is about. Call inside `by.entered()` and a transaction.
    """
    payload = wanted.payload | dict(ids)
    waiting = Job.objects.filter(
        kind=JobKind.DOCUMENT,
        parent=None,
        school=school,
        routekaart=routekaart,
        state=JobState.QUEUED,
        requested_by=by.person,
        holds_persons=holds_persons,
        private=private,
        payload=payload,
    ).first()
    return waiting or request_job(
        by=by,
        school=school,
        kind=JobKind.DOCUMENT,
        payload=payload,
        routekaart=routekaart,
        board=board,
        holds_persons=holds_persons,
        private=private,
    )


def retry_job(*, by: Access, job_id: UUID) -> Job:
    """Queues a failed job again, with all its attempts, in the name of who retries it.

    Of a bundle, all its documents that failed or are gone since; its ZIP is made once more when
    they have ended. So it is when one of its documents is tried again alone: then those that are
    gone come along, each in the name of who asked for it.

    Raises `Conflict` for a job that waits, runs or is done (`job_not_failed`), and for a part of a
    bundle that was cancelled (`bundle_cancelled`).
    """
    job = job_for(by=by, job_id=job_id)
    check_may_handle(by=by, job=job)
    with transaction.atomic(), by.entered():
        bundle = job.pk if job.kind == JobKind.BUNDLE else job.parent_id
        if bundle is not None:
            _check_bundle(bundle)
        again = Job.objects.filter(_of(job), Q(state=JobState.FAILED) | _GONE).update(
            **_QUEUED_AGAIN, requested_by=by.person
        )
        if not again:
            raise Conflict(
                "Deze klus is niet mislukt en hoeft dus niet opnieuw.", code="job_not_failed"
            )
        if bundle is not None:
            # Whoever packs its ZIP at this moment has lost its token, and packs in vain.
            Job.objects.filter(Q(pk=bundle) | Q(_GONE, parent=bundle)).update(
                **_QUEUED_AGAIN,
                token=None,
                lease_until=None,
                # Who asked may be erased, and then there is nobody to make it for.
                requested_by=Coalesce(F("requested_by"), Value(by.person.pk)),
            )
        record(by=by, school=job.school_id, action="retry_job", subject=job)
        if bundle is None:
            _wake_after_commit(job)
        else:
            transaction.on_commit(wake_bulk, robust=True)
    return job_for(by=by, job_id=job_id)


def queue_again(jobs: "QuerySet[Job]", *, token: UUID | None = None) -> None:
    """Queues these jobs again, of those that wait or run.

    Whoever had one has lost it, and nobody counts an attempt for that. `token`: also for what
    waits, so that what was read ahead of it is of no account either.
    """
    given_back = When(state=JobState.RUNNING, attempts__gt=0, then=F("attempts") - 1)
    jobs.filter(state__in=OPEN).update(
        state=JobState.QUEUED,
        token=token,
        lease_until=None,
        attempts=Case(given_back, default=F("attempts"), output_field=IntegerField()),
    )


def make_parts_again(jobs: "QuerySet[Job]") -> None:
    """Queues again those of these jobs whose document is gone while their bundle is not ready.

    Call in the transaction that deletes the documents, once they are deleted.
    """
    jobs.filter(_GONE, parent__state__in=OPEN).update(**_QUEUED_AGAIN)


def check_may_handle(*, by: Access, job: Job) -> None:
    """Raises `Forbidden` for who may not retry or cancel this job."""
    if not may_handle(by=by, job=job):
        raise Forbidden(Permission.MAKE_DOCUMENT)


_QUEUED_AGAIN: dict[str, object] = {
    "state": JobState.QUEUED,
    "progress": 0,
    "attempts": 0,
    "waits": 0,
    "failure_code": "",
    "failure_text": "",
    "finished_at": None,
    "due_at": Now(),
}


def _check_bundle(bundle: UUID) -> None:
    """Locks the bundle, before its children as whoever cancels it does."""
    if Job.objects.select_for_update(no_key=True).get(pk=bundle).state == JobState.CANCELLED:
        raise Conflict(
            "Deze documenten zijn geannuleerd. Vraag ze opnieuw aan.", code="bundle_cancelled"
        )


def _of(job: Job) -> Q:
    """The job itself, and of a bundle its children too."""
    return Q(pk=job.pk) | Q(parent=job.pk) if job.kind == JobKind.BUNDLE else Q(pk=job.pk)


def _wake_after_commit(job: Job) -> None:
    # robust: an error here must not undo an answer that was already given.
    # No `partial`: a robust one that fails is logged by its name, which that has not.
    transaction.on_commit(lambda: wake(job.pk), robust=True)
