"""Who gets which course, and why: from an advice, or picked by hand for a goal. Pure."""

from collections.abc import Iterable, Sequence

from courses.advice import Advice, AdviceItem, Availability
from routekaart.domain.assigning.entities import (
    GoalChoice,
    NewAssignment,
    NewRule,
    Selection,
    TeamMember,
)

_PICKED = "omdat: door het team gekozen bij dit doel"


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
    for item in _assignable(advice, selection):
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


def rules_from_advice(
    *, advice: Advice, goals: Sequence[GoalChoice], selection: Selection
) -> tuple[NewRule, ...]:
    """The rules behind `from_advice`: what somebody who joins later gets by the same advice."""
    return tuple(
        NewRule(goal.id, item.course, function, item.may_be_mandatory, item.because)
        for item in _assignable(advice, selection)
        for reason in item.reasons
        for goal in goals
        if reason.intervention in goal.interventions
        for function in ([""] if reason.everyone else reason.functions)
    )


def _assignable(advice: Advice, selection: Selection) -> Iterable[AdviceItem]:
    for item in advice.items:
        if selection is Selection.SMALLEST_SET and not item.in_smallest_set:
            continue
        if item.availability is not Availability.LOCKED:
            yield item


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
            reason=_PICKED,
            mandatory=course in mandatory,
        )
        for course, goal_ids in by_course.items()
        for member in members
    )


def rules_picked_by_hand(
    goals: Sequence[GoalChoice], may_be_mandatory: Iterable[str]
) -> tuple[NewRule, ...]:
    """The rules behind `picked_by_hand`: for everyone."""
    mandatory = frozenset(may_be_mandatory)
    return tuple(
        NewRule(goal.id, course, "", course in mandatory, _PICKED)
        for goal in goals
        for course in goal.courses
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
