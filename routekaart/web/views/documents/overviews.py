"""Documents about whole schools and boards, and asking for the summary for the MR of a team."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from routekaart import clock
from routekaart.actions.documents.overviews import (
    request_board_overview,
    request_mr_summary,
    request_school_document,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.models.jobs import DocumentFormat, DocumentKind
from routekaart.queries.documents.documents import for_people
from routekaart.queries.documents.jobs import may_handle
from routekaart.queries.documents.overview_desk import (
    OverviewDesk,
    overview_desk,
    overview_documents,
)
from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.school_documents import SchoolDocumentForm
from routekaart.web.kept import kept
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.documents.listing import listed_documents
from routekaart.web.views.documents.progress import job_card


@require_http_methods(["GET", "POST"])
@signed_in
def overviews(request: PageRequest) -> HttpResponse:
    """What there is, what is being made, and the form that asks for another."""
    desk = overview_desk(by=request.by)
    form = _form(request, desk) if desk.places else None
    if request.method == "POST" and form is not None and form.is_valid():
        with refusals(form):
            _ask(request, form)
        if not form.errors:
            return redirect("documents:overviews")
    found = for_people(overview_documents(by=request.by))
    return render(
        request,
        "documents/overviews.html",
        {
            "form": form,
            "only": desk.places[0] if len(desk.places) == 1 else None,
            "cards": [
                job_card(one, may_retry=may_handle(by=request.by, job=one)) for one in desk.jobs
            ],
            **listed_documents(request, found),
        },
        status=422 if request.method == "POST" and form is not None and form.errors else 200,
    )


@require_POST
@signed_in
def mr_summary(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Asks for the summary of the latest plan of a team, as a PDF or else as one can edit it."""
    as_word = request.POST.get("format") == DocumentFormat.DOCX
    request_mr_summary(
        by=request.by,
        routekaart_id=routekaart_id,
        document_format=DocumentFormat.DOCX if as_word else DocumentFormat.PDF,
    )
    return redirect("documents:documents", routekaart_id)


def _ask(request: PageRequest, form: SchoolDocumentForm) -> None:
    kind, place = form.chosen_kind(), form.chosen().place
    wanted: dict[str, Any] = {
        "school_year": form.chosen_year(),
        "document_format": form.chosen_format(),
        "length": form.chosen_length(),
    }
    if kind is DocumentKind.BOARD and place.board:
        request_board_overview(by=request.by, board_id=place.board, **wanted)
    elif place.school:
        request_school_document(by=request.by, school_id=place.school, kind=kind, **wanted)


def _form(request: PageRequest, desk: OverviewDesk) -> SchoolDocumentForm:
    present = SchoolYear.containing(clock.today()).start
    years = sorted({present, *desk.years}, reverse=True)
    return SchoolDocumentForm(
        request.POST if request.method == "POST" else kept(request),
        places=desk.places,
        years=years,
        initial={
            "year": _asked_year(request, years, present),
            "place": request.GET.get("school", ""),
        },
    )


def _asked_year(request: HttpRequest, years: list[int], present: int) -> str:
    asked = request.GET.get("jaar", "")
    return asked if asked in {str(year) for year in years} else str(present)
