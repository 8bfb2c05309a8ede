"""Until when people have for a course, by the plan on which they count."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from routekaart.models import Plan
from routekaart.queries.planning.current_plan import current_plans

# Routekaart, person, course.
Asked = tuple[UUID, str, str]


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """When a course has to be done first, for which study day, and the week (its Monday) in which
    the plan begins with it."""

    deadline: date
    study_day: UUID
    week: date


def deadlines_of(routekaarten: Collection[UUID]) -> Mapping[Asked, date]:
    """The first deadline of each course of each person. Call inside the scope."""
    return {key: asked.deadline for key, asked in asked_of(routekaarten).items()}


def asked_of(routekaarten: Collection[UUID]) -> Mapping[Asked, AskedBefore]:
    """What the plan asks first of each course of each person. Call inside the scope."""
    found: dict[Asked, AskedBefore] = {}
    for routekaart, item in _weeks(current_plans(routekaarten).values()):
        key = (routekaart, item["member_id"], item["course"])
        asked = AskedBefore(
            deadline=date.fromisoformat(item["deadline"]),
            study_day=UUID(item["study_day_id"]),
            week=date.fromisoformat(item["week"]),
        )
        found[key] = _first(found.get(key, asked), asked)
    return found


def _first(one: AskedBefore, other: AskedBefore) -> AskedBefore:
    earliest = min(one, other, key=lambda item: item.deadline)
    return AskedBefore(earliest.deadline, earliest.study_day, min(one.week, other.week))


def _weeks(plans: Collection[UUID]) -> Iterator[tuple[UUID, Mapping[str, str]]]:
    # As it was stored: a plan as the domain's value takes far longer to make.
    for routekaart, weeks in Plan.objects.filter(pk__in=plans).values_list(
        "routekaart_id", "content__preparation_weeks"
    ):
        for week in weeks:
            yield routekaart, week
