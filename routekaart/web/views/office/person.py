"""One person at one school: what is known, and a form for each part of it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue import current_catalogue
from courses.dutch import dutch_date, dutch_number, listed
from routekaart import clock
from routekaart.actions.organisation.leave import add_leave, remove_leave
from routekaart.actions.organisation.people import Away, change_employment, end_employment
from routekaart.actions.organisation.team_places import change_teams
from routekaart.domain.content.wording import WEEKDAYS, duration
from routekaart.domain.errors import DomainError
from routekaart.models import Employment
from routekaart.queries.organisation.office_people import PersonHere, person_at_school
from routekaart.queries.organisation.schools import teams_of_school
from routekaart.web.forms.office.people import LeaveForm, RolesForm, TeamsForm, WorkForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.shared import SharedForm
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import data_of, office_page, still_runs
from routekaart.web.views.office.person_sign_in import sign_in_of


@require_safe
@signed_in
def person(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """What is known of somebody at this school."""
    here = person_at_school(by=request.by, employment_id=employment_id)
    employment = here.employment
    titles = {one.slug: one.title for one in current_catalogue().functions}
    minutes = employment.weekly_study_minutes
    return office_page(
        request,
        "person",
        employment.school,
        {
            "employment": employment,
            "functions": listed([titles.get(slug, slug) for slug in employment.functions]),
            "fte": dutch_number(float(employment.fte)),
            "days": listed([WEEKDAYS[day - 1] for day in employment.working_days]),
            "study_time": "" if minutes is None else f"{duration(minutes)} per week",
            "roles": listed([str(role.label) for role in here.roles]),
            "teams": here.teams,
            "leave": [_period(first, last) for first, last in here.leave],
            **sign_in_of(employment),
        },
    )


def _period(first: date, last: date) -> str:
    if first == last:
        return dutch_date(first)
    return f"{dutch_date(first)} tot en met {dutch_date(last)}"


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Employment, "employment_id")
def work(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """Functions, part of the week, days and study time."""
    here = person_at_school(by=request.by, employment_id=employment_id)
    form = WorkForm(
        data_of(request),
        initial=WorkForm.stands(here.employment),
        catalogue=current_catalogue(),
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            change_employment(by=request.by, employment_id=employment_id, changes=form.changes())
        if not form.errors:
            return _saved(request, here)
    lead = "Daarmee kiest routekaart cursussen en weken die passen."
    return _part(request, here, form, "Werk", lead)


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Employment, "employment_id")
def roles(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """What somebody may do here."""
    here = person_at_school(by=request.by, employment_id=employment_id)
    form = RolesForm(data_of(request), initial={"roles": list(here.roles)})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            change_employment(
                by=request.by,
                employment_id=employment_id,
                changes={},
                roles=form.changes().get("roles"),
            )
        if not form.errors:
            return _saved(request, here)
    lead = "Een rol geldt bij deze school. Zonder rol kan iemand nergens bij."
    return _part(request, here, form, "Rollen", lead)


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Employment, "employment_id")
def teams(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """In which teams somebody is."""
    by = request.by
    here = person_at_school(by=by, employment_id=employment_id)
    with by.entered():
        there = list(teams_of_school(by=by, school_id=here.employment.school_id))
    form = TeamsForm(
        data_of(request), initial={"teams": [str(team.pk) for team in here.teams]}, teams=there
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            change_teams(
                by=by,
                employment_id=employment_id,
                teams=form.cleaned_data["teams"],
                joined_on=clock.today(),
            )
        if not form.errors:
            return _saved(request, here)
    lead = (
        "Wie in een team komt, krijgt de cursussen die daar voor iedereen gelden. Wie eruit gaat, "
        "houdt wat af is; wat openstond vervalt."
    )
    return _part(request, here, form, "Teams", lead)


@require_http_methods(["GET", "POST"])
@signed_in
def leave(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """When somebody is away: the periods, and one more."""
    by = request.by
    here = person_at_school(by=by, employment_id=employment_id)
    periods = {f"{first}/{last}": Away(first, last) for first, last in here.leave}
    gone = periods.get(request.POST.get("weg", ""))
    if gone is not None or "weg" in request.POST:
        if gone is not None:
            remove_leave(by=by, employment_id=employment_id, away=gone)
        messages.success(request, "Weggehaald.")
        return redirect("office:leave", employment_id)
    form = LeaveForm(data_of(request))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            add_leave(by=by, employment_id=employment_id, away=form.away())
        if not form.errors:
            messages.success(request, "Toegevoegd.")
            return redirect("office:leave", employment_id)
    shown = [(key, _period(away.first_day, away.last_day)) for key, away in periods.items()]
    return office_page(
        request,
        "leave",
        here.employment.school,
        {"employment": here.employment, "periods": shown},
        form=form,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def leaving(request: PageRequest, employment_id: UUID) -> HttpResponse:
    """Somebody goes away from the school for good; asked once more, for it cannot be undone."""
    here = person_at_school(by=request.by, employment_id=employment_id)
    school = here.employment.school
    faults: list[str] = []
    if request.method == "POST":
        try:
            end_employment(by=request.by, employment_id=employment_id)
        except DomainError as error:
            faults.append(error.message)
        else:
            messages.success(request, f"{here.employment.shown_name} is weg bij {school.name}.")
            if not still_runs(request, here.employment.person_id, school.pk):
                return redirect("home")
            return redirect("office:people", school.pk)
    return office_page(
        request, "leaving", school, {"employment": here.employment, "faults": faults}
    )


def _saved(request: PageRequest, here: PersonHere) -> HttpResponse:
    messages.success(request, "Bewaard.")
    if not still_runs(request, here.employment.person_id, here.employment.school_id):
        return redirect("home")
    return redirect("office:person", here.employment.pk)


def _part(
    request: PageRequest, here: PersonHere, form: SharedForm, title: str, lead: str
) -> HttpResponse:
    form.seen()
    return office_page(
        request,
        "person_part",
        here.employment.school,
        {"employment": here.employment, "part": title, "lead": lead},
        form=form,
    )
