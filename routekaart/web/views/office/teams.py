"""The teams of a school, and who is in them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.organisation.people import add_membership, remove_membership
from routekaart.actions.organisation.schools import add_team, rename_team
from routekaart.models import Team
from routekaart.queries.organisation.office import school_to_run
from routekaart.queries.organisation.office_people import (
    members_of_team,
    membership_to_end,
    people_to_choose,
    team_to_run,
)
from routekaart.queries.organisation.schools import teams_of_school
from routekaart.web.forms.office.people import MemberForm
from routekaart.web.forms.office.school import TeamForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.office.page import PER_PAGE, data_of, office_page


@require_http_methods(["GET", "POST"])
@signed_in
def teams(request: PageRequest, school_id: UUID) -> HttpResponse:
    """All teams with how many are in them, and a form for one more."""
    by = request.by
    school = school_to_run(by=by, school_id=school_id, permission=Permission.MANAGE_TEAMS)
    form = TeamForm(data_of(request))
    form.make_new()
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            team = add_team(by=by, school_id=school_id, name=form.cleaned_data["name"])
        if not form.errors:
            messages.success(request, f"Team {team.name} is gemaakt.")
            return redirect("office:teams", school_id)
    with by.entered():
        found = teams_of_school(by=by, school_id=school_id)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("bladzijde"))
        return office_page(request, "teams", school, {"page": page}, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def team(request: PageRequest, team_id: UUID) -> HttpResponse:
    """Who is in a team, and a form for one more."""
    by = request.by
    found = team_to_run(by=by, team_id=team_id)
    manages = by.allows(Permission.MANAGE_PEOPLE, school=found.school_id)
    form = _joining(request, found) if manages else None
    if request.method == "POST" and form is not None and form.is_valid():
        with refusals(form):
            add_membership(
                by=by,
                team_id=team_id,
                person_id=form.cleaned_data["person"],
                joined_on=form.cleaned_data["joined_on"],
            )
        if not form.errors:
            messages.success(request, "Toegevoegd aan het team.")
            return redirect("office:team", team_id)
    with by.entered():
        rows = members_of_team(by=by, team_id=team_id)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("bladzijde"))
        context = {"team": found, "page": page, "manages": manages}
        return office_page(request, "team", found.school, context, form=form)


def _joining(request: PageRequest, team: Team) -> MemberForm:
    # Who joined meanwhile can still be sent, and is told so.
    outside = team.pk if request.method == "GET" else None
    return MemberForm(
        data_of(request),
        initial={"joined_on": clock.today()},
        people=people_to_choose(by=request.by, school_id=team.school_id, outside=outside),
    )


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Team, "team_id")
def rename(request: PageRequest, team_id: UUID) -> HttpResponse:
    """Another name for a team."""
    found = team_to_run(by=request.by, team_id=team_id)
    form = TeamForm(data_of(request), initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            rename_team(by=request.by, team_id=team_id, name=form.cleaned_data["name"])
        if not form.errors:
            messages.success(request, "Bewaard.")
            return redirect("office:team", team_id)
    form.seen()
    return office_page(request, "team_rename", found.school, {"team": found}, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def leave_team(request: PageRequest, membership_id: UUID) -> HttpResponse:
    """Somebody goes out of a team; asked once more, for what was open there falls away."""
    membership = membership_to_end(by=request.by, membership_id=membership_id)
    if request.method == "POST":
        remove_membership(by=request.by, membership_id=membership_id)
        messages.success(
            request, f"{membership.person.name} zit niet meer in {membership.team.name}."
        )
        return redirect("office:team", membership.team_id)
    return office_page(request, "team_leave", membership.team.school, {"membership": membership})
