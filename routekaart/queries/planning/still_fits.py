"""Whether a plan still fits what it was made from."""

from typing import Any
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.models import Plan
from routekaart.queries.planning.problems import plan_is_outdated


def plan_still_fits(*, by: Access, plan_id: UUID) -> bool:
    """False when people, days, hours or assignments have changed since it was made."""
    plan: Any = by.fetch(Plan, plan_id, Permission.VIEW_PLAN)
    with by.entered():
        return not plan_is_outdated(plan, school=plan.access_school)
