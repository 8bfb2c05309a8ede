"""The goals of a routekaart as assigning and planning see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, UUIDField, Value

from routekaart.domain.assigning import GoalChoice
from routekaart.models import Goal, Routekaart
from routekaart.queries.routekaarten.routekaarten import links_of_chosen


def goal_choices(routekaart: Routekaart) -> tuple[GoalChoice, ...]:
    """The goals by priority, each with what serves it.

    An option of category F serves the goals whose interventions ask for it (S07), and comes after
    those. Call inside the scope of the routekaart's school.
    """
    goals = (
        Goal.objects.filter(routekaart=routekaart)
        .order_by()
        .values_list(
            "pk",
            "priority",
            "goal_interventions__pk",
            "goal_interventions__intervention_id",
            "goal_courses__pk",
            "goal_courses__course_id",
        )
    )
    no_goal = Value(None, output_field=UUIDField())
    nothing = Value(0, output_field=IntegerField())
    links = (
        links_of_chosen()
        .filter(routekaart=routekaart)
        .order_by()
        .values_list(no_goal, nothing, "pk", "intervention_id", nothing, "facility_id")
    )
    asked: dict[str, dict[int, str]] = {}
    found: dict[tuple[int, str], _Found] = {}
    # Links stand for no goal. One query: much is built on this.
    rows: Iterable[tuple[UUID | None, int, int, Any, int, Any]] = goals.union(links, all=True)
    for goal, priority, one, first, other, second in rows:
        if goal is None:
            asked.setdefault(first, {})[one] = second
            continue
        row = found.setdefault((priority, str(goal)), _Found({}, {}))
        if first is not None:
            row.interventions[one] = first
        if second is not None:
            row.courses[other] = second
    return tuple(
        GoalChoice(
            id=goal,
            interventions=_with_facilities(_in_order(row.interventions), asked),
            courses=_in_order(row.courses),
        )
        for (_, goal), row in sorted(found.items())
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """By the key of the row that says so: rows are in the order in which they were made."""

    interventions: dict[int, str]
    courses: dict[int, str]


def _in_order(rows: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(rows[key] for key in sorted(rows))


def _with_facilities(
    own: tuple[str, ...], asked: Mapping[str, Mapping[int, str]]
) -> tuple[str, ...]:
    facilities = [facility for slug in own for facility in _in_order(asked.get(slug, {}))]
    return tuple(dict.fromkeys((*own, *facilities)))
