"""What the next jobs of a bundle are made from, read in one go.

Reading takes as many queries for several teams as for one. Each job is still claimed by itself, at
the moment that it runs.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded

from routekaart.access import Access, access_of
from routekaart.models import Job
from worker.handlers.team_plan import read_ahead
from worker.work import PlanRead

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """The rights of a job's requester, and what its document is made from."""

    by: Access
    plan: PlanRead


def jobs_as_read(job_ids: Sequence[UUID]) -> list[tuple[Job, Read | None]]:
    """The jobs in this order, each with what could be read ahead of it.

    What could not is read when the job runs, which then has its own reason to fail.
    """
    jobs = Job.objects.select_related("requested_by").in_bulk(job_ids)
    there = [jobs[job_id] for job_id in job_ids if job_id in jobs]
    try:
        # One that was tried before may be what takes a worker along: it is read by itself.
        read = _read([job for job in there if not job.attempts])
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        logger.warning("Nothing was read ahead of %s jobs.", len(there), exc_info=True)
        read = {}
    return [(job, read.get(job.pk)) for job in there]


def _read(jobs: Sequence[Job]) -> dict[UUID, Read]:
    found: dict[UUID, Read] = {}
    # Those of a bundle have one requester, who may be gone.
    for requester in {job.requested_by for job in jobs if job.requested_by is not None}:
        if not requester.is_active:
            continue
        by = access_of(requester)
        theirs = {job.pk: job for job in jobs if job.requested_by == requester}
        for job_id, plan in read_ahead(by, theirs.values()).items():
            if plan.plan.routekaart.team.school_id == theirs[job_id].school_id:
                found[job_id] = Read(by, plan)
    return found
