"""Making a plan: each a version that never changes."""

from datetime import date
from uuid import UUID

from courses.catalogue import current_catalogue
from routekaart.access import Access, Permission
from routekaart.actions.changing import changing, check_revision, check_state
from routekaart.actions.transitions import check_rules
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import Conflict
from routekaart.domain.planner.greedy import METHOD, plan_greedily
from routekaart.domain.rules import Transition
from routekaart.models import Plan, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.planning import plan_from_json, plan_to_json, problem_hash, problem_of

MAY_PLAN = (State.ACCEPTED, State.PLANNED)


def make_plan(*, by: Access, routekaart_id: UUID, today: date) -> Plan:
    """A new version of the plan, or the latest one again when nothing it rests on has changed.

    The solving happens outside the transaction; the new version is only stored when nobody
    changed the routekaart meanwhile. Raises `Conflict` (`wrong_state`, `nothing_to_plan`,
    `stale_revision`), and `RulesBroken` with everything that holds the plan back.
    """
    seen = by.fetch(Routekaart, routekaart_id, Permission.MAKE_PLAN)
    check_state(seen, MAY_PLAN)
    # Before the year there is nothing to plan: the same plan comes out on every day of spring.
    plan_from = max(today, SchoolYear(seen.school_year).first_day)
    problem = problem_of(routekaart_id=routekaart_id, schools=by.schools, plan_from=plan_from)
    if not problem.study_days:
        raise Conflict(
            "Er valt nog niets te plannen: voeg eerst een studiedag of studiemiddag toe.",
            code="nothing_to_plan",
        )
    input_hash = problem_hash(problem, METHOD)
    with by.entered():
        latest = _latest(seen)
    known = latest is not None and latest.input_hash == input_hash
    if latest is not None and known and seen.state == State.PLANNED:
        return latest
    plan = plan_from_json(latest.content) if latest and known else plan_greedily(problem)
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.MAKE_PLAN,
        states=MAY_PLAN,
        action="plan",
    ) as routekaart:
        check_rules(routekaart, Transition.PLAN, plan)
        latest = _latest(routekaart)
        if latest is None or latest.input_hash != input_hash:
            check_revision(routekaart, seen.revision)
            latest = Plan.objects.create(
                routekaart=routekaart,
                version=latest.version + 1 if latest else 1,
                content=plan_to_json(plan),
                input_hash=input_hash,
                plan_from=plan_from,
                catalogue_version=current_catalogue().version,
                made_by=by.person,
            )
        routekaart.state = State.PLANNED
    return latest


def _latest(routekaart: Routekaart) -> Plan | None:
    return Plan.objects.filter(routekaart=routekaart).order_by("-version").first()
