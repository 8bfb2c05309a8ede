"""Why a plan is as it is, made from the tables as they stand now."""

from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

from courses.catalogue import current_catalogue
from routekaart.access import Access
from routekaart.domain.planner.changes import Words
from routekaart.domain.planner.effort import Emergency
from routekaart.domain.planner.explain import Explanation, explain, without_persons
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import Problem
from routekaart.domain.planner.taken import still_blocked
from routekaart.models import Plan as PlanRow
from routekaart.models import Routekaart
from routekaart.queries.planning.problems import plan_from_json, problem_of, published_plan
from routekaart.queries.routekaarten.routekaarten import plan_with_sight


@dataclass(frozen=True, slots=True)
class ExplainedPlan:
    """`is_current`: a plan made now would have the same goals on the same study days."""

    routekaart_id: UUID
    explanation: Explanation
    is_current: bool
    sees_persons: bool


def explanation_of_plan(*, by: Access, plan_id: UUID) -> ExplainedPlan:
    """What is explained is the problem as it stands now, planned from the first day of the plan.

    Who may not see what a plan asks of each person gets numbers, and what is about `by`.
    """
    row, sees_persons = plan_with_sight(by=by, plan_id=plan_id)
    content = plan_from_json(row.content)
    problem, explanation = explained(
        by=by,
        routekaart_id=row.routekaart_id,
        plan_from=row.plan_from,
        names=sees_persons,
        content=content,
    )
    if not sees_persons:
        explanation = without_persons(explanation, str(by.person.pk))
    return ExplainedPlan(
        routekaart_id=row.routekaart_id,
        explanation=explanation,
        is_current=_days(explanation) == _days_left(content, problem),
        sees_persons=sees_persons,
    )


def explained(
    *,
    by: Access,
    routekaart_id: UUID,
    plan_from: date,
    names: bool,
    content: Plan | None = None,
) -> tuple[Problem, Explanation]:
    """The problem of a routekaart and the explanation of the plan that would be made of it.

    `content` is the plan that is explained, else it is the latest: what its team gave up for
    another team, when they were planned together, it still does not have.
    """
    problem = problem_of(routekaart_id=routekaart_id, schools=by.schools, plan_from=plan_from)
    with by.entered():
        routekaart = Routekaart.objects.get(pk=routekaart_id)
        published = published_plan(routekaart)
        content = content or _latest(routekaart_id)
    plurals = {function.slug: function.plural for function in current_catalogue().functions}
    explanation = explain(
        problem,
        published,
        Words(plurals, names),
        evens=routekaart.goals_per_day is None,
        blocked=still_blocked(problem, content) if content else None,
        emergency=Emergency.by(monotonic),
    )
    return problem, explanation


def _latest(routekaart_id: UUID) -> Plan | None:
    row = PlanRow.objects.filter(routekaart=routekaart_id).order_by("-version").first()
    return plan_from_json(row.content) if row else None


def _days(explanation: Explanation) -> dict[str, Any]:
    return {goal.goal_id: goal.study_day_id for goal in explanation.placed}


def _days_left(plan: Plan, problem: Problem) -> dict[str, Any]:
    """Per goal its study day, as far as that is yet to come."""
    first = problem.plan_from or date.min
    return {
        item.goal_id: item.study_day_id for item in plan.placements if item.study_day_date >= first
    }
