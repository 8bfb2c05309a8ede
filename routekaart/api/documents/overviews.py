"""Documents about whole schools and boards over HTTP, and the summary for the MR."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from routekaart.actions.documents.overviews import (
    request_board_overview,
    request_mr_summary,
    request_school_document,
)
from routekaart.api.auth import access
from routekaart.api.documents.shapes import (
    DocumentReply,
    FormatName,
    JobReply,
    LengthName,
    accepted,
    document_reply,
)
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.routekaarten.routekaart_shapes import SchoolYearLabel
from routekaart.api.shapes import Id, Shape, problems
from routekaart.domain.calendar import SchoolYear
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength
from routekaart.queries.documents.jobs import job_for
from routekaart.queries.documents.overview_desk import documents_of_school
from routekaart.queries.organisation.schools import school_detail

router = Router(tags=["Documenten"])
_FORMAT = "Als welk soort bestand; niet elk document is er in elke vorm."
_LENGTH = "Hoe uitgebreid; niet elk document is er in elke lengte."


class SchoolDocumentRequest(Shape):
    """`school`: the overview of this school; `board`: that of all schools of its board;
    `mr-school`: the summary for the MR of all teams of this school."""

    kind: Literal["school", "board", "mr-school"] = "school"
    school_year: SchoolYearLabel
    format: FormatName = Field("pdf", description=_FORMAT)
    length: LengthName = Field("full", description=_LENGTH)


class MrSummaryRequest(Shape):
    """Without a plan it is made of the latest."""

    plan: Id | None = None
    format: FormatName = Field("pdf", description=_FORMAT)


@router.post(
    "/schools/{school_id}/documents",
    response={202: JobReply, **problems(403, 404)},
    operation_id="request_school_document",
    summary="Een overzicht van een school of bestuur aanvragen",
    description="Zonder namen van mensen. Het antwoord is een klus; `Location` zegt waar je de "
    "voortgang leest.",
)
def ask_school_document(
    request: HttpRequest, response: HttpResponse, school_id: Id, wanted: SchoolDocumentRequest
) -> Status[JobReply]:
    by, year = access(request), SchoolYear.parse(wanted.school_year).start
    document_format, length = DocumentFormat(wanted.format), DocumentLength(wanted.length)
    kind = DocumentKind(wanted.kind)
    if kind is DocumentKind.BOARD:
        job = request_board_overview(
            by=by,
            board_id=school_detail(by=by, school_id=school_id).board_id,
            school_year=year,
            document_format=document_format,
            length=length,
        )
    else:
        job = request_school_document(
            by=by,
            school_id=school_id,
            school_year=year,
            kind=kind,
            document_format=document_format,
            length=length,
        )
    return accepted(request, response, job_for(by=access(request), job_id=job.pk))


@router.get(
    "/schools/{school_id}/documents",
    response={200: Listed[DocumentReply], **problems(403, 404)},
    operation_id="list_school_documents",
    summary="De overzichten van een school en van haar bestuur",
    description="Documenten van een team staan bij de routekaart van dat team.",
)
def list_school_documents(request: HttpRequest, school_id: Id, page: Query[Page]) -> Any:
    found = documents_of_school(by=access(request), school_id=school_id)
    return paged(found, page, document_reply)


@router.post(
    "/routekaarten/{routekaart_id}/mr-summaries",
    response={202: JobReply, **problems(403, 404, 409)},
    operation_id="request_mr_summary",
    summary="De samenvatting voor de MR aanvragen",
    description="Van het plan van één team, zonder namen. Die van alle teams vraag je aan bij de "
    "school.",
)
def ask_mr_summary(
    request: HttpRequest, response: HttpResponse, routekaart_id: Id, wanted: MrSummaryRequest
) -> Status[JobReply]:
    job = request_mr_summary(
        by=access(request),
        routekaart_id=routekaart_id,
        plan_id=wanted.plan,
        document_format=DocumentFormat(wanted.format),
    )
    return accepted(request, response, job_for(by=access(request), job_id=job.pk))
