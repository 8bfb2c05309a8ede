"""What somebody catches up on who joined the team after a study day, to read or to print."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart import clock
from routekaart.queries.study_day.latecomers import latecomers_of_routekaart, package_of
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 20


@require_safe
@signed_in
def latecomers(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Per latecomer the days that were missed, with courses, answers and agreements."""
    by = request.by
    routekaart, rows, year = latecomers_of_routekaart(
        by=by, routekaart_id=routekaart_id, today=clock.today()
    )
    with by.entered():
        # Read at once: there are few, and nothing of them is made before its page is asked for.
        page = Paginator(list(rows), _PER_PAGE).get_page(request.GET.get("bladzijde"))
        context = {
            "routekaart": routekaart,
            "page": page,
            "packages": [package_of(one, year) for one in page],
        }
        return render(request, "preparing/latecomers.html", context)
