"""Who gets which course, and why: from an advice, or by hand. Pure.

Nobody gets a course twice: what serves three goals is assigned once and counts for all three
(S16). By rule a course goes only to the functions it is meant for; by hand it may go to anyone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.advice import Advice, AdviceItem, Availability


class Selection(StrEnum):
    """How much of an advice is assigned: every offered course, or the smallest set."""

    ALL = "all"
    SMALLEST_SET = "smallest_set"


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A person of the team with its functions at this school."""

    id: str
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal, the interventions that serve it and the courses that were picked by hand."""

    id: str
    interventions: tuple[str, ...]
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """A course for a person. `goals` in the order of the goals; `reason` is Dutch."""

    person: str
    course: str
    goals: tuple[str, ...]
    reason: str
    mandatory: bool


def from_advice(
    *,
    advice: Advice,
    goals: Sequence[GoalChoice],
    members: Sequence[TeamMember],
    selection: Selection,
) -> tuple[NewAssignment, ...]:
    """What an advice means for each member, in the order of the advice and then of the members.

    Offered courses become mandatory; unconfirmed ones and those that come later are planned
    provisionally, never mandatory; locked ones are left out, as is what no goal asks for.
    """
    found: list[NewAssignment] = []
    for item in advice.items:
        if selection is Selection.SMALLEST_SET and not item.in_smallest_set:
            continue
        if item.availability is Availability.LOCKED:
            continue
        for member in members:
            goal_ids = _goals_for(item, goals, member)
            if goal_ids:
                found.append(
                    NewAssignment(
                        person=member.id,
                        course=item.course,
                        goals=goal_ids,
                        reason=item.because,
                        mandatory=item.may_be_mandatory,
                    )
                )
    return tuple(found)


def picked_by_hand(
    goals: Sequence[GoalChoice], members: Sequence[TeamMember], may_be_mandatory: Iterable[str]
) -> tuple[NewAssignment, ...]:
    """The courses that the team picked for a goal itself, for every member."""
    mandatory = frozenset(may_be_mandatory)
    by_course: dict[str, list[str]] = {}
    for goal in goals:
        for course in goal.courses:
            by_course.setdefault(course, []).append(goal.id)
    return tuple(
        NewAssignment(
            person=member.id,
            course=course,
            goals=tuple(goal_ids),
            reason="omdat: door het team gekozen bij dit doel",
            mandatory=course in mandatory,
        )
        for course, goal_ids in by_course.items()
        for member in members
    )


def merged(assignments: Iterable[NewAssignment]) -> tuple[NewAssignment, ...]:
    """One assignment per person and course: goals together, the first reason, mandatory if any."""
    kept: dict[tuple[str, str], NewAssignment] = {}
    for new in assignments:
        key = (new.person, new.course)
        old = kept.get(key)
        if old is None:
            kept[key] = new
            continue
        kept[key] = NewAssignment(
            person=old.person,
            course=old.course,
            goals=tuple(dict.fromkeys((*old.goals, *new.goals))),
            reason=old.reason,
            mandatory=old.mandatory or new.mandatory,
        )
    return tuple(kept.values())


def _goals_for(
    item: AdviceItem, goals: Sequence[GoalChoice], member: TeamMember
) -> tuple[str, ...]:
    """The goals for which this course is meant for this person."""
    functions = set(member.functions)
    serving = {
        reason.intervention
        for reason in item.reasons
        if reason.everyone or functions.intersection(reason.functions)
    }
    # What a trainer added for a goal itself.
    named = {
        reason.goal
        for reason in item.goal_reasons
        if reason.everyone or functions.intersection(reason.functions)
    }
    return tuple(
        goal.id for goal in goals if goal.id in named or serving.intersection(goal.interventions)
    )
