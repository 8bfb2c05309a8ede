"""Documents over HTTP: asking for one, finding it, and its file."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from ninja import Query, Router, Status

from routekaart.actions.documents.documents import open_document, request_team_plan
from routekaart.api.auth import access
from routekaart.api.documents.shapes import (
    DocumentReply,
    DocumentRequest,
    JobReply,
    accepted,
    document_reply,
)
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, problems
from routekaart.models.jobs import DocumentFormat, DocumentLength
from routekaart.queries.documents.documents import document_for, documents_of
from routekaart.queries.documents.jobs import job_for

router = Router(tags=["Documenten"])


@router.post(
    "/routekaarten/{routekaart_id}/documents",
    response={202: JobReply, **problems(403, 404, 409)},
    operation_id="request_document",
    summary="Het scholingsplan van een team aanvragen",
    description="Het antwoord is een klus; `Location` zegt waar je de voortgang leest.",
)
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
    return accepted(request, response, job_for(by=access(request), job_id=job.pk))


@router.get(
    "/routekaarten/{routekaart_id}/documents",
    response={200: Listed[DocumentReply], **problems(403, 404)},
    operation_id="list_documents",
    summary="De documenten van een routekaart",
)
def list_documents(request: HttpRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    return paged(
        documents_of(by=access(request), routekaart_id=routekaart_id), page, document_reply
    )


@router.get(
    "/documents/{document_id}",
    response={200: DocumentReply, **problems(404)},
    operation_id="get_document",
    summary="Eén document",
)
def get_document(request: HttpRequest, document_id: Id) -> Any:
    return document_reply(document_for(by=access(request), document_id=document_id))


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
