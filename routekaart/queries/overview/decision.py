"""What a director needs to decide about a plan, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from courses.findings import Finding, Severity
from routekaart.access import STEP_PERMISSIONS, Access, Permission
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.hours import MemberHours
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.domain.overview import TeamHours, Waiting, team_hours, waiting
from routekaart.domain.plan_in_short import PlanInShort, plan_in_short
from routekaart.domain.rules import Transition, blocking
from routekaart.models import Plan, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.advice.rounds import declined_items
from routekaart.queries.planning.plan_changes import PlanChanges, changes_of_plan
from routekaart.queries.planning.problem_rows import problem_rows
from routekaart.queries.planning.problems import plan_from_json, plan_is_outdated
from routekaart.queries.planning.reading import plan_as_seen
from routekaart.queries.routekaarten.along import ADVICE, PLAN, along
from routekaart.queries.routekaarten.rules import findings_of

_HOURS = TypeAdapter(tuple[MemberHours, ...])
_MAY = STEP_PERMISSIONS[ROUTEKAART.name]


@dataclass(frozen=True, slots=True)
class Decision:
    """`version` of the plan is the latest; None, like what follows from it, before the first.

    `may_approve` and `may_return`: this person may make that step now.
    """

    routekaart: Routekaart
    version: int | None
    short: PlanInShort | None
    hours: TeamHours | None
    changes: PlanChanges | None
    waiting: Waiting
    may_approve: bool
    may_return: bool


@dataclass(frozen=True, slots=True)
class DecisionFindings:
    """What the rules say now: `blocking` holds the approval back, `warnings` do not."""

    blocking: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def decision_of(*, by: Access, routekaart_id: UUID, today: date) -> Decision:
    """The latest plan in short, what it changes, and whether `by` decides about it."""
    routekaart = _routekaart(by, routekaart_id)
    marks: Any = routekaart
    with by.entered():
        row = Plan.objects.filter(routekaart=routekaart).order_by("-version").first()
        declined = routekaart.state == State.ADVISED and _declined(routekaart)
    changes = short = hours = None
    if row is not None:
        _, _, seen = plan_as_seen(by=by, plan_id=row.pk)
        short = plan_in_short(plan_from_json(row.content), seen)
        hours = team_hours(_HOURS.validate_python(row.content["hours"]))
        changes = changes_of_plan(by=by, plan_id=row.pk) if row.version > 1 else None

    def may(step: str) -> bool:
        return routekaart.state in ROUTEKAART.sources(step) and by.allows(
            _MAY[step], school=marks.access_school, team=marks.access_team
        )

    return Decision(
        routekaart=routekaart,
        version=row.version if row else None,
        short=short,
        hours=hours,
        changes=changes,
        waiting=waiting(
            routekaart.state,
            year_is_over=SchoolYear(routekaart.school_year).last_day < today,
            declined=declined,
        ),
        may_approve=may("approve"),
        may_return=may("return"),
    )


def decision_findings(*, by: Access, routekaart_id: UUID) -> DecisionFindings:
    """What the rules say of a routekaart as it stands now, as far as it matters for a decision."""
    routekaart = _routekaart(by, routekaart_id, [ADVICE, PLAN])
    with by.entered():
        found = findings_of(routekaart)
    return DecisionFindings(
        blocking=blocking(found, Transition.APPROVE),
        warnings=tuple(one for one in found if one.severity is Severity.WARNING),
    )


def waiting_plan_is_outdated(*, by: Access, routekaart_id: UUID) -> bool:
    """Whether something has changed that the plan was made from, so that it cannot be approved."""
    routekaart = _routekaart(by, routekaart_id)
    if routekaart.state != State.PLANNED:
        return False
    with by.entered():
        plan = Plan.objects.filter(routekaart=routekaart).order_by("-version").first()
        return plan is not None and plan_is_outdated(
            plan, school=routekaart.team.school_id, rows=problem_rows(routekaart)
        )


def _declined(routekaart: Routekaart) -> bool:
    rows = Routekaart.objects.filter(pk=routekaart.pk).annotate(declined=declined_items())
    return bool(rows.values_list("declined", flat=True)[0])


def _routekaart(by: Access, routekaart_id: UUID, contents: Sequence[str] = ()) -> Routekaart:
    return by.fetch(
        Routekaart,
        routekaart_id,
        Permission.VIEW_PLAN,
        along=("team__school",),
        also=along(contents),
    )
