"""Assigning courses to people, in one action for a whole team, and taking them back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.actions.assigning.states import move_assignments
from routekaart.actions.assigning.storing import Label, store_batch
from routekaart.actions.changing import UNDERWAY, changing
from routekaart.domain.assigning import (
    Selection,
    from_advice,
    merged,
    picked_by_hand,
    rules_from_advice,
    rules_picked_by_hand,
)
from routekaart.domain.errors import Conflict
from routekaart.models import Assignment
from routekaart.models.assignment_batches import TargetKind
from routekaart.models.assignments import STANDING
from routekaart.models.routekaarten import State
from routekaart.queries.advice.stored import taken_advice
from routekaart.queries.assigning.needs import offered
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.organisation.teams import employments_of, members_for_assigning
from routekaart.queries.routekaarten.goals import goal_choices

MAY_ASSIGN = (State.ACCEPTED, State.PLANNED)
_TITLES = {
    Selection.ALL: "Alle cursussen van het advies",
    Selection.SMALLEST_SET: "De kleinste set van het advies",
}


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one action of assigning did: how many rows are new, and how many stood already."""

    created: int
    existing: int


def assign_from_advice(
    *, by: Access, routekaart_id: UUID, selection: Selection, today: date
) -> Assigned:
    """Assigns the accepted advice to everyone it is meant for, with what was picked by hand.

    Safe to repeat: who has a course already keeps it and gets no second one. A course that the
    catalogue has retired since is assigned to nobody.
    """
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.ASSIGN,
        states=MAY_ASSIGN,
        action="assign",
    ) as routekaart:
        # Without what the team declined.
        advice = taken_advice(routekaart)
        if advice is None:
            raise Conflict("Er is nog geen advies om toe te wijzen.", code="no_advice")
        members = members_for_assigning(
            employments_of(team_id=routekaart.team_id, schools=by.schools)
        )
        goals = goal_choices(routekaart)
        catalogue = school_catalogue(school=routekaart.team.school_id)
        picked = {course for goal in goals for course in goal.courses}
        may_be_mandatory = offered(catalogue, routekaart, picked, today)
        rules = (
            *rules_from_advice(advice=advice, goals=goals, selection=selection),
            *rules_picked_by_hand(goals, may_be_mandatory),
        )
        wanted = merged(
            new
            for new in (
                *from_advice(advice=advice, goals=goals, members=members, selection=selection),
                *picked_by_hand(goals, members, may_be_mandatory),
            )
            if new.course in catalogue.course_by_slug
        )
        stored = store_batch(
            by=by,
            routekaart=routekaart,
            label=Label(TargetKind.ADVICE, _TITLES[selection]),
            wanted=wanted,
            rules=[rule for rule in rules if rule.course in catalogue.course_by_slug],
        )
        return Assigned(created=stored.created, existing=stored.existing)


def withdraw_assignment(*, by: Access, assignment_id: UUID, at: datetime) -> None:
    """Takes an assignment back, however far the person is: it is asked no longer. Safe to repeat.

    The row stays, so that the history stays, and so does what the person did.
    """
    assignment = by.fetch(Assignment, assignment_id, Permission.ASSIGN)
    with changing(
        by=by,
        routekaart_id=assignment.routekaart_id,
        permission=Permission.ASSIGN,
        states=UNDERWAY,
        action="withdraw_assignment",
    ):
        move_assignments(rows=[assignment], step="withdraw", at=at)


def make_voluntary(
    *, by: Access, routekaart_id: UUID, course: str, person_ids: Collection[UUID]
) -> int:
    """A course that is assigned to these people is mandatory for them no more; gives how many.

    Safe to repeat. What was agreed on own hours stays on record.
    """
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=Permission.ASSIGN,
        states=MAY_ASSIGN,
        action="make_voluntary",
    ) as routekaart:
        return Assignment.objects.filter(
            routekaart=routekaart,
            course=course,
            person__in=person_ids,
            mandatory=True,
            state__in=STANDING,
        ).update(mandatory=False)
