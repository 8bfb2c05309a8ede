"""Making a plan: each a version that never changes."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from courses.catalogue import current_catalogue
from routekaart.access import Access, Permission
from routekaart.actions.routekaarten import changing
from routekaart.domain.errors import Conflict
from routekaart.domain.planner.greedy import METHOD, plan_greedily
from routekaart.models import Plan, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.planning import plan_to_json, problem_hash, problem_of

MAY_PLAN = (State.ACCEPTED, State.PLANNED)


def make_plan(*, by: Access, routekaart_id: UUID, today: date) -> Plan:
    """A new version of the plan, or the latest one again when nothing it rests on has changed.

    The solving happens outside the transaction; the new version is only stored when nobody
    changed the routekaart meanwhile (`Conflict` otherwise).
    """
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.MAKE_PLAN)
    problem = problem_of(routekaart_id=routekaart_id, schools=by.schools, plan_from=today)
    input_hash = problem_hash(problem, METHOD)
    if routekaart.state == State.PLANNED:
        latest = _latest(by, routekaart_id)
        if latest is not None and latest.input_hash == input_hash:
            return latest
    if not problem.goals or not problem.study_days:
        missing = "een ontwikkeldoel" if not problem.goals else "een studiedag of studiemiddag"
        raise Conflict(
            f"Er valt nog niets te plannen: voeg eerst {missing} toe.", code="nothing_to_plan"
        )
    plan = plan_greedily(problem)
    with (
        transaction.atomic(),
        changing(
            by=by,
            routekaart_id=routekaart_id,
            permission=Permission.MAKE_PLAN,
            states=MAY_PLAN,
            action="plan",
            revision=routekaart.revision,
        ) as locked,
    ):
        version = Plan.objects.filter(routekaart=locked).aggregate(last=Max("version"))["last"]
        stored = Plan.objects.create(
            routekaart=locked,
            version=(version or 0) + 1,
            content=plan_to_json(plan),
            input_hash=input_hash,
            catalogue_version=current_catalogue().version,
            made_by=by.person,
        )
        locked.state = State.PLANNED
    return stored


def _latest(by: Access, routekaart_id: UUID) -> Plan | None:
    with by.entered():
        return Plan.objects.filter(routekaart=routekaart_id).order_by("-version").first()
