"""A routekaart as a line of steps while it is filled in, and all answers once it is handed in."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from courses.findings import Finding, Severity
from routekaart.access import STEP_PERMISSIONS, Access
from routekaart.actions import transitions
from routekaart.domain.errors import RulesBroken
from routekaart.domain.filling_in import TITLES, Part, Standing, part_of
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.models import Routekaart
from routekaart.queries.routekaarten.filled_in import filled_in
from routekaart.queries.routekaarten.filling_in import (
    FillingIn,
    filling_in,
    routekaart_to_fill_in,
    routekaart_to_see,
)
from routekaart.web.forms.intake import PLATFORMS
from routekaart.web.routekaart_tabs import may_fill_in
from routekaart.web.signed_in import PageRequest, signed_in
from routekaart.web.views.intake.answers import shown
from routekaart.web.views.intake.next_step import next_step

_WITHDRAW = "terugnemen"


@require_http_methods(["GET", "POST"])
@signed_in
def steps(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """The line of steps for who fills in; all answers and what happens now for the others."""
    by = request.by
    if request.method == "POST":
        return _do(request, routekaart_id)
    routekaart = routekaart_to_see(by=by, routekaart_id=routekaart_id)
    if not may_fill_in(by, routekaart):
        return render(request, "intake/after.html", _after(by, routekaart))
    found = filling_in(by=by, routekaart=routekaart)
    now = next(stop for stop in found.stops if stop.standing is Standing.NOW)
    context = {"routekaart": routekaart, "found": found, "now": now}
    return render(request, "intake/steps.html", context)


def _do(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    if request.POST.get("doe") == _WITHDRAW:
        transitions.withdraw(by=request.by, routekaart_id=routekaart_id)
        messages.success(request, "De routekaart is weer van jullie. Je kunt verder met invullen.")
    return redirect("intake:steps", routekaart_id)


def _after(by: Access, routekaart: Routekaart) -> dict[str, Any]:
    """What the page shows to who does not fill in."""
    may_withdraw = routekaart.state in ROUTEKAART.sources("withdraw") and by.allows(
        STEP_PERMISSIONS[ROUTEKAART.name]["withdraw"],
        school=routekaart.team.school_id,
        team=routekaart.team_id,
    )
    return {
        "next": next_step(by, routekaart),
        "may_withdraw": may_withdraw,
    } | _answers(by, routekaart)


def _answers(by: Access, routekaart: Routekaart) -> dict[str, Any]:
    found = filled_in(by=by, routekaart=routekaart)
    return {"routekaart": routekaart, "shown": shown(found, PLATFORMS)}


@require_safe
@signed_in
def answers(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """All answers on one page, for reading and for paper."""
    routekaart = routekaart_to_see(by=request.by, routekaart_id=routekaart_id)
    return render(request, "intake/answers.html", _answers(request.by, routekaart))


@require_http_methods(["GET", "POST"])
@signed_in
def check(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """Everything that the rules say, with the way to where it is mended; and handing it in."""
    by = request.by
    routekaart = routekaart_to_fill_in(by=by, routekaart_id=routekaart_id)
    faults: tuple[Finding, ...] = ()
    if request.method == "POST":
        try:
            transitions.submit(by=by, routekaart_id=routekaart_id)
        except RulesBroken as refused:
            faults = refused.findings
        else:
            messages.success(request, "Ingediend. De trainer van jullie team ziet het nu.")
            return redirect("intake:steps", routekaart_id)
    elif not may_fill_in(by, routekaart):
        return redirect("intake:steps", routekaart_id)
    found = filling_in(by=by, routekaart=routekaart)
    context = {
        "routekaart": routekaart,
        "faults": [_told(routekaart, one) for one in faults],
        "may_submit": by.allows(
            STEP_PERMISSIONS[ROUTEKAART.name]["submit"],
            school=routekaart.team.school_id,
            team=routekaart.team_id,
        ),
        **_groups(routekaart, found),
    }
    return render(request, "intake/check.html", context, status=422 if faults else 200)


def _groups(routekaart: Routekaart, found: FillingIn) -> dict[str, Any]:
    """What must be mended, what deserves a look and what is good to know, each by step."""
    holding = found.holds_back
    others = [one for one in found.findings if one not in holding]
    return {
        "must": _by_step(routekaart, holding),
        "look": _by_step(routekaart, [one for one in others if one.severity is not Severity.INFO]),
        "know": _by_step(routekaart, [one for one in others if one.severity is Severity.INFO]),
    }


def _by_step(routekaart: Routekaart, findings: Any) -> list[dict[str, Any]]:
    order = list(Part)
    sorted_by_step = sorted(findings, key=lambda one: order.index(part_of(one)))
    return [
        {
            "title": TITLES[part],
            "address": reverse(f"intake:{part}", args=[routekaart.pk]),
            "messages": [one.message for one in group],
        }
        for part, group in groupby(sorted_by_step, key=part_of)
    ]


def _told(routekaart: Routekaart, finding: Finding) -> dict[str, str]:
    part = part_of(finding)
    return {
        "message": finding.message,
        "address": reverse(f"intake:{part}", args=[routekaart.pk]),
    }
