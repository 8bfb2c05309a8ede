"""Searching the catalogue for a course to add to an advice."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart import clock
from routekaart.queries.advice.desk import desk_page
from routekaart.queries.catalogue.public import CourseFilter, courses
from routekaart.web.forms.catalogue import CourseSearch
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.trainer.bureau import OPEN_STATES

_PER_PAGE = 20


@require_safe
@signed_in
def adding(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The courses of the school that fit the words; each leads to the form that adds it."""
    found = desk_page(by=request.by, routekaart_id=routekaart_id, today=clock.today())
    form = CourseSearch(request.GET or None, catalogue=found.catalogue)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    rows = courses(
        found.catalogue,
        CourseFilter(
            words=asked.get("woorden") or None,
            audience=asked.get("functie") or None,
            package=asked.get("pakket") or None,
            platform=asked.get("platform") or None,
        ),
    )
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("bladzijde"))
    rest = request.GET.copy()
    rest.pop("bladzijde", None)
    context = {
        "routekaart": found.routekaart,
        "team": found.routekaart.team,
        "form": form,
        "page": page,
        "rows": [course for course, _ in page],
        "present": {item.course for item in found.desk.advice.items},
        "is_open": found.routekaart.state in OPEN_STATES,
        "query": f"{rest.urlencode()}&" if rest else "",
    }
    return render(request, "trainer/adding.html", context, status=422 if form.errors else 200)
