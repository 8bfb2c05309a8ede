"""An explanation without what it says of other people, for readers who may not see that."""

from dataclasses import replace

from routekaart.domain.planner.changes import Change, CourseVoluntary, MoreWeeklyMinutes
from routekaart.domain.planner.explain.kinds import DayReason, Explanation, Help


def without_persons(explanation: Explanation, keep: str = "") -> Explanation:
    """Numbers of people stay. Of somebody else than the member `keep` nothing does.

    A help that names somebody keeps its text: make the explanation with words without names.
    """
    return Explanation(
        postponed=tuple(
            replace(
                goal,
                days=tuple(map(_day, goal.days)),
                helps=tuple(_help(item, keep) for item in goal.helps),
            )
            for goal in explanation.postponed
        ),
        placed=tuple(
            replace(goal, earlier=tuple(map(_day, goal.earlier))) for goal in explanation.placed
        ),
        people=tuple(person for person in explanation.people if person.member_id == keep),
        stopped=explanation.stopped,
    )


def _day(reason: DayReason) -> DayReason:
    people = tuple(replace(item, member_ids=()) for item in reason.people)
    return replace(reason, people=people)


def _help(item: Help, keep: str) -> Help:
    others = any(_member(change) not in (None, keep) for change in item.changes)
    return replace(item, changes=()) if others else item


def _member(change: Change) -> str | None:
    return change.member if isinstance(change, MoreWeeklyMinutes | CourseVoluntary) else None
