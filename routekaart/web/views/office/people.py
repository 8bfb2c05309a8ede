"""The people of a school: the list, and somebody new."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue import current_catalogue
from courses.dutch import listed
from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.organisation.team_places import add_person
from routekaart.domain.content.wording import WEEKDAYS
from routekaart.queries.organisation.invitations import standing_of
from routekaart.queries.organisation.office import school_to_run
from routekaart.queries.organisation.office_people import (
    PersonHere,
    people_of_school,
    person_here,
)
from routekaart.queries.organisation.schools import teams_of_school
from routekaart.web.forms.office.people import NewPersonForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import PER_PAGE, data_of, office_page

_LONGEST_SEARCH = 100


@require_safe
@signed_in
def people(request: PageRequest, school_id: UUID) -> HttpResponse:
    """Who works at the school, by name; `?zoek=` for part of a name or address."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)
    search = request.GET.get("zoek", "").strip()[:_LONGEST_SEARCH]
    titles = {one.slug: one.title for one in current_catalogue().functions}
    with by.entered():
        found = people_of_school(by=by, school_id=school_id, search=search)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("bladzijde"))
        rows = [_row(person_here(employment), titles) for employment in page]
    query = QueryDict(mutable=True)
    if search:
        query["zoek"] = search
    return office_page(
        request,
        "people",
        school,
        {"page": page, "rows": rows, "search": search, "query": f"{query.urlencode()}&"},
    )


def _row(here: PersonHere, titles: Mapping[str, str]) -> dict[str, object]:
    employment = here.employment
    return {
        "employment": employment,
        "functions": listed([titles.get(slug, slug) for slug in employment.functions]),
        "teams": listed([team.name for team in here.teams]),
        "roles": listed([str(role.label) for role in here.roles]),
        "standing": standing_of(employment, clock.now()),
        "days": ", ".join(WEEKDAYS[day - 1][:2] for day in employment.working_days),
    }


@require_http_methods(["GET", "POST"])
@signed_in
def add(request: PageRequest, school_id: UUID) -> HttpResponse:
    """Somebody starts at the school, in teams of it."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_PEOPLE)
    with by.entered():
        teams = list(teams_of_school(by=by, school_id=school_id))
    form = NewPersonForm(
        data_of(request), initial=NewPersonForm.usual(), catalogue=current_catalogue(), teams=teams
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        with refusals(form):
            employment = add_person(
                by=by,
                school_id=school_id,
                email=values["email"],
                name=values["name"],
                roles=values["roles"],
                functions=values["functions"],
                fte=values["fte"],
                working_days=values["working_days"],
                weekly_study_minutes=values["weekly_study_minutes"],
                teams=values.get("teams", ()),
                joined_on=clock.today(),
            )
        if not form.errors:
            messages.success(
                request, "Toegevoegd. De welkomstmail met uitleg over aanmelden gaat vanzelf uit."
            )
            return redirect("office:person", employment.pk)
    return office_page(request, "person_new", school, form=form)
