"""Why a plan is as it is, made from the tables as they stand now."""

from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

from courses.catalogue import current_catalogue
from routekaart.access import Access, Permission
from routekaart.domain.planner.changes import Words
from routekaart.domain.planner.effort import Emergency
from routekaart.domain.planner.explain import Explanation, explain, without_persons
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import Problem
from routekaart.domain.planner.taken import still_blocked
from routekaart.models import Plan as PlanRow
from routekaart.models import Routekaart
from routekaart.queries.planning.plan_versions import PlanVersions, plan_versions
from routekaart.queries.planning.problem_rows import problem_rows
from routekaart.queries.planning.problems import plan_from_json, problem_from
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

    Who may not see what a plan asks of each person gets numbers, and what is about `by`. Raises
    `NotFound` too for who sees only what was adopted, once the plan was given back.
    """
    row, sees_persons = plan_with_sight(by=by, plan_id=plan_id)
    by.fetch(Routekaart, row.routekaart_id, Permission.VIEW_PLAN)
    return explanation_of_version(by=by, row=row, sees_persons=sees_persons)


def explanation_of_version(
    *, by: Access, row: PlanRow, sees_persons: bool, versions: PlanVersions | None = None
) -> ExplainedPlan:
    """The same of a version that was read for `by`, with its school.

    `versions` is what the caller has read already.
    """
    content = plan_from_json(row.content)
    problem, explanation = explained(
        by=by,
        routekaart=row.routekaart,
        plan_from=row.plan_from,
        names=sees_persons,
        content=content,
        versions=versions,
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
    routekaart: Routekaart,
    plan_from: date,
    names: bool,
    content: Plan | None = None,
    versions: PlanVersions | None = None,
) -> tuple[Problem, Explanation]:
    """The problem of a routekaart and the explanation of the plan that would be made of it.

    `content` is the plan that is explained, else it is the latest: what its team gave up for
    another team, when they were planned together, it still does not have. The routekaart comes
    with its team and school; `versions` is what the caller has read already.
    """
    with by.entered():
        problem = problem_from(problem_rows(routekaart), plan_from=plan_from)
        versions = versions or plan_versions(routekaart)
    published = _content(versions.published)
    content = content or _content(versions.latest)
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


def _content(row: PlanRow | None) -> Plan | None:
    return plan_from_json(row.content) if row else None


def _days(explanation: Explanation) -> dict[str, Any]:
    return {goal.goal_id: goal.study_day_id for goal in explanation.placed}


def _days_left(plan: Plan, problem: Problem) -> dict[str, Any]:
    """Per goal its study day, as far as that is yet to come."""
    first = problem.plan_from or date.min
    return {
        item.goal_id: item.study_day_id for item in plan.placements if item.study_day_date >= first
    }
