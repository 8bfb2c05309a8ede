"""Until when people have for a course, by the plan on which they count."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from routekaart.models import Plan
from routekaart.queries.planning.current_plan import current_plans

# Routekaart, person, course.
Asked = tuple[UUID, str, str]


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
