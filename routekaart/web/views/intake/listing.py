"""The routekaarten that somebody sees, beginning a new one, and taking along last year's goals."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from routekaart import clock
from routekaart.access import Access
from routekaart.actions.routekaarten.carry_over import carry_over as take_along
from routekaart.actions.routekaarten.routekaarten import create_routekaart
from routekaart.domain.errors import BadInput
from routekaart.models import Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.routekaarten.carry_over import LastYear, last_year_of
from routekaart.queries.routekaarten.filling_in import routekaart_to_fill_in
from routekaart.queries.routekaarten.within_reach import (
    may_start,
    routekaarten_within_reach,
    startable,
)
from routekaart.web.forms.intake import CarryForm, StartForm
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.intake.next_step import NextStep, draft_hint, next_step

_PER_PAGE = 20
_NO_GOAL = "geen"


@dataclass(frozen=True, slots=True)
class Row:
    routekaart: Routekaart
    next: NextStep


@require_safe
@signed_in
def routekaarten(request: PageRequest) -> HttpResponse:
    by = request.by
    rows = routekaarten_within_reach(by=by)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("bladzijde"))
    shown = [_row(by, one) for one in page.object_list]
    context = {
        "page": page,
        "rows": shown,
        "may_start": may_start(by=by),
        "schools": len(by.schools) > 1,
    }
    if not shown and context["may_start"]:
        # Nothing else to do here: the beginning itself is on the page.
        there = startable(by=by, today=clock.today())
        context |= {"startable": there, "form": StartForm(startable=there)}
    return render(request, "intake/routekaarten.html", context)


def _row(by: Access, routekaart: Routekaart) -> Row:
    step = next_step(by, routekaart)
    if routekaart.state == State.DRAFT and step.mine:
        step = replace(step, text=draft_hint(routekaart))
    return Row(routekaart, step)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: PageRequest) -> HttpResponse:
    """A new routekaart, for a team of one's own."""
    by = request.by
    there = startable(by=by, today=clock.today())
    form = StartForm(request.POST if request.method == "POST" else None, startable=there)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made = create_routekaart(
                by=by,
                team_id=form.asked.team.pk,
                school_year=form.asked.year.start,
                reason="",
            )
        if not form.errors:
            before = last_year_of(by=by, routekaart_id=made.pk)
            left = before is not None and (before.goals or before.agreements)
            return redirect("intake:carry_over" if left else "intake:team", made.pk)
    context = {"form": form, "startable": there}
    return render(request, "intake/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def carry_over(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """What last year left open: each goal goes along only when somebody says so."""
    by = request.by
    routekaart = routekaart_to_fill_in(by=by, routekaart_id=routekaart_id)
    before = last_year_of(by=by, routekaart_id=routekaart_id)
    if before is None:
        return redirect("intake:team", routekaart_id)
    form = CarryForm(
        request.POST or None,
        agreements=[*before.agreements, *(a for goal in before.goals for a in goal.agreements)],
    )
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            done = take_along(
                by=by,
                routekaart_id=before.routekaart.pk,
                goal_id=_asked_goal(before, request.POST.get("doel", "")),
                agreement_ids=[UUID(pk) for pk in form.cleaned_data["agreements"]],
            )
            left_out = ", ".join(f"‘{title}’" for title in done.left_out)
            messages.success(
                request,
                "Meegenomen."
                + (f" Niet meer in de catalogus, dus niet mee: {left_out}." if left_out else ""),
            )
        if not form.errors:
            return redirect("intake:carry_over", routekaart_id)
    context = {"routekaart": routekaart, "before": before, "form": form}
    return render(request, "intake/carry_over.html", context, status=422 if form.errors else 200)


def _asked_goal(before: LastYear, asked: str) -> UUID | None:
    if asked == _NO_GOAL:
        return None
    for one in before.goals:
        if str(one.goal.pk) == asked:
            return one.goal.pk
    raise BadInput(
        "goal",
        "Dit doel staat niet in de lijst. Kies een doel uit de lijst.",
        code="not_of_this_routekaart",
    )
