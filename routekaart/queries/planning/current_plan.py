"""The plan on which people count: the version that was approved last, or else the latest."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Case, OuterRef, QuerySet, Subquery, When

from routekaart.domain.planner.plan import Plan
from routekaart.models import Plan as PlanRow
from routekaart.models import Routekaart
from routekaart.queries.planning.problems import plan_from_json


def current_plan(routekaart: Routekaart) -> Plan | None:
    """The plan of one routekaart; None before the first. Call inside the scope of its school."""
    row = _best_first(PlanRow.objects.filter(routekaart=routekaart)).first()
    return plan_from_json(row.content) if row else None


def current_plans(routekaarten: Collection[UUID]) -> Mapping[UUID, UUID]:
    """The id of the plan of each of several routekaarten, in one query. Call inside the scope."""
    found: dict[UUID, UUID] = {}
    adopted: set[UUID] = set()
    rows = PlanRow.objects.filter(routekaart__in=routekaarten).order_by("-version")
    for pk, routekaart, approved_at in rows.values_list("pk", "routekaart_id", "approved_at"):
        if routekaart not in found or (approved_at is not None and routekaart not in adopted):
            found[routekaart] = pk
        if approved_at is not None:
            adopted.add(routekaart)
    return found


def current_rows(routekaarten: Collection[UUID]) -> "QuerySet[PlanRow]":
    """The same plans as rows, for who reads of them what it needs. Call inside the scope."""
    of_routekaart = PlanRow.objects.filter(routekaart=OuterRef("routekaart"))
    counts = _best_first(of_routekaart)
    return PlanRow.objects.filter(
        routekaart__in=list(routekaarten), pk=Subquery(counts.values("pk")[:1])
    )


def _best_first(rows: "QuerySet[PlanRow]") -> "QuerySet[PlanRow]":
    return rows.order_by(Case(When(approved_at__isnull=False, then=0), default=1), "-version")
