"""Goals of a routekaart, and the team's answers to attention points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from courses.lookup import checked_slugs
from routekaart.access import Access, Permission
from routekaart.actions.routekaarten import DRAFT, changing
from routekaart.domain.errors import BadInput
from routekaart.models import Answer, Goal, GoalCourse, GoalIntervention, Routekaart


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to the point `point` of an intervention; an empty text takes it back."""

    intervention: str
    point: str
    text: str


@dataclass(frozen=True, slots=True)
class PickedCourse:
    """A course picked by hand for a goal."""

    course: str
    reason: str = ""


def add_goal(*, by: Access, routekaart_id: UUID, values: Mapping[str, Any]) -> Goal:
    """Adds a goal to a draft; without a priority it comes last."""
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=DRAFT,
        action="add_goal",
    ) as routekaart:
        goal = Goal(routekaart=routekaart)
        goal.priority = values.get("priority") or _last_priority(routekaart) + 1
        _fill(goal, values)
    return goal


def change_goal(*, by: Access, goal_id: UUID, values: Mapping[str, Any]) -> Goal:
    """Changes what `values` names; lists replace what stood there."""
    goal = by.fetch(Goal, goal_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=goal.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=DRAFT,
        action="change_goal",
    ):
        _fill(goal, values)
    return goal


def remove_goal(*, by: Access, goal_id: UUID) -> None:
    """Removes a goal from a draft."""
    goal = by.fetch(Goal, goal_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=goal.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=DRAFT,
        action="remove_goal",
    ):
        goal.delete()


def _last_priority(routekaart: Routekaart) -> int:
    last = Goal.objects.filter(routekaart=routekaart).aggregate(last=Max("priority"))["last"]
    return last or 0


def _fill(goal: Goal, values: Mapping[str, Any]) -> None:
    catalogue = current_catalogue()
    for name in ("wording", "noticeable", "priority", "indicator"):
        if name in values and values[name] is not None:
            setattr(goal, name, values[name])
    goal.save()
    interventions: Sequence[str] | None = values.get("interventions")
    if interventions is not None:
        _check_chosen(goal.routekaart, catalogue, interventions)
        GoalIntervention.objects.filter(goal=goal).delete()
        GoalIntervention.objects.bulk_create(
            GoalIntervention(goal=goal, intervention_id=slug)
            for slug in dict.fromkeys(interventions)
        )
    courses: Sequence[PickedCourse] | None = values.get("courses")
    if courses is not None:
        checked_slugs(catalogue, "courses", [picked.course for picked in courses])
        GoalCourse.objects.filter(goal=goal).delete()
        GoalCourse.objects.bulk_create(
            GoalCourse(goal=goal, course_id=picked.course, reason=picked.reason)
            for picked in {picked.course: picked for picked in courses}.values()
        )


def _check_chosen(
    routekaart: Routekaart, catalogue: Catalogue, interventions: Sequence[str]
) -> None:
    checked_slugs(catalogue, "interventions", interventions)
    chosen = set(routekaart.chosen.values_list("intervention_id", flat=True))
    for slug in interventions:
        if slug not in chosen:
            title = catalogue.intervention_by_slug[slug].title
            raise BadInput(
                "interventions",
                f"‘{title}’ is nog niet gekozen in deze routekaart. "
                "Kies de interventie eerst, of haal haar hier weg.",
                code="intervention_not_chosen",
            )


def save_answers(*, by: Access, routekaart_id: UUID, answers: Sequence[GivenAnswer]) -> Routekaart:
    """Stores answers to attention points and "consider first"; other answers stay as they are."""
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=DRAFT,
        action="answer",
    ) as routekaart:
        catalogue = current_catalogue()
        for answer in answers:
            _check_point(catalogue, answer)
            place: dict[str, Any] = {
                "routekaart": routekaart,
                "intervention_id": answer.intervention,
                "point": answer.point,
            }
            if answer.text.strip():
                Answer.objects.update_or_create(**place, defaults={"text": answer.text})
            else:
                Answer.objects.filter(**place).delete()
    return routekaart


def _check_point(catalogue: Catalogue, answer: GivenAnswer) -> None:
    checked_slugs(catalogue, "interventions", [answer.intervention])
    intervention = catalogue.intervention_by_slug[answer.intervention]
    points = [point.slug for point in intervention.attention_points]
    points += [first.slug for first in intervention.consider_first]
    if answer.point not in points:
        raise BadInput(
            "answers",
            f"‘{intervention.title}’ heeft geen aandachtspunt ‘{answer.point}’. "
            f"Kies uit: {', '.join(points) or 'geen'}.",
            code="unknown_point",
        )
