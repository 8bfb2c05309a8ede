"""Documents and the jobs that make them over HTTP."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from ninja import Query, Router, Status
from pydantic import Field

from routekaart.actions.documents.documents import open_document, request_team_plan
from routekaart.actions.documents.jobs import retry_job
from routekaart.api.auth import access
from routekaart.api.idempotency import idempotent
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, Reply, Shape, problems
from routekaart.models import Document, Job
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.documents import document_for, documents_of
from routekaart.queries.documents.jobs import job_for, jobs_for
from routekaart.queries.documents.offered import wanted_of

router = Router(tags=["Documenten"])

# As a request may ask for them; what there is of each kind is for the action to say.
FormatName = Literal["pdf", "docx", "xlsx", "json"]
LengthName = Literal["compact", "standard", "full"]


class DocumentRequest(Shape):
    """Which document. Without a plan it is made of the latest."""

    plan: Id | None = None
    persons: bool | None = Field(
        None,
        description=(
            "Met een hoofdstuk per persoon. Laat je dit weg, dan komen die hoofdstukken erin als "
            "je ze mag zien."
        ),
    )
    format: FormatName = Field(
        "pdf", description="Als welk soort bestand; niet elk document is er in elke vorm."
    )
    length: LengthName = Field(
        "full", description="Hoe uitgebreid; niet elk document is er in elke lengte."
    )


class FailureReply(Reply):
    """What went wrong: `code` is stable, `detail` is Dutch and says what to do."""

    code: str
    detail: str


class JobReply(Reply):
    """A job. While it is queued a failure tells why the last attempt did not work out.

    `document_kind`, `format` and `length` say what it makes.
    """

    id: UUID
    school: UUID
    routekaart: UUID | None
    kind: str
    document_kind: DocumentKind | None
    format: DocumentFormat | None
    length: DocumentLength | None
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: int = Field(ge=0, le=100)
    persons: bool
    failure: FailureReply | None
    document: UUID | None
    requested_at: datetime
    finished_at: datetime | None


class DocumentReply(Reply):
    """A finished document. `sha256` is that of the file, so that a download can be checked.

    It is about a school, or about something of it: what is empty here, it is not about. With
    `board` it is about all schools of that board.
    """

    id: UUID
    school: UUID
    board: UUID | None
    routekaart: UUID | None
    plan: UUID | None
    plan_version: int | None
    person: UUID | None
    study_day: UUID | None
    kind: DocumentKind
    format: DocumentFormat
    length: DocumentLength
    catalogue_version: str = Field(description="Uit welke catalogus de cijfers komen.")
    persons: bool
    file_name: str
    media_type: str
    size: int = Field(description="In bytes.")
    sha256: str
    made_at: datetime


class JobFilter(Page):
    school: Id | None = None


def _job(job: Job) -> JobReply:
    wanted = wanted_of(job)
    return JobReply(
        id=job.pk,
        school=job.school_id,
        routekaart=job.routekaart_id,
        kind=job.kind,
        document_kind=wanted.kind if wanted else None,
        format=wanted.format if wanted else None,
        length=wanted.length if wanted else None,
        state=job.state,
        progress=job.progress,
        persons=job.holds_persons,
        failure=(
            FailureReply(code=job.failure_code, detail=job.failure_text)
            if job.failure_code
            else None
        ),
        document=job.document_id,
        requested_at=job.requested_at,
        finished_at=job.finished_at,
    )


def _document(document: Document) -> DocumentReply:
    return DocumentReply(
        id=document.pk,
        school=document.school_id,
        board=document.board_id,
        routekaart=document.routekaart_id,
        plan=document.plan_id,
        plan_version=document.plan.version if document.plan else None,
        person=document.person_id,
        study_day=document.study_day_id,
        kind=document.kind,
        format=document.format,
        length=document.length,
        catalogue_version=document.catalogue_version,
        persons=document.holds_persons,
        file_name=document.file_name,
        media_type=document.media_type,
        size=document.size,
        sha256=document.content_hash,
        made_at=document.made_at,
    )


def _accepted(request: HttpRequest, response: HttpResponse, job: Job) -> Status[JobReply]:
    # Beside this operation, whatever address the API is served under.
    root = request.path.partition("/routekaarten/")[0].partition("/jobs/")[0]
    response["Location"] = f"{root}/jobs/{job.pk}"
    return Status(202, _job(job))


@router.post(
    "/routekaarten/{routekaart_id}/documents",
    response={202: JobReply, **problems(403, 404, 409)},
    operation_id="request_document",
    summary="Het scholingsplan van een team aanvragen",
    description="Het antwoord is een klus; `Location` zegt waar je de voortgang leest.",
)
@idempotent
def request_document(
    request: HttpRequest, response: HttpResponse, routekaart_id: Id, wanted: DocumentRequest
) -> Status[JobReply]:
    job = request_team_plan(
        by=access(request),
        routekaart_id=routekaart_id,
        plan_id=wanted.plan,
        persons=wanted.persons,
        document_format=DocumentFormat(wanted.format),
        length=DocumentLength(wanted.length),
    )
    return _accepted(request, response, job)


@router.get(
    "/routekaarten/{routekaart_id}/documents",
    response={200: Listed[DocumentReply], **problems(403, 404)},
    operation_id="list_documents",
    summary="De documenten van een routekaart",
)
def list_documents(request: HttpRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    return paged(documents_of(by=access(request), routekaart_id=routekaart_id), page, _document)


@router.get(
    "/documents/{document_id}",
    response={200: DocumentReply, **problems(404)},
    operation_id="get_document",
    summary="Eén document",
)
def get_document(request: HttpRequest, document_id: Id) -> Any:
    return _document(document_for(by=access(request), document_id=document_id))


@router.get(
    "/documents/{document_id}/content",
    response={200: None, **problems(404, 409)},
    operation_id="download_document",
    summary="Het bestand van een document",
    description="Het bestand zelf. Met `If-None-Match` komt er 304 als het niet is veranderd.",
    openapi_extra={
        "responses": {
            200: {
                "description": "Het bestand",
                "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
            },
            304: {"description": "Niet veranderd sinds de vorige keer"},
        }
    },
)
def download_document(request: HttpRequest, document_id: Id) -> HttpResponseBase:
    document, file = open_document(by=access(request), document_id=document_id)
    etag = f'"{document.content_hash}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = FileResponse(
            file,
            as_attachment=True,
            filename=document.file_name,
            content_type=document.media_type,
        )
    else:
        file.close()
    answer["ETag"] = etag
    # Names of people may be in it: kept by the reader only, and asked for anew each time.
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@router.get(
    "/jobs",
    response={200: Listed[JobReply], **problems(404)},
    operation_id="list_jobs",
    summary="Klussen, de nieuwste eerst",
)
def list_jobs(request: HttpRequest, wanted: Query[JobFilter]) -> Any:
    return paged(jobs_for(by=access(request), school=wanted.school), wanted, _job)


@router.get(
    "/jobs/{job_id}",
    response={200: JobReply, **problems(404)},
    operation_id="get_job",
    summary="Hoe het met een klus staat",
)
def get_job(request: HttpRequest, job_id: Id) -> Any:
    return _job(job_for(by=access(request), job_id=job_id))


@router.post(
    "/jobs/{job_id}/retry",
    response={202: JobReply, **problems(403, 404, 409)},
    operation_id="retry_job",
    summary="Een mislukte klus opnieuw proberen",
)
def retry(request: HttpRequest, response: HttpResponse, job_id: Id) -> Status[JobReply]:
    return _accepted(request, response, retry_job(by=access(request), job_id=job_id))
