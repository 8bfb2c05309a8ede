"""Runs one job: claim its row, make the document, store the file, finish in one transaction.

Whatever goes wrong ends in one of four ways: done, failed with a reason, queued again after a
while, or left to whoever claims it when the lease has ended. No transaction is open while a
document is made.
"""

import logging
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import IntegrityError, transaction

from routekaart.access import Access, access_of, school_scope
from routekaart.logs.trace import tracing
from routekaart.models import Document, Job
from routekaart.storage import Storage, StorageUnavailable, StoredFile
from worker import claims, failures, sweeping
from worker.ahead import Read
from worker.claims import Claim, LeaseLost
from worker.failures import Failure, Refused
from worker.handlers import HANDLERS
from worker.leases import KEEPER
from worker.work import ChildrenOpen, Product, Throttled, Work

logger = logging.getLogger(__name__)

# A full disk is nobody's attempt: the job waits for a while until there is room again.
_STORAGE_WAIT = timedelta(seconds=30)
# Five minutes in all: then somebody should know, and the job fails with the reason.
MOST_WAITS = 10
# More than there are workers: who finds the first taken looks at the next.
_LOOK_AT = 16
_LONGEST_WAIT = timedelta(seconds=60)


def run(job_id: UUID) -> bool:
    """Runs the job when it may be claimed now; False when there was nothing to do."""
    held = claims.claim(job_id)
    if held is None:
        return False
    _run(held, None)
    return True


def run_as_read(job: Job, read: Read | None) -> bool:
    """The same of a job that was read a moment ago; `read` is what was read ahead for it."""
    held = claims.claim_as_read(job)
    if held is None:
        return False
    _run(held, read)
    return True


def run_in_turn(job_id: UUID) -> bool:
    """Runs this job, or one that goes before it; False when nothing could be run.

    There is a message for each job, so that who asked for a thousand documents has a thousand. It
    says that there is work, and the rows say whose turn it is.
    """
    first = (one.job_id for one in sweeping.runnable(_LOOK_AT) if not one.bulk)
    return any(run(one) for one in first) or run(job_id)


def wait_before(attempt: int) -> timedelta:
    """How long a job waits after its so-manieth failed attempt: 2, 4, 8 … at most 60 seconds."""
    return min(timedelta(seconds=2**attempt), _LONGEST_WAIT)


def _run(held: Claim, read: Read | None) -> None:
    with KEEPER.holding(held), tracing(request=held.job.request_id, job=held.job.pk):
        _attempt(held, read)


def _attempt(held: Claim, read: Read | None) -> None:
    try:
        with school_scope([held.job.school_id]):
            _make(held, read)
        logger.info("job done", extra={"fields": _fields(held)})
    except LeaseLost:
        logger.warning("Job %s was taken over by another worker.", held.job.pk)
    except Refused as refused:
        logger.info("job refused: %s", refused.failure.code, extra={"fields": _fields(held)})
        claims.fail(held, refused.failure)
    except StorageUnavailable as error:
        _no_room(held, error)
    except ChildrenOpen:
        # One of them was tried again just now: this bundle's turn comes when that has ended.
        claims.put_back(held)
    except Exception as error:  # noqa: BLE001 - a job must never take its worker along
        _failed(held, error)


def _fields(held: Claim) -> dict[str, object]:
    return {"kind": held.job.kind, "attempt": held.job.attempts}


def _no_room(held: Claim, error: StorageUnavailable) -> None:
    logger.warning("Job %s waits for the storage: %s", held.job.pk, error.code)
    if held.job.waits < MOST_WAITS:
        failure = Failure(error.code, error.message)
        claims.wait_for_storage(held, failure, after=_STORAGE_WAIT)
    else:
        claims.fail(held, failures.storage_failed(error.code, error.message))


def _failed(held: Claim, error: Exception) -> None:
    final = failures.for_good(error)
    if final is not None:
        logger.warning("Job %s failed: %s", held.job.pk, final.code)
        claims.fail(held, final)
        return
    logger.error("Attempt %s of job %s failed.", held.job.attempts, held.job.pk, exc_info=error)
    if not held.is_last_attempt:
        claims.give_back(held, failures.TRYING_AGAIN, after=wait_before(held.job.attempts))
    elif isinstance(error, SoftTimeLimitExceeded):
        claims.fail(held, failures.TOOK_TOO_LONG)
    else:
        claims.fail(held, failures.unexpected(held.job.attempts))


def _make(held: Claim, read: Read | None) -> None:
    job = held.job
    handler = HANDLERS.get(job.kind)
    if handler is None:
        raise Refused(failures.UNKNOWN_KIND)
    report = Throttled(partial(claims.report_progress, job.pk, held.token))
    work = (
        Work(job=job, by=_requester(job), report=report)
        if read is None
        else Work(job=job, by=read.by, report=report, read_ahead=read.plan)
    )
    product = handler(work)
    storage = Storage(Path(settings.STORAGE_DIR))
    known = _known(product)
    if known is not None and storage.exists(known.content_hash):
        with transaction.atomic():
            claims.finish(held, _renewed(held, known, product))
        return
    # The file first: a row without its file cannot exist, a file without a row is swept.
    stored = product.put(storage)
    try:
        with transaction.atomic():
            claims.finish(held, _store(held, product, stored, known))
    except IntegrityError:
        # Somebody else made the same document meanwhile; if not, this is a fault of ours.
        with transaction.atomic():
            claims.finish(held, _store(held, product, stored, _known(product)))


def _requester(job: Job) -> Access:
    person = job.requested_by
    if person is None or not person.is_active:
        raise Refused(failures.REQUESTER_GONE)
    return access_of(person)


def _known(product: Product) -> Document | None:
    """The document that was made of the same input before."""
    return Document.objects.filter(
        school=product.about.school,
        kind=product.wanted.kind,
        format=product.wanted.format,
        input_hash=product.input_hash,
    ).first()


def _renewed(
    held: Claim, known: Document, product: Product, stored: StoredFile | None = None
) -> Document:
    """The known document. Made of the same without anybody's progress, it holds none; and of one
    from before that was kept it is known only now that it tells of an adopted plan. `stored`: the
    file that it missed."""
    changes: dict[str, object] = {}
    if known.holds_progress and not product.holds_progress:
        changes["holds_progress"] = False
    if product.adopted and not known.adopted:
        changes["adopted"] = True
    if stored is not None:
        changes |= {"content_hash": stored.content_hash, "size": stored.size}
    if changes:
        # Job before document, as an erasure holds them: each would wait for the other otherwise.
        claims.hold(held)
        for name, value in changes.items():
            setattr(known, name, value)
        known.save(update_fields=changes)
    return known


def _store(held: Claim, product: Product, stored: StoredFile, known: Document | None) -> Document:
    """The row of the document: a new one, or the known one with the file that it misses."""
    if known is not None:
        return _renewed(held, known, product, stored)
    about = product.about
    return Document.objects.create(
        school_id=about.school,
        board_id=about.board,
        routekaart_id=about.routekaart,
        plan_id=about.plan,
        person_id=about.person,
        study_day_id=about.study_day,
        subject=about.subject,
        private=about.private,
        **product.wanted.payload,
        catalogue_version=product.catalogue_version,
        input_hash=product.input_hash,
        content_hash=stored.content_hash,
        size=stored.size,
        media_type=product.media_type,
        file_name=product.file_name,
        holds_persons=product.holds_persons,
        holds_progress=product.holds_progress,
        adopted=product.adopted,
        word_template_id=product.word_template,
    )
