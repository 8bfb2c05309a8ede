"""Reading jobs. They lie outside the tenant net; everything here goes through `Access`."""

from uuid import UUID

from django.db.models import Q, QuerySet

from routekaart.access import Access, NotFound, Permission
from routekaart.models import Job
from routekaart.models.jobs import JobKind
from routekaart.queries.documents.boards import whole_board
from routekaart.queries.documents.bundle_places import lacks_for_all, schools_of_bundle
from routekaart.queries.documents.bundles import with_progress
from routekaart.queries.documents.own_data import no_wider_than


def job_for(*, by: Access, job_id: UUID) -> Job:
    """The job with its routekaart at hand. Raises `NotFound` for what lies out of sight.

    A job is seen by those who may see its document.
    """
    found = with_progress(jobs_for(by=by)).select_related("routekaart").filter(pk=job_id).first()
    if found is None:
        raise NotFound("Job")
    return found


def jobs_for(*, by: Access, school: UUID | None = None) -> QuerySet[Job]:
    """The jobs within sight, newest first; those of one school where it is named.

    Raises `NotFound` for a school out of reach.
    """
    if school is not None and school not in by.roles:
        raise NotFound("School")
    of_others = (
        by.visible(Job)
        & (Q(holds_persons=False) | by.visible(Job, Permission.VIEW_ALL_ASSIGNMENTS))
        & Q(private=False)
        & whole_board(by)
    )
    own = Q(private=True, requested_by=by.person, school__in=by.schools) & no_wider_than(by)
    jobs = Job.objects.filter(own | of_others)
    return jobs if school is None else jobs.filter(school=school)


def may_handle(*, by: Access, job: Job) -> bool:
    """Whether `by` may retry or cancel this job, which was read with its routekaart."""
    if job.kind == JobKind.BUNDLE:
        schools = schools_of_bundle(job)
        return lacks_for_all(by=by, schools=schools, persons=job.holds_persons) is None
    if job.private:
        # Who sees it asked for it, and may ask again; not with a key that only reads there.
        return job.school_id not in by.closed
    if job.routekaart is None:
        # About a whole school: a right in some team is not enough.
        return by.allows_everywhere(Permission.MAKE_DOCUMENT, school=job.school_id)
    return by.allows(Permission.MAKE_DOCUMENT, school=job.school_id, team=job.routekaart.team_id)
