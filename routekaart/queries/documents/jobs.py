"""Reading jobs. They lie outside the tenant net; everything here goes through `Access`."""

from uuid import UUID

from django.db.models import Q, QuerySet

from routekaart.access import Access, NotFound, Permission
from routekaart.models import Job
from routekaart.queries.documents.boards import whole_board


def job_for(*, by: Access, job_id: UUID) -> Job:
    """The job with its routekaart at hand. Raises `NotFound` for what lies out of sight.

    A job for a document with chapters per person is seen by those who may see the document.
    """
    found = jobs_for(by=by).select_related("routekaart").filter(pk=job_id).first()
    if found is None:
        raise NotFound("Job")
    return found


def jobs_for(*, by: Access, school: UUID | None = None) -> QuerySet[Job]:
    """The jobs within sight, newest first; those of one school where it is named.

    Raises `NotFound` for a school out of reach.
    """
    if school is not None and school not in by.roles:
        raise NotFound("School")
    jobs = Job.objects.filter(
        by.visible(Job),
        Q(holds_persons=False) | by.visible(Job, Permission.VIEW_ALL_ASSIGNMENTS),
        whole_board(by),
    )
    return jobs if school is None else jobs.filter(school=school)
