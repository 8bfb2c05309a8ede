"""The steps team, reason and hours: plain questions about the routekaart as a whole."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from courses.catalogue import current_catalogue
from routekaart.access import Permission
from routekaart.actions.changing import BEFORE_APPROVAL
from routekaart.actions.routekaarten.routekaarten import change_routekaart
from routekaart.domain.filling_in import Part
from routekaart.models import Routekaart
from routekaart.queries.organisation.people import administrators_of, memberships_of_team
from routekaart.queries.routekaarten.carry_over import has_last_year
from routekaart.queries.routekaarten.filling_in import routekaart_to_fill_in
from routekaart.web.forms.intake import HoursForm, ReasonForm, TeamForm, planning_now
from routekaart.web.forms.shared import SharedForm
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.intake.members import shown_members
from routekaart.web.views.intake.step_page import StepPage, answer_step


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Routekaart, "routekaart_id")
def team(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Who is in the team, and what the team works with."""
    by = request.by
    routekaart = routekaart_to_fill_in(by=by, routekaart_id=routekaart_id)
    school = routekaart.team.school_id
    members = memberships_of_team(by=by, team_id=routekaart.team_id)
    context = {
        "members": shown_members(current_catalogue(), list(members)),
        "administrators": administrators_of(by=by, school_id=school),
        "office": by.allows(Permission.MANAGE_PEOPLE, school=school) and reverse("office:office"),
    }

    def form(data: QueryDict | None, row: Routekaart) -> SharedForm:
        return TeamForm(data, initial={"platforms": row.platforms})

    page = StepPage(Part.TEAM, "intake/team.html", form, _save(request, routekaart_id), context)
    return answer_step(request, routekaart, page)


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Routekaart, "routekaart_id")
def reason(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Why the team wants to learn this."""
    routekaart = routekaart_to_fill_in(by=request.by, routekaart_id=routekaart_id)

    def form(data: QueryDict | None, row: Routekaart) -> SharedForm:
        names = ("reason", "looking_back", "funding")
        return ReasonForm(data, initial={name: getattr(row, name) for name in names})

    context = {"last_year": has_last_year(by=request.by, routekaart=routekaart)}
    save = _save(request, routekaart_id)
    page = StepPage(Part.REASON, "intake/reason.html", form, save, context)
    return answer_step(request, routekaart, page)


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Routekaart, "routekaart_id")
def hours(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """How much time there is. May change until the plan is approved."""
    routekaart = routekaart_to_fill_in(by=request.by, routekaart_id=routekaart_id)

    def form(data: QueryDict | None, row: Routekaart) -> SharedForm:
        return HoursForm(data, initial=planning_now(row))

    page = StepPage(
        Part.HOURS,
        "intake/hours.html",
        form,
        _save(request, routekaart_id),
        states=BEFORE_APPROVAL,
    )
    return answer_step(request, routekaart, page)


def _save(request: PageRequest, routekaart_id: UUID) -> Callable[[SharedForm], Routekaart]:
    """Writes what this person changed, and nothing else."""

    def save(form: SharedForm) -> Routekaart:
        return change_routekaart(by=request.by, routekaart_id=routekaart_id, changes=form.changes())

    return save
