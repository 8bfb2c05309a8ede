"""Making plans: each a version that never changes."""

from collections.abc import Collection
from datetime import date
from time import monotonic
from uuid import UUID

from django.db import transaction

from courses.catalogue import current_catalogue
from routekaart.access import Access, Permission
from routekaart.actions.changing import check_revision, check_state, moving
from routekaart.actions.progress.completions import apply_known_completions
from routekaart.actions.transitions import check_rules
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.domain.planner.effort import Emergency
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.domain.planner.problem import Problem
from routekaart.domain.planner.school import plan_together
from routekaart.domain.rules import Transition
from routekaart.models import Plan, Routekaart, School
from routekaart.models.routekaarten import State
from routekaart.queries.planning.problems import (
    plan_from_json,
    plan_to_json,
    problem_hash,
    problem_of,
    published_plan,
)

MAY_PLAN = ROUTEKAART.sources("plan")


def make_plan(*, by: Access, routekaart_id: UUID, today: date) -> Plan:
    """A new version of the plan, or the latest one again when nothing it rests on has changed.

    It changes as little as can be of the version that was approved last. The solving happens
    outside the transaction; the new version is only stored when nobody changed the routekaart
    meanwhile. Raises `Conflict` (`wrong_state`, `nothing_to_plan`, `stale_revision`), and
    `RulesBroken` with everything that holds the plan back.
    """
    seen = by.fetch(Routekaart, routekaart_id, Permission.MAKE_PLAN)
    check_state(seen, MAY_PLAN)
    first = plan_from(seen, today)
    with transaction.atomic(), by.entered():
        apply_known_completions(routekaart=seen, today=today)
    problem = problem_of(routekaart_id=routekaart_id, schools=by.schools, plan_from=first)
    _check_days([problem])
    input_hash = problem_hash(problem)
    with by.entered():
        latest, published = _latest(seen), published_plan(seen)
    known = latest is not None and latest.input_hash == input_hash
    if latest is not None and known and seen.state == State.PLANNED:
        return latest
    plan = (
        plan_from_json(latest.content)
        if latest and known
        else plan_optimally(problem, published, emergency=Emergency.by(monotonic))
    )
    return _store(by, seen, problem, plan, first)


def make_school_plans(
    *, by: Access, school_id: UUID, school_year: SchoolYear, today: date
) -> list[Plan]:
    """New versions for all teams of a school that may be planned, made together.

    Only teams that `by` may plan for; the hours that others have planned are kept free. They share
    what they share: people with one pool of hours, rooms and trainers. All versions
    are stored or none. Raises as `make_plan` does; `nothing_to_plan` when no team has study days.
    """
    by.fetch(School, school_id, Permission.MAKE_PLAN)
    with by.entered():
        seen = list(
            Routekaart.objects.filter(
                by.visible(Routekaart, Permission.MAKE_PLAN),
                team__school=school_id,
                school_year=school_year.start,
                state__in=MAY_PLAN,
            )
            .select_related("team__school")
            .order_by("id")
        )
    first = max(today, school_year.first_day)
    teams = [routekaart.team_id for routekaart in seen]
    with transaction.atomic(), by.entered():
        for routekaart in seen:
            apply_known_completions(routekaart=routekaart, today=today)
    problems = {
        str(routekaart.pk): problem_of(
            routekaart_id=routekaart.pk,
            schools=by.schools,
            plan_from=first,
            beside=teams,
        )
        for routekaart in seen
    }
    problems = {key: problem for key, problem in problems.items() if problem.study_days}
    _check_days(problems.values())
    with by.entered():
        published = {
            str(routekaart.pk): plan for routekaart in seen if (plan := published_plan(routekaart))
        }
    plans = plan_together(
        problems,
        published,
        names={str(routekaart.pk): routekaart.team.name for routekaart in seen},
        emergency=Emergency.by(monotonic),
    )
    with transaction.atomic():
        return [
            _store(by, routekaart, problems[str(routekaart.pk)], plans[str(routekaart.pk)], first)
            for routekaart in seen
            if str(routekaart.pk) in plans
        ]


def plan_from(routekaart: Routekaart, today: date) -> date:
    """The first day that is planned.

    Before the year there is nothing to plan: the same plan comes out on every day of spring.
    """
    return max(today, SchoolYear(routekaart.school_year).first_day)


def _check_days(problems: Collection[Problem]) -> None:
    if not any(problem.study_days for problem in problems):
        raise Conflict(
            "Er valt nog niets te plannen: voeg eerst een studiedag of studiemiddag toe.",
            code="nothing_to_plan",
        )


def _store(by: Access, seen: Routekaart, problem: Problem, plan: DomainPlan, first: date) -> Plan:
    """The version that holds a plan: the latest when that was made of the same."""
    input_hash = problem_hash(problem)
    with moving(by=by, routekaart_id=seen.pk, step="plan") as routekaart:
        check_rules(routekaart, Transition.PLAN, plan)
        latest = _latest(routekaart)
        if latest is None or latest.input_hash != input_hash:
            check_revision(routekaart, seen.revision)
            latest = Plan.objects.create(
                routekaart=routekaart,
                version=latest.version + 1 if latest else 1,
                content=plan_to_json(plan),
                input_hash=input_hash,
                plan_from=first,
                catalogue_version=current_catalogue().version,
                made_by=by.person,
            )
    return latest


def _latest(routekaart: Routekaart) -> Plan | None:
    return Plan.objects.filter(routekaart=routekaart).order_by("-version").first()
