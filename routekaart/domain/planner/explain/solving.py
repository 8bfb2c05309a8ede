"""Solving a problem again with some changes: every answer once, and a limited number of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from routekaart.domain.planner.best import SearchFailed, best_answer
from routekaart.domain.planner.changes import Change, ChangeSettings, ImpossibleChange, changed
from routekaart.domain.planner.deciding import decision_of
from routekaart.domain.planner.draft import Draft, draft_of
from routekaart.domain.planner.even_days import evened
from routekaart.domain.planner.explain.kinds import GoalMove
from routekaart.domain.planner.optimal import start_of
from routekaart.domain.planner.plan import NotPlaced, Plan
from routekaart.domain.planner.preparation import shortages
from routekaart.domain.planner.problem import Problem, StudyDay
from routekaart.domain.planner.question import Places

_Step = TypeVar("_Step")


class OutOfSolves(Exception):
    """No more answers may be asked for."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A problem with the places that goals get in its best plan."""

    draft: Draft
    places: Places

    def day_of(self, goal_id: str) -> StudyDay | None:
        """The study day of a goal; None when it is postponed."""
        place = self.places.get(goal_id)
        return None if place is None else self.draft.days[place].day

    def shortages(self) -> tuple[NotPlaced, ...]:
        """What people cannot prepare of goals that have a day."""
        draft = self.draft
        return tuple(shortages(draft.problem, draft.demand, decision_of(draft, self.places)))


class Solver:
    """Answers to one problem with changes. `left` is how many more may be asked for.

    `published` is the plan that stands. `evens`: the number of goals a day is left to us, and
    follows from the days.
    """

    def __init__(
        self, problem: Problem, published: Plan | None, *, evens: bool, solves: int
    ) -> None:
        self.problem = problem
        self.left = solves
        self._published = published
        self._evens = evens
        self._known: dict[tuple[Change, ...], Solved | None] = {}
        self.base = self._solved(problem)

    @contextmanager
    def at_most(self, solves: int) -> Iterator[None]:
        """Within this no more answers than so many of those that are left."""
        share = min(solves, self.left)
        kept = self.left - share
        self.left = share
        try:
            yield
        finally:
            self.left += kept

    def after(self, *changes: Change) -> Solved | None:
        """The best answer after these changes; None when they cannot be made.

        Raises OutOfSolves.
        """
        if changes not in self._known:
            if self.left <= 0:
                raise OutOfSolves
            try:
                problem = changed(self.problem, changes)
            except ImpossibleChange:
                self._known[changes] = None
            else:
                self.left -= 1
                if self._evens and not any(map(_sets_goals_a_day, changes)):
                    problem = evened(problem)
                self._known[changes] = self._solved(problem)
        return self._known[changes]

    def moves(self, solved: Solved) -> tuple[GoalMove, ...]:
        """The goals that stand on another day than now, in their turn."""
        base = self.base
        dates = {
            goal.id: (base.day_of(goal.id), solved.day_of(goal.id)) for goal in base.draft.order
        }
        return tuple(
            GoalMove(
                goal.id, goal.title, before.date if before else None, now.date if now else None
            )
            for goal in base.draft.order
            for before, now in [dates[goal.id]]
            if (before and before.id) != (now and now.id)
        )

    def _solved(self, problem: Problem) -> Solved:
        draft = draft_of(problem, self._published)
        start = start_of(draft)
        try:
            return Solved(draft, best_answer(draft.question, start).places)
        except SearchFailed:
            # What the planner itself then falls back on.
            return Solved(draft, start)


def _sets_goals_a_day(change: Change) -> bool:
    return isinstance(change, ChangeSettings) and "goals_per_day" in dict(change.values)


def smallest(
    steps: Sequence[_Step], helps: Callable[[_Step], bool], guess: int | None = None
) -> _Step | None:
    """A step that helps while the one before it does not; None when the largest does not.

    `guess` is the index of where that may be: a right one saves most of the work.
    """
    low, high = -1, len(steps)
    if guess is not None:
        if helps(steps[guess]):
            high = guess
            if guess == 0 or not helps(steps[guess - 1]):
                return steps[guess]
            high = guess - 1
        else:
            low = guess
    if high == len(steps):
        high -= 1
        if high <= low or not helps(steps[high]):
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if helps(steps[middle]):
            high = middle
        else:
            low = middle
    return steps[high]
