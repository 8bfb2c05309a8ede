"""Goals of a routekaart, and the team's answers to attention points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, Q

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from courses.lookup import checked_slugs
from routekaart.access import Access, NotFound, Permission
from routekaart.actions.changing import DRAFT, changing
from routekaart.actions.routekaarten.routekaarten import check_chosen
from routekaart.domain.errors import BadInput
from routekaart.models import (
    Answer,
    Goal,
    GoalCourse,
    GoalIntervention,
    GoalOrder,
    Routekaart,
)
from routekaart.queries.catalogue.school_catalogue import school_catalogue


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
    seen = by.fetch(Goal, goal_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=DRAFT,
        action="change_goal",
    ) as routekaart:
        goal = _present(routekaart, goal_id)
        _fill(goal, values)
    return goal


def remove_goal(*, by: Access, goal_id: UUID) -> None:
    """Removes a goal from a draft."""
    seen = by.fetch(Goal, goal_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=DRAFT,
        action="remove_goal",
    ) as routekaart:
        _present(routekaart, goal_id).delete()


def move_goal(*, by: Access, goal_id: UUID, up: bool) -> Goal:
    """One place up or down in the order of importance; at the end of the row nothing moves."""
    seen = by.fetch(Goal, goal_id, Permission.EDIT_ROUTEKAART)
    with changing(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.EDIT_ROUTEKAART,
        states=DRAFT,
        action="change_goal",
    ) as routekaart:
        moving = _present(routekaart, goal_id)
        row = list(Goal.objects.filter(routekaart=routekaart))
        place = row.index(moving)
        to = max(0, min(len(row) - 1, place + (-1 if up else 1)))
        row.insert(to, row.pop(place))
        # Numbered anew: priorities may be equal, and have holes.
        for priority, goal in enumerate(row, start=1):
            goal.priority = priority
        Goal.objects.bulk_update(row, ["priority"])
    return row[to]


def _present(routekaart: Routekaart, goal_id: UUID) -> Goal:
    """The goal as it stands now that the routekaart is locked; what was read before may be old."""
    goal = Goal.objects.filter(pk=goal_id).first()
    if goal is None:
        raise NotFound("Goal")
    goal.routekaart = routekaart
    return goal


def _last_priority(routekaart: Routekaart) -> int:
    last = Goal.objects.filter(routekaart=routekaart).aggregate(last=Max("priority"))["last"]
    return last or 0


def _fill(goal: Goal, values: Mapping[str, Any]) -> None:
    for name in ("wording", "noticeable", "priority", "indicator", "stops"):
        if name in values and values[name] is not None:
            setattr(goal, name, values[name])
    goal.save()
    interventions: Sequence[str] | None = values.get("interventions")
    if interventions is not None:
        check_chosen(goal.routekaart, "interventions", interventions)
        GoalIntervention.objects.filter(goal=goal).delete()
        GoalIntervention.objects.bulk_create(
            GoalIntervention(goal=goal, intervention_id=slug)
            for slug in dict.fromkeys(interventions)
        )
    courses: Sequence[PickedCourse] | None = values.get("courses")
    if courses is not None:
        known = school_catalogue(school=goal.routekaart.team.school_id)
        checked_slugs(known, "courses", [picked.course for picked in courses])
        GoalCourse.objects.filter(goal=goal).delete()
        GoalCourse.objects.bulk_create(
            GoalCourse(goal=goal, course_id=picked.course, reason=picked.reason)
            for picked in {picked.course: picked for picked in courses}.values()
        )
    after: Sequence[UUID] | None = values.get("after")
    if after is not None:
        _set_order(goal, after)


def _set_order(goal: Goal, after: Sequence[UUID]) -> None:
    """A circle is stored as it is: the team may still be turning goals round (a finding)."""
    wanted = set(after)
    if goal.pk in wanted:
        raise BadInput(
            "after",
            "Een doel kan niet na zichzelf komen. Kies andere doelen, of geen.",
            code="goal_after_itself",
        )
    present = Goal.objects.filter(routekaart=goal.routekaart_id, pk__in=wanted)
    if present.count() != len(wanted):
        raise BadInput(
            "after",
            "Een doel komt na doelen van dezelfde routekaart, en een van deze hoort daar niet "
            "bij. Kies uit de doelen van deze routekaart.",
            code="unknown_goal",
        )
    GoalOrder.objects.filter(goal=goal).delete()
    GoalOrder.objects.bulk_create(
        GoalOrder(goal=goal, earlier_id=earlier) for earlier in dict.fromkeys(after)
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
        checked_slugs(catalogue, "interventions", [answer.intervention for answer in answers])
        for answer in answers:
            _check_point(catalogue, answer)
        # The last word on a point counts.
        given = {(answer.intervention, answer.point): answer for answer in answers}
        kept = [answer for answer in given.values() if answer.text.strip()]
        check_chosen(routekaart, "answers", [answer.intervention for answer in kept])
        _take_back(routekaart, [answer for answer in given.values() if not answer.text.strip()])
        Answer.objects.bulk_create(
            [
                Answer(
                    routekaart=routekaart,
                    intervention_id=answer.intervention,
                    point=answer.point,
                    text=answer.text,
                )
                for answer in kept
            ],
            update_conflicts=True,
            unique_fields=["routekaart", "intervention", "point"],
            update_fields=["text"],
        )
    return routekaart


def _take_back(routekaart: Routekaart, answers: Sequence[GivenAnswer]) -> None:
    emptied = Q()
    for answer in answers:
        emptied |= Q(intervention=answer.intervention, point=answer.point)
    if emptied:
        Answer.objects.filter(emptied, routekaart=routekaart).delete()


def _check_point(catalogue: Catalogue, answer: GivenAnswer) -> None:
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
