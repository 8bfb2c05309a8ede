"""Assigning courses to people, in one action for a whole team, and taking them back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courses.entities import Catalogue
from routekaart.access import Access, Permission
from routekaart.actions.assigning.batches import Preview
from routekaart.actions.assigning.states import move_assignments
from routekaart.actions.assigning.storing import Label, store_batch
from routekaart.actions.changing import UNDERWAY, changing, check_state
from routekaart.domain.assigning import (
    NewAssignment,
    NewRule,
    Selection,
    from_advice,
    merged,
    picked_by_hand,
    rules_from_advice,
    rules_picked_by_hand,
)
from routekaart.domain.assigning.batch import verdicts_from_advice
from routekaart.domain.errors import Conflict
from routekaart.models import Assignment, Routekaart
from routekaart.models.assignment_batches import TargetKind
from routekaart.models.assignments import STANDING
from routekaart.models.routekaarten import State
from routekaart.queries.advice.stored import taken_advice
from routekaart.queries.assigning.needs import (
    Colleague,
    colleagues_of,
    offered,
    pairs_of,
    standing_of,
)
from routekaart.queries.catalogue.school_catalogue import school_catalogue
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
        given = _given(routekaart, selection, today)
        stored = store_batch(
            by=by,
            routekaart=routekaart,
            label=Label(TargetKind.ADVICE, _TITLES[selection]),
            wanted=given.wanted,
            rules=given.rules,
        )
        return Assigned(created=stored.created, existing=stored.existing)


def preview_from_advice(
    *, by: Access, routekaart_id: UUID, selection: Selection, today: date
) -> Preview:
    """What `assign_from_advice` would do now. Nothing is stored. Raises as that does."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.ASSIGN, along=("team__school",))
    with by.entered():
        check_state(routekaart, MAY_ASSIGN)
        given = _given(routekaart, selection, today)
        here, elsewhere = pairs_of(
            standing_of(
                routekaart,
                (new.person for new in given.wanted),
                (new.course for new in given.wanted),
            )
        )
    courses = given.catalogue.course_by_slug
    asked = {new.course for new in given.wanted}
    minutes = {slug: courses[slug].duration_minutes for slug in asked}
    return Preview(
        verdicts=verdicts_from_advice(given.wanted, minutes, here=here, elsewhere=elsewhere),
        names={one.member.id: one.name for one in given.colleagues},
        titles={slug: courses[slug].title for slug in asked},
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """What an advice gives whom, and the rules behind it."""

    catalogue: Catalogue
    colleagues: tuple[Colleague, ...]
    wanted: tuple[NewAssignment, ...]
    rules: tuple[NewRule, ...]


def _given(routekaart: Routekaart, selection: Selection, today: date) -> _Given:
    """Call inside the scope of the routekaart's school."""
    # Without what the team declined.
    advice = taken_advice(routekaart)
    if advice is None:
        raise Conflict("Er is nog geen advies om toe te wijzen.", code="no_advice")
    colleagues = colleagues_of(routekaart)
    members = tuple(colleague.member for colleague in colleagues)
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
    return _Given(
        catalogue,
        colleagues,
        wanted,
        tuple(rule for rule in rules if rule.course in catalogue.course_by_slug),
    )


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
