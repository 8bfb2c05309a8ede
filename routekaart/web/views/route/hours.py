"""The hours that a plan asks: own time and time of the school, apart."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from routekaart.domain.content.wording import compact
from routekaart.domain.hours import Activity, Confidence, HoursKind, MemberHours
from routekaart.queries.planning.hours import hours_of_plan
from routekaart.queries.planning.reading import plan_as_seen
from routekaart.web.signed_in import PageRequest, signed_in

_PER_PAGE = 25
_ACTIVITIES = {
    Activity.PREPARATION: "Voorbereiding",
    Activity.STUDY_DAY: "Studiedagen",
    Activity.PLG: "PLG",
    Activity.FOLLOW_UP: "Vervolg",
    Activity.EVALUATION: "Evaluatie",
}
_SURE = {
    Confidence.A: "Zo staat het in de cao.",
    Confidence.B: "Dit komt uit één goede bron.",
    Confidence.C: "Controleer dit eerst: we weten het niet zeker.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """The hours of one person, written as 6:30. `budget`: own hours in a year; None: unknown."""

    name: str
    own: str
    budget: str | None
    over: bool
    assigned: str
    assumed: str
    off_day: str
    parts: tuple[tuple[str, str, str], ...]


@require_safe
@signed_in
def hours(request: PageRequest, plan_id: UUID) -> HttpResponse:
    """What the plan asks of everybody, or only of who looks."""
    plan, sees_persons, _ = plan_as_seen(by=request.by, plan_id=plan_id)
    ledger = hours_of_plan(by=request.by, plan_id=plan_id)
    page = Paginator(ledger.rows, _PER_PAGE).get_page(request.GET.get("bladzijde"))
    rule = ledger.rule
    return render(
        request,
        "route/hours.html",
        {
            "plan": plan,
            "routekaart": plan.routekaart,
            "team": plan.routekaart.team,
            "sees_persons": sees_persons,
            "page": page,
            "rows": [_row(name, one) for name, one in page.object_list],
            "rule": rule,
            "sure": _SURE[rule.confidence] if rule else "",
            "in_force": rule is not None and rule.is_valid_on(ledger.year.first_day),
        },
    )


def _row(name: str | None, one: MemberHours) -> Row:
    return Row(
        name=name or "Niet meer bekend",
        own=compact(one.individual_minutes),
        budget=None if one.budget_minutes is None else compact(one.budget_minutes),
        over=one.budget_minutes is not None and one.individual_minutes > one.budget_minutes,
        assigned=compact(one.assigned_minutes),
        assumed=compact(one.assumed_minutes) if one.assumed_minutes else "",
        off_day=compact(one.off_day_minutes) if one.off_day_minutes else "",
        parts=tuple(
            (
                title,
                _of(one, activity, HoursKind.INDIVIDUAL),
                _of(one, activity, HoursKind.ASSIGNED),
            )
            for activity, title in _ACTIVITIES.items()
            if any(line.activity is activity for line in one.lines)
        ),
    )


def _of(one: MemberHours, activity: Activity, kind: HoursKind) -> str:
    minutes = sum(
        line.minutes for line in one.lines if line.activity is activity and line.kind is kind
    )
    return compact(minutes) if minutes else "–"
