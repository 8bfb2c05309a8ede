"""Jobs over HTTP, and documents for all teams at once."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from routekaart.actions.documents.bundles import cancel_job, request_bundle
from routekaart.actions.documents.jobs import retry_job
from routekaart.api.auth import access
from routekaart.api.documents.shapes import BundleRequest, JobReply, accepted, job_reply
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, problems
from routekaart.domain.calendar import SchoolYear
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.bundles import children_of, with_progress
from routekaart.queries.documents.jobs import job_for, jobs_for

router = Router(tags=["Documenten"])
_ANSWER = (
    "Het antwoord is een bundel: een klus met voor elk team en elke vorm een klus. Elk document "
    "staat bij zijn team zodra het klaar is; de ZIP met alles komt aan het eind. Teams zonder plan "
    "staan in `bundle.skipped`."
)


class JobFilter(Page):
    school: Id | None = None
    parent: Id | None = Field(
        None, description="De klussen van deze bundel. Zonder `parent` staan die niet in de lijst."
    )


@router.post(
    "/schools/{school_id}/bundles",
    response={202: JobReply, **problems(403, 404, 409)},
    operation_id="request_school_bundle",
    summary="Documenten voor alle teams van een school",
    description=_ANSWER,
)
def request_school_bundle(
    request: HttpRequest, response: HttpResponse, school_id: Id, wanted: BundleRequest
) -> Status[JobReply]:
    return _requested(request, response, wanted, school=school_id)


@router.post(
    "/boards/{board_id}/bundles",
    response={202: JobReply, **problems(403, 404, 409)},
    operation_id="request_board_bundle",
    summary="Documenten voor alle teams van een bestuur",
    description=f"{_ANSWER} Alleen voor wie dit bij alle scholen van het bestuur mag.",
)
def request_board_bundle(
    request: HttpRequest, response: HttpResponse, board_id: Id, wanted: BundleRequest
) -> Status[JobReply]:
    return _requested(request, response, wanted, board=board_id)


def _requested(
    request: HttpRequest,
    response: HttpResponse,
    wanted: BundleRequest,
    *,
    school: UUID | None = None,
    board: UUID | None = None,
) -> Status[JobReply]:
    by = access(request)
    year = SchoolYear.parse(wanted.school_year).start if wanted.school_year else None
    bundle = request_bundle(
        by=by,
        school_id=school,
        board_id=board,
        kind=DocumentKind(wanted.kind),
        formats=[DocumentFormat(one) for one in wanted.formats],
        length=DocumentLength(wanted.length),
        persons=wanted.persons,
        school_year=year,
    )
    return accepted(request, response, job_for(by=by, job_id=bundle.pk))


@router.get(
    "/jobs",
    response={200: Listed[JobReply], **problems(404)},
    operation_id="list_jobs",
    summary="Klussen, de nieuwste eerst",
)
def list_jobs(request: HttpRequest, wanted: Query[JobFilter]) -> Any:
    by = access(request)
    jobs = with_progress(jobs_for(by=by, school=wanted.school))
    if wanted.parent:
        jobs = children_of(jobs, job_for(by=by, job_id=wanted.parent).pk)
    else:
        jobs = jobs.filter(parent=None)
    return paged(jobs, wanted, job_reply)


@router.get(
    "/jobs/{job_id}",
    response={200: JobReply, **problems(404)},
    operation_id="get_job",
    summary="Hoe het met een klus staat",
)
def get_job(request: HttpRequest, job_id: Id) -> Any:
    return job_reply(job_for(by=access(request), job_id=job_id))


@router.post(
    "/jobs/{job_id}/retry",
    response={202: JobReply, **problems(403, 404, 409)},
    operation_id="retry_job",
    summary="Een mislukte klus opnieuw proberen",
)
def retry(request: HttpRequest, response: HttpResponse, job_id: Id) -> Status[JobReply]:
    return accepted(request, response, retry_job(by=access(request), job_id=job_id))


@router.post(
    "/jobs/{job_id}/cancel",
    response={202: JobReply, **problems(403, 404)},
    operation_id="cancel_job",
    summary="Een klus annuleren",
    description="Wat wacht, vervalt; wat bezig is, wordt afgemaakt. Van een bundel vervalt alles "
    "wat wacht, en er komt geen ZIP. Wat al klaar is, blijft.",
)
def cancel(request: HttpRequest, response: HttpResponse, job_id: Id) -> Status[JobReply]:
    return accepted(request, response, cancel_job(by=access(request), job_id=job_id))
