"""What somebody needs who missed a study day: the preparation, what came of it, and what follows.

For who joined later and for who was ill. Made of what the team shares: nobody's own notes, and
nobody's progress.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from courses.advice import Advice
from routekaart.domain.assigning import (
    GoalChoice,
    NewAssignment,
    NewRule,
    Selection,
    TeamMember,
    from_advice,
    merged,
    picked_by_hand,
)
from routekaart.domain.assigning.rules import Reach, by_rules
from routekaart.domain.lifecycle import STUDY_DAY

_CLOSED = STUDY_DAY.steps["close"].target


@dataclass(frozen=True, slots=True)
class SharedDay:
    """A study day as the team shares it. `deadline`: when its preparation is done at the latest."""

    id: UUID
    on: date
    state: str
    goals: tuple[str, ...] = ()
    deadline: date | None = None
    follow_up_on: date | None = None
    evaluation_on: date | None = None

    def is_behind(self, today: date) -> bool:
        """Whether it is over: closed, or its date has passed."""
        return self.state == _CLOSED or self.on < today


@dataclass(frozen=True, slots=True)
class DayPackage:
    """What one study day asks of a latecomer. Only dates that are still ahead are named."""

    day: SharedDay
    behind: bool
    courses: tuple[str, ...]
    deadline: date | None
    follow_up_on: date | None
    evaluation_on: date | None


@dataclass(frozen=True, slots=True)
class Preparing:
    """What people prepare with: the advice that the team took, the goals with what it picked by
    hand, which courses the team was given already, and what everybody or a function gets."""

    advice: Advice | None
    goals: tuple[GoalChoice, ...]
    assigned: frozenset[str] = frozenset()
    rules: tuple[NewRule, ...] = ()
    reach: Reach = field(default_factory=dict)


def courses_for(
    preparing: Preparing, goals: Collection[str], functions: Sequence[str]
) -> tuple[str, ...]:
    """The courses towards some goals for somebody with these functions, in the order of advice.

    Those of the smallest set, those that the team was given, those picked by hand, and those
    that whoever joins gets by a rule.
    """
    wanted = tuple(goal for goal in preparing.goals if goal.id in goals)
    me = (TeamMember(id="", functions=tuple(functions)),)
    ruled = by_rules(
        [rule for rule in preparing.rules if rule.goal in goals], me[0], preparing.reach, ()
    )
    advised: tuple[NewAssignment, ...] = ()
    if preparing.advice is not None:
        smallest = {item.course for item in preparing.advice.items if item.in_smallest_set}
        advised = tuple(
            new
            for new in from_advice(
                advice=preparing.advice, goals=wanted, members=me, selection=Selection.ALL
            )
            if new.course in smallest | preparing.assigned
        )
    return tuple(new.course for new in merged((*advised, *picked_by_hand(wanted, me, ()), *ruled)))


def day_package(
    day: SharedDay, preparing: Preparing, functions: Sequence[str], today: date
) -> DayPackage:
    """The package of one day, behind or ahead."""
    return DayPackage(
        day=day,
        behind=day.is_behind(today),
        courses=courses_for(preparing, day.goals, functions),
        deadline=_ahead(day.deadline, today),
        follow_up_on=_ahead(day.follow_up_on, today),
        evaluation_on=_ahead(day.evaluation_on, today),
    )


def missed_and_coming(
    days: Sequence[SharedDay], joined_on: date, today: date
) -> tuple[tuple[SharedDay, ...], tuple[SharedDay, ...]]:
    """The days that were over before somebody joined, and the days that are still to come."""
    missed = tuple(day for day in days if day.is_behind(today) and day.on < joined_on)
    return missed, tuple(day for day in days if not day.is_behind(today))


def _ahead(day: date | None, today: date) -> date | None:
    return day if day is not None and day >= today else None
