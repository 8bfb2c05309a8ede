"""What the MR reads: plans that were adopted, and the summaries made for it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart.domain.calendar import SchoolYear
from routekaart.queries.documents.adopted import adopted_routekaarten, mr_documents
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 25
# As many as a year brings; older ones stand with the team.
_SUMMARIES = 25


@require_safe
@signed_in
def adopted(request: PageRequest) -> HttpResponse:
    """The plans by school year, and the latest summaries."""
    by = request.by
    with by.entered():
        page = Paginator(adopted_routekaarten(by=by), _PER_PAGE).get_page(
            request.GET.get("bladzijde")
        )
        rows = [(one, SchoolYear(one.school_year).label) for one in page]
        summaries = list(mr_documents(by=by)[:_SUMMARIES])
    return render(
        request,
        "documents/adopted.html",
        {"page": page, "rows": rows, "summaries": summaries},
    )
