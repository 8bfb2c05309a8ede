"""The goals of a team: "Wij leren …", in order of importance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from routekaart import clock
from routekaart.actions.changing import DRAFT
from routekaart.actions.routekaarten.goals import add_goal, change_goal, move_goal, remove_goal
from routekaart.domain.filling_in import Part
from routekaart.models import Goal, Routekaart
from routekaart.queries.routekaarten.goal_list import TeamGoals, goal_list
from routekaart.web.forms.intake_choices.goal import GoalForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.kept import kept
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.intake.choosing import editing, shared_context


@dataclass(frozen=True, slots=True)
class _Shown:
    """A goal with what belongs to it in words."""

    goal: Goal
    interventions: tuple[str, ...]
    courses: tuple[str, ...]
    after: tuple[str, ...]
    hints: tuple[str, ...]


@require_http_methods(["GET", "POST"])
@signed_in
def goals(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """All goals, with buttons to order them."""
    team = goal_list(by=request.by, routekaart_id=routekaart_id)
    if request.method == "POST":
        for name, up in (("hoger", True), ("lager", False)):
            if moved := _goal(team, request.POST.get(name, "")):
                move_goal(by=request.by, goal_id=moved.pk, up=up)
        return redirect("intake:goals", routekaart_id)
    return render(
        request,
        "intake/choices/goals.html",
        {
            **_shared(request, team),
            "goals": [_shown(team, goal) for goal in team.goals],
            "notes": team.about_all,
            "stops": [goal.stops for goal in team.goals if goal.stops.strip()],
            "chosen": team.chosen,
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def new_goal(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """A goal more."""
    team = goal_list(by=request.by, routekaart_id=routekaart_id)
    form = GoalForm(request.POST if request.method == "POST" else kept(request), team=team)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if _is_sent_again(team, values):
            return redirect("intake:goals", routekaart_id)
        with refusals(form):
            add_goal(by=request.by, routekaart_id=routekaart_id, values=values)
        if not form.errors:
            return redirect("intake:goals", routekaart_id)
    return render(
        request,
        "intake/choices/goal_new.html",
        {
            **_shared(request, team),
            "form": form,
            "number": len(team.goals) + 1,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Routekaart, "routekaart_id")
def goal(request: PageRequest, routekaart_id: UUID, goal_id: UUID) -> HttpResponse:
    """One goal; saves by itself."""
    team, subject = _found(request, routekaart_id, goal_id)
    data = request.POST if request.method == "POST" else kept(request)
    form = GoalForm(data, team=team, goal=subject)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            if values := form.values():
                change_goal(by=request.by, goal_id=goal_id, values=values)
        if not form.errors and not request.htmx:
            return redirect("intake:goals", routekaart_id)
        if not form.errors:
            team, subject = _found(request, routekaart_id, goal_id)
            form = GoalForm(team=team, goal=subject)
    in_background = request.method == "POST" and request.htmx
    if not in_background:
        form.seen()
    return render(
        request,
        f"intake/choices/goal{'_saved' if in_background else ''}.html",
        {
            **_shared(request, team),
            "form": form,
            "shown": _shown(team, subject),
            "saved_at": clock.now(),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def remove(request: PageRequest, routekaart_id: UUID, goal_id: UUID) -> HttpResponse:
    """Asks once whether a goal may go."""
    team, subject = _found(request, routekaart_id, goal_id)
    if request.method == "POST":
        remove_goal(by=request.by, goal_id=goal_id)
        messages.success(request, "Het doel is weg.")
        return redirect("intake:goals", routekaart_id)
    return render(
        request,
        "intake/choices/goal_remove.html",
        _shared(request, team) | {"goal": subject},
    )


def _shared(request: PageRequest, team: TeamGoals) -> dict[str, Any]:
    now = editing(team.routekaart, may_edit=team.may_edit, states=DRAFT)
    return shared_context(request.by, team.routekaart, Part.GOALS, now)


def _found(request: PageRequest, routekaart_id: UUID, goal_id: UUID) -> tuple[TeamGoals, Goal]:
    team = goal_list(by=request.by, routekaart_id=routekaart_id)
    found = team.goal(goal_id)
    if found is None:
        raise Http404
    return team, found


def _is_sent_again(team: TeamGoals, values: Mapping[str, Any]) -> bool:
    """After a double click or the back button: the same goal again is one goal."""
    return any(goal.wording == values["wording"] for goal in team.goals)


def _goal(team: TeamGoals, key: str) -> Goal | None:
    return next((goal for goal in team.goals if str(goal.pk) == key), None)


def _shown(team: TeamGoals, goal: Goal) -> _Shown:
    interventions = [row.intervention_id for row in goal.goal_interventions.all()]
    courses = team.catalogue.course_by_slug
    picked = [row.course_id for row in goal.goal_courses.all()]
    earlier = {row.earlier_id for row in goal.order_rows.all()}
    return _Shown(
        goal=goal,
        interventions=tuple(team.chosen.get(slug, slug) for slug in interventions),
        courses=tuple(courses[slug].title if slug in courses else slug for slug in picked),
        after=tuple(one.wording for one in team.goals if one.pk in earlier),
        hints=team.about(goal),
    )
