"""What a team sees of its plan: the latest version, what came before, and how far it is."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from routekaart.access import Access, Permission
from routekaart.domain.planner.plan import Plan
from routekaart.models import Assignment, Routekaart
from routekaart.models import Plan as PlanRow
from routekaart.models.assignments import STANDING
from routekaart.queries.planning.reading import plan_as_seen


@dataclass(frozen=True, slots=True)
class PlanOverview:
    """`plan`: the latest version as this person may see it. `versions` newest first, without
    their content; evaluate inside `by.entered()`. `assigned`: whether anybody has a course."""

    routekaart: Routekaart
    latest: PlanRow | None
    plan: Plan | None
    sees_persons: bool
    versions: "QuerySet[PlanRow]"
    assigned: bool


def plan_overview(*, by: Access, routekaart_id: UUID) -> PlanOverview:
    """The plan of a routekaart, for who may see it; before the first plan it holds none."""
    routekaart: Any = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_PLAN, along=("team__school",)
    )
    with by.entered():
        versions = PlanRow.objects.filter(routekaart=routekaart).order_by("-version")
        latest = versions.values_list("pk", flat=True).first()
        assigned = Assignment.objects.filter(routekaart=routekaart, state__in=STANDING).exists()
    row, sees_persons, plan = plan_as_seen(by=by, plan_id=latest) if latest else (None, False, None)
    return PlanOverview(
        routekaart=routekaart,
        latest=row,
        plan=plan,
        sees_persons=sees_persons,
        versions=versions.defer("content").select_related("made_by"),
        assigned=assigned,
    )
