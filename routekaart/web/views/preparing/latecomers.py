"""What somebody catches up on who joined the team after a study day, to read or to print."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart import clock
from routekaart.access import Permission
from routekaart.queries.routekaarten.routekaarten import routekaart_to_read
from routekaart.queries.study_day.latecomers import latecomers_of, package_of
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 20


@require_safe
@signed_in
def latecomers(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Per latecomer the days that were missed, with courses, answers and agreements."""
    by = request.by
    routekaart = routekaart_to_read(
        by=by, routekaart_id=routekaart_id, permission=Permission.VIEW_NOTES
    )
    with by.entered():
        rows, year = latecomers_of(
            by=by,
            team_id=routekaart.team_id,
            school_year=routekaart.school_year,
            mine=False,
            today=clock.today(),
        )
        page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("bladzijde"))
        context = {
            "routekaart": routekaart,
            "page": page,
            "packages": [package_of(one, year) for one in page] if year else [],
        }
        return render(request, "preparing/latecomers.html", context)
