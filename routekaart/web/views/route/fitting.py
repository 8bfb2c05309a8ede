"""What does not fit in the time there is, and what would help."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.access import Permission
from routekaart.actions.changing import BEFORE_APPROVAL
from routekaart.actions.planning.repairs import apply_repair, check_time_of
from routekaart.domain.planner.explain.wording import search_note
from routekaart.domain.planner.repairs import Repair
from routekaart.queries.planning.explanations import explanation_of_version
from routekaart.queries.planning.plan_page import PlanOverview, plan_overview
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def fitting(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """What waits by the latest plan. With `?zoek` also what helps: that is found by solving anew,
    and takes a while."""
    form = forms.Form(request.POST if request.method == "POST" else None)
    repair = request.POST.get("oplossing", "")
    if repair and form.is_valid():
        with refusals(form):
            done = apply_repair(
                by=request.by, routekaart_id=routekaart_id, repair_id=repair, today=clock.today()
            )
            messages.success(
                request, f"Gedaan: {done.text}. Maak het plan opnieuw om te zien wat dit oplevert."
            )
        if not form.errors:
            return redirect("route:plan", routekaart_id)
    searched = "zoek" in request.GET or bool(form.errors)
    found = plan_overview(by=request.by, routekaart_id=routekaart_id, to_check=searched)
    may_make = request.by.allows(
        Permission.MAKE_PLAN,
        school=found.routekaart.team.school_id,
        team=found.routekaart.team_id,
    )
    context: dict[str, Any] = {
        "form": form,
        "routekaart": found.routekaart,
        "team": found.routekaart.team,
        "found": found,
        "may_make": may_make,
        "can_change": found.routekaart.state in BEFORE_APPROVAL,
        "searched": searched,
    }
    if searched:
        context |= _repairs(request, found) if may_make else _explained(request, found)
    return render(request, "route/fitting.html", context, status=422 if form.errors else 200)


def _repairs(request: PageRequest, found: PlanOverview) -> dict[str, object]:
    """For who makes the plan: what can be done about it, with one click where that is allowed."""
    checked = check_time_of(
        by=request.by,
        routekaart=found.routekaart,
        today=clock.today(),
        versions=found.versions,
    )
    check = checked.check
    # What mends the same stands together: one of them is enough.
    troubles: dict[tuple[str, ...], list[tuple[Repair, bool]]] = {}
    for repair in check.repairs:
        troubles.setdefault(repair.wrong, []).append((repair, checked.may_apply[repair.id]))
    return {
        "troubles": list(troubles.items()),
        "without_repair": check.without_repair,
        "not_searched": check.not_searched,
        "note": search_note(complete=check.complete, stopped=check.stopped),
    }


def _explained(request: PageRequest, found: PlanOverview) -> dict[str, object]:
    """For everybody else: why something waits, and what would help, without names of others."""
    if found.latest is None:
        return {}
    explanation = explanation_of_version(
        by=request.by,
        row=found.latest,
        sees_persons=found.sees_persons,
        versions=found.versions,
    ).explanation
    return {
        "postponed": explanation.postponed,
        "people": explanation.people,
        "note": search_note(complete=explanation.complete, stopped=explanation.stopped),
    }
