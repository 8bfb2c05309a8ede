"""Where who runs a school begins."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.catalogue import current_catalogue
from routekaart import clock
from routekaart.access import Forbidden, Permission
from routekaart.queries.organisation.office import office_state, school_to_run, schools_to_run
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import office_page
from routekaart.web.views.office.places import places


@require_safe
@signed_in
def office(request: PageRequest) -> HttpResponse:
    """The office of the own school, or the choice among several."""
    found = schools_to_run(by=request.by)
    if not found:
        raise Forbidden(Permission.EDIT_SCHOOL)
    if len(found) == 1:
        return _office_of(request, found[0].pk)
    return render(request, "office/schools.html", {"schools": found})


@require_safe
@signed_in
def school(request: PageRequest, school_id: UUID) -> HttpResponse:
    """The office of one school."""
    return _office_of(request, school_id)


def _office_of(request: PageRequest, school_id: UUID) -> HttpResponse:
    found = school_to_run(by=request.by, school_id=school_id)
    state = office_state(by=request.by, school_id=school_id)
    shown = tuple(places(found, state, current_catalogue(), request.by, clock.today()))
    return office_page(
        request,
        "school",
        found,
        {"places": shown, "first": next((place for place in shown if place.todo), None)},
    )
