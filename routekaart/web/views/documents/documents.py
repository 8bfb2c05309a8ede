"""The documents of a routekaart: asking for one, seeing it being made, opening it."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from routekaart.access import NotFound
from routekaart.actions.documents.bundles import cancel_job
from routekaart.actions.documents.documents import open_document, request_team_plan
from routekaart.actions.documents.jobs import retry_job
from routekaart.domain.calendar import SchoolYear
from routekaart.models import Job, Routekaart
from routekaart.models.jobs import JobKind
from routekaart.queries.documents.documents import documents_of, for_people
from routekaart.queries.documents.health import document_desk, job_with_health
from routekaart.queries.documents.jobs import job_for, may_handle
from routekaart.web.forms.documents import DocumentForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.documents.bundles import bundle_page
from routekaart.web.views.documents.listing import listed_documents
from routekaart.web.views.documents.progress import job_card


@require_http_methods(["GET", "POST"])
@signed_in
def documents(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """What there is, what is being made, and the form that asks for another."""
    desk = document_desk(by=request.by, routekaart_id=routekaart_id)
    data = request.POST if request.method == "POST" else kept(request)
    form = DocumentForm(data, may_have_persons=desk.may_have_persons)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            request_team_plan(
                by=request.by,
                routekaart_id=routekaart_id,
                persons=form.wants_persons(),
                document_format=form.chosen_format(),
                length=form.chosen_length(),
            )
        if not form.errors:
            return redirect("documents:documents", routekaart_id)
    return render(
        request,
        "documents/documents.html",
        {
            "desk": desk,
            "routekaart": desk.routekaart,
            "year": SchoolYear(desk.routekaart.school_year).label,
            "form": form,
            "cards": [job_card(one, may_retry=desk.may_make or one.private) for one in desk.jobs],
            **_list(request, desk.routekaart),
        },
        status=422 if form.errors and request.method == "POST" else 200,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def job(request: PageRequest, job_id: UUID) -> HttpResponse:
    """How one job stands; in the background only the part about it. A post tries it again.

    Of a bundle a post may also cancel it, or try one of its documents again.
    """
    if request.method == "POST":
        return redirect(*_home(_changed(request, job_id)))
    found = job_with_health(by=request.by, job_id=job_id)
    if found.kind == JobKind.BUNDLE:
        return bundle_page(request, found, looks=_looks(request))
    context: dict[str, Any] = {
        "card": job_card(
            found, may_retry=may_handle(by=request.by, job=found), looks=_looks(request)
        ),
        "routekaart": found.routekaart,
    }
    if not request.htmx:
        return render(request, "documents/job.html", context)
    if context["card"].done and found.routekaart:
        # The list on the page, which now has one more.
        context |= _list(request, found.routekaart)
    return render(request, "documents/job_answer.html", context)


@require_safe
@signed_in
def download(request: PageRequest, document_id: UUID) -> HttpResponseBase:
    """The file itself."""
    document, file = open_document(by=request.by, document_id=document_id)
    return FileResponse(
        file, as_attachment=True, filename=document.file_name, content_type=document.media_type
    )


def _list(request: PageRequest, routekaart: Routekaart) -> dict[str, Any]:
    rows = for_people(documents_of(by=request.by, routekaart_id=routekaart.pk))
    return listed_documents(request, rows, routekaart)


def _changed(request: PageRequest, job_id: UUID) -> Job:
    """The job whose page it is, after what was asked was done."""
    if request.POST.get("doe") == "annuleren":
        return cancel_job(by=request.by, job_id=job_id)
    part = request.POST.get("klus")
    if part is None:
        return retry_job(by=request.by, job_id=job_id)
    try:
        retry_job(by=request.by, job_id=UUID(part))
    except ValueError:
        raise NotFound("Job") from None
    return job_for(by=request.by, job_id=job_id)


def _home(job: Job) -> tuple[Any, ...]:
    """Where a job is looked at best."""
    if job.routekaart_id is None:
        return ("documents:job", job.pk)
    return ("documents:documents", job.routekaart_id)


def _looks(request: HttpRequest) -> int:
    text = request.GET.get("keer", "")
    return int(text) if len(text) < 4 and text.isascii() and text.isdigit() else 0
