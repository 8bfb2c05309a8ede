"""The plan: making it, what it holds, its versions, and the year that begins and ends with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.actions.planning.plans import MAY_PLAN, make_plan
from routekaart.actions.transitions import close, start
from routekaart.domain.planner.plan import Placement, Plan
from routekaart.models import Plan as PlanRow
from routekaart.models import Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.planning.plan_changes import (
    PlanChanges,
    changes_of_plan,
    changes_since,
    versions_before,
)
from routekaart.queries.planning.plan_page import PlanOverview, latest_version, plan_overview
from routekaart.queries.planning.reading import plan_as_seen
from routekaart.web.forms.refusals import refusals
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Day:
    """A study day of the plan with the goals on it."""

    id: str
    title: str
    date: date
    placements: tuple[Placement, ...]


def _make(by: Access, routekaart_id: UUID) -> str:
    made = make_plan(by=by, routekaart_id=routekaart_id, today=clock.today())
    return f"Versie {made.version} van het plan staat klaar."


def _start(by: Access, routekaart_id: UUID) -> str:
    start(by=by, routekaart_id=routekaart_id)
    return "Het jaar is begonnen. Veel succes!"


def _close(by: Access, routekaart_id: UUID) -> str:
    close(by=by, routekaart_id=routekaart_id)
    return "Het jaar is afgesloten."


_ACTIONS: Mapping[str, Callable[[Access, UUID], str]] = {
    "maken": _make,
    "beginnen": _start,
    "afsluiten": _close,
}


@require_http_methods(["GET", "POST"])
@signed_in
def plan(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """For who may see the plan; with `?controle` it also says whether the plan still fits."""
    form = forms.Form(request.POST if request.method == "POST" else None)
    action = _ACTIONS.get(request.POST.get("doe", ""))
    if action is not None and form.is_valid():
        with refusals(form):
            messages.success(request, action(request.by, routekaart_id))
        if not form.errors:
            return redirect("route:plan", routekaart_id)
    found = plan_overview(
        by=request.by, routekaart_id=routekaart_id, to_check="controle" in request.GET
    )
    pages = Paginator(found.versions.rows, _PER_PAGE)
    context = {
        "form": form,
        "routekaart": found.routekaart,
        "team": found.routekaart.team,
        "found": found,
        "page": pages.get_page(request.GET.get("bladzijde")),
        "days": _days(found.plan) if found.plan else (),
        **_steps(request.by, found),
        **_latest(request, found),
    }
    return render(request, "route/plan.html", context, status=422 if form.errors else 200)


def _days(plan: Plan) -> tuple[Day, ...]:
    return tuple(
        Day(
            day.study_day_id,
            day.title,
            day.date,
            tuple(one for one in plan.placements if one.study_day_id == day.study_day_id),
        )
        for day in plan.study_days
    )


def _steps(by: Access, found: PlanOverview) -> dict[str, bool]:
    """What this person can do in this state."""
    state = found.routekaart.state
    return {
        "before_advice": state in (State.DRAFT, State.SUBMITTED, State.ADVISED),
        "may_make": state in MAY_PLAN and _allowed(by, found.routekaart, Permission.MAKE_PLAN),
        "may_assign": _allowed(by, found.routekaart, Permission.ASSIGN),
        "may_approve": _allowed(by, found.routekaart, Permission.APPROVE),
        "may_move": _allowed(by, found.routekaart, Permission.SUBMIT_ROUTEKAART),
    }


def _allowed(by: Access, routekaart: Routekaart, permission: Permission) -> bool:
    return by.allows(permission, school=routekaart.team.school_id, team=routekaart.team_id)


def _latest(request: PageRequest, found: PlanOverview) -> dict[str, object]:
    """What the latest version changes, and whether it still fits. That takes a while, so it is
    asked for apart."""
    checks = found.latest is not None and found.routekaart.state == State.PLANNED
    checked = checks and "controle" in request.GET
    latest = latest_version(by=request.by, found=found, check=checked)
    return {
        "checks": checks,
        "checked": checked,
        "fits": latest.fits,
        "changes": latest.changes,
    }


@require_safe
@signed_in
def version(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """What one version of a plan changes, in words; with `?sinds` beside a version of choice."""
    by = request.by
    row, _, content = plan_as_seen(by=by, plan_id=plan_id)
    before = versions_before(by=by, plan_id=plan_id)
    since = request.GET.get("sinds")
    changes: PlanChanges | None
    if since is None:
        changes = changes_of_plan(by=by, plan_id=plan_id)
    elif since in map(str, before):
        changes = changes_since(by=by, plan_id=plan_id, since_version=int(since))
    else:
        raise Http404
    context: dict[str, Any] = {
        "plan": row,
        "routekaart": row.routekaart,
        "team": row.routekaart.team,
        "days": _days(content),
        "changes": changes,
        "before": before,
        "state": _state(row),
    }
    return render(request, "route/version.html", context)


def _state(row: PlanRow) -> str:
    return "vastgesteld" if row.approved_at else "voorstel"
