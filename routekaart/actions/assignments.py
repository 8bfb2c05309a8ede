"""Assigning courses to people, in one action for a whole team, and taking them back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courses.advice import Availability
from courses.entities import Catalogue
from courses.offers import course_availability
from routekaart.access import Access, Permission
from routekaart.actions.changing import changing
from routekaart.domain.assigning import (
    NewAssignment,
    Selection,
    from_advice,
    merged,
    picked_by_hand,
)
from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.models import Assignment, AssignmentGoal, Routekaart
from routekaart.models.assignments import STANDING
from routekaart.models.routekaarten import State
from routekaart.queries.advice import taken_advice
from routekaart.queries.goals import goal_choices
from routekaart.queries.school_catalogue import school_catalogue
from routekaart.queries.teams import employments_of, members_for_assigning

MAY_ASSIGN = (State.ACCEPTED, State.PLANNED)


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
        offered = [
            course
            for goal in goals
            for course in goal.courses
            if _is_offered(catalogue, course, routekaart, today)
        ]
        wanted = merged(
            new
            for new in (
                *from_advice(advice=advice, goals=goals, members=members, selection=selection),
                *picked_by_hand(goals, members, offered),
            )
            if new.course in catalogue.course_by_slug
        )
        return _store(by, routekaart, wanted)


def withdraw_assignment(*, by: Access, assignment_id: UUID, at: datetime) -> None:
    """Takes an assignment back. The row stays, so that the history stays; safe to repeat."""
    assignment = by.fetch(Assignment, assignment_id, Permission.ASSIGN)
    with changing(
        by=by,
        routekaart_id=assignment.routekaart_id,
        permission=Permission.ASSIGN,
        states=MAY_ASSIGN,
        action="withdraw_assignment",
    ):
        state = Assignment.objects.select_for_update().get(pk=assignment.pk).state
        after = ASSIGNMENT.after(state, "withdraw")
        if state != after:
            Assignment.objects.filter(pk=assignment.pk).update(
                state=after, state_since=at, state_reason=""
            )


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


def _is_offered(catalogue: Catalogue, course: str, routekaart: Routekaart, today: date) -> bool:
    if course not in catalogue.course_by_slug:
        return False
    availability, _ = course_availability(
        catalogue,
        course,
        platforms=routekaart.platforms,
        packages=routekaart.team.school.packages,
        today=today,
    )
    return availability is Availability.OFFERED


def _store(by: Access, routekaart: Routekaart, wanted: Sequence[NewAssignment]) -> Assigned:
    rows = Assignment.objects.filter(routekaart=routekaart, state__in=STANDING)
    standing = {
        (str(person), course): pk
        for person, course, pk in rows.values_list("person_id", "course_id", "pk")
    }
    fresh = [
        (
            Assignment(
                routekaart=routekaart,
                person_id=UUID(new.person),
                course_id=new.course,
                reason=new.reason,
                mandatory=new.mandatory,
                assigned_by=by.person,
            ),
            new,
        )
        for new in wanted
        if (new.person, new.course) not in standing
    ]
    Assignment.objects.bulk_create([row for row, _ in fresh], batch_size=500)
    links = [(row.pk, goal) for row, new in fresh for goal in new.goals]
    links += [
        (standing[new.person, new.course], goal)
        for new in wanted
        if (new.person, new.course) in standing
        for goal in new.goals
    ]
    AssignmentGoal.objects.bulk_create(
        [AssignmentGoal(assignment_id=pk, goal_id=UUID(goal)) for pk, goal in links],
        batch_size=500,
        ignore_conflicts=True,
    )
    return Assigned(created=len(fresh), existing=len(wanted) - len(fresh))
