"""Everything that somebody has done: the own record."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart.queries.progress.own_record import own_record
from routekaart.web.signed_in import PageRequest, signed_in

_ON_A_PAGE = 25


@require_safe
@signed_in
def record(request: PageRequest) -> HttpResponse:
    """What one did, latest first, with what one took from it."""
    with request.by.entered():
        rows = Paginator(own_record(by=request.by), _ON_A_PAGE)
        page = rows.get_page(request.GET.get("bladzijde"))
        several = len({one.school_id for one in page}) > 1
        return render(request, "week/record.html", {"page": page, "several": several})
