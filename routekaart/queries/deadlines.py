"""Until when people have for a course, by the plan on which they count."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from routekaart.models import Plan

# Routekaart, person, course.
Asked = tuple[UUID, str, str]


def current_plans(routekaarten: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Per routekaart the plan that counts: the one approved last, or else the latest.

    Call inside the scope.
    """
    found: dict[UUID, UUID] = {}
    adopted: set[UUID] = set()
    rows = Plan.objects.filter(routekaart__in=routekaarten).order_by("-version")
    for pk, routekaart, approved_at in rows.values_list("pk", "routekaart_id", "approved_at"):
        if routekaart not in found or (approved_at is not None and routekaart not in adopted):
            found[routekaart] = pk
        if approved_at is not None:
            adopted.add(routekaart)
    return found


def deadlines_of(routekaarten: Collection[UUID]) -> Mapping[Asked, date]:
    """The first deadline of each course of each person. Call inside the scope."""
    found: dict[Asked, date] = {}
    for routekaart, week in _weeks(current_plans(routekaarten).values()):
        key = (routekaart, week["member_id"], week["course"])
        deadline = date.fromisoformat(week["deadline"])
        found[key] = min(deadline, found.get(key, deadline))
    return found


def _weeks(plans: Collection[UUID]) -> Iterator[tuple[UUID, Mapping[str, str]]]:
    # As it was stored: a plan as the domain's value takes far longer to make.
    for routekaart, weeks in Plan.objects.filter(pk__in=plans).values_list(
        "routekaart_id", "content__preparation_weeks"
    ):
        for week in weeks:
            yield routekaart, week
