"""Does it work? Per goal what was measured, and what the team decides."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from routekaart import clock
from routekaart.actions.quality import evaluations as actions
from routekaart.models import Goal, Indicator
from routekaart.queries.quality.evaluation_page import (
    goal_to_evaluate,
    indicator_to_measure,
    team_evaluation,
)
from routekaart.web.forms.evaluation import DecisionForm, IndicatorForm, MeasurementForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.forms.shared import SharedForm
from routekaart.web.kept import kept
from routekaart.web.one_at_a_time import one_at_a_time
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.week.warned import warn_about


@require_safe
@signed_in
def evaluation(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The goals of the team with their indicators and decisions."""
    found = team_evaluation(by=request.by, routekaart_id=routekaart_id)
    context = {"found": found, "routekaart": found.routekaart}
    return render(request, "week/evaluation.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def decision(request: PageRequest, goal_id: UUID) -> HttpResponse:
    """What the team decides about a goal."""
    goal, today = goal_to_evaluate(by=request.by, goal_id=goal_id), clock.today()
    form = DecisionForm(_data(request), initial={"decided_on": today})

    def save(values: dict[str, Any]) -> None:
        actions.decide(by=request.by, goal_id=goal_id, today=today, **values)

    return _formed(request, form, goal, save, title="Besluit over dit doel")


@require_http_methods(["GET", "POST"])
@signed_in
def new_indicator(request: PageRequest, goal_id: UUID) -> HttpResponse:
    """How the team will see whether a goal is reached."""
    goal = goal_to_evaluate(by=request.by, goal_id=goal_id)
    form = IndicatorForm(_data(request))
    form.make_new()

    def save(values: dict[str, Any]) -> None:
        actions.add_indicator(by=request.by, goal_id=goal_id, values=values)

    return _formed(request, form, goal, save, title="Waaraan zien jullie het?")


@require_http_methods(["GET", "POST"])
@signed_in
@one_at_a_time(Indicator, "indicator_id")
def indicator(request: PageRequest, indicator_id: UUID) -> HttpResponse:
    """Mends an indicator."""
    seen = indicator_to_measure(by=request.by, indicator_id=indicator_id)
    form = IndicatorForm(_data(request), initial=IndicatorForm.shown(seen))

    def save(_values: dict[str, Any]) -> None:
        changes = form.changes()
        actions.change_indicator(by=request.by, indicator_id=indicator_id, values=changes)

    return _formed(request, form, seen.goal, save, title="Indicator aanpassen")


@require_http_methods(["GET", "POST"])
@signed_in
def measurement(request: PageRequest, indicator_id: UUID) -> HttpResponse:
    """What was measured on a day."""
    seen, today = indicator_to_measure(by=request.by, indicator_id=indicator_id), clock.today()
    form = MeasurementForm(_data(request), initial={"measured_on": today})

    def save(values: dict[str, Any]) -> None:
        actions.add_measurement(by=request.by, indicator_id=indicator_id, today=today, **values)

    return _formed(request, form, seen.goal, save, title=f"Meting: {seen.name}")


def _data(request: PageRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else kept(request)


def _formed(
    request: PageRequest,
    form: forms.Form,
    goal: Goal,
    save: Callable[[dict[str, Any]], None],
    *,
    title: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save(form.cleaned_data)
        if not form.errors:
            messages.success(request, "Bewaard.")
            warn_about(request, form)
            return redirect("week:evaluation", goal.routekaart_id)
    if isinstance(form, SharedForm):
        form.seen()
    context = {"form": form, "goal": goal, "routekaart": goal.routekaart, "title": title}
    status = 422 if form.errors else 200
    return render(request, "week/evaluation_form.html", context, status=status)
