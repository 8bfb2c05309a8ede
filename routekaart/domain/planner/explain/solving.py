"""Solving a problem again with some changes: every answer once, and a limited number of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from routekaart.domain.planner.best import SearchFailed, best_answer
from routekaart.domain.planner.changes import Change, ChangeSettings, ImpossibleChange, changed
from routekaart.domain.planner.deciding import decision_of
from routekaart.domain.planner.draft import Blocked, Draft, draft_of
from routekaart.domain.planner.effort import Emergency, building_work, step_work, steps_for
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
    """Answers to one problem with changes. `left` is how much work may still be spent on those.

    `cost` is what one more answer takes at least. `published` is the plan that stands. `evens`: the
    number of goals a day is left to us, and follows from the days. `blocked`: as for a draft.
    """

    def __init__(
        self,
        problem: Problem,
        published: Plan | None,
        *,
        evens: bool,
        work: int,
        blocked: Blocked | None = None,
        emergency: Emergency | None = None,
    ) -> None:
        self.problem = problem
        self._published = published
        self._evens = evens
        self._blocked = blocked
        self._emergency = emergency
        self._known: dict[tuple[Change, ...], Solved | None] = {}
        draft = draft_of(problem, published, blocked)
        self.base, _, used = self._solved(draft, steps_for(draft.question))
        self.cost = _building(draft)
        # A problem that takes long by itself leaves little for what would be otherwise.
        self.left = max(0, work - self.cost - used * step_work(draft.question))

    @property
    def is_out(self) -> bool:
        """Whether there is too little left for one more answer."""
        stopped = self._emergency is not None and self._emergency.now()
        return stopped or self.left < self.cost

    @contextmanager
    def at_most(self, work: int) -> Iterator[None]:
        """Within this no more than so much of the work that is left."""
        share = max(0, min(work, self.left))
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
            if self.is_out:
                raise OutOfSolves
            try:
                problem = changed(self.problem, changes)
            except ImpossibleChange:
                self._known[changes] = None
            else:
                if self._evens and not any(map(_sets_goals_a_day, changes)):
                    problem = evened(problem)
                self._known[changes] = self._as_planned(problem)
        return self._known[changes]

    def _as_planned(self, problem: Problem) -> Solved:
        """What the planner would make of it. Raises OutOfSolves where it takes too much work."""
        draft = draft_of(problem, self._published, self._blocked)
        self.left -= _building(draft)
        each, full = step_work(draft.question), steps_for(draft.question)
        steps = min(full, max(0, self.left // each))
        solved, proven, used = self._solved(draft, steps)
        self.left -= used * each
        stopped = self._emergency is not None and self._emergency.came
        # With more steps the planner may find something else, unless this is proven to be best.
        if not proven and (steps < full or stopped):
            raise OutOfSolves
        return solved

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

    def _solved(self, draft: Draft, steps: int) -> tuple[Solved, bool, int]:
        """The answer, whether it is proven, and the steps that it took."""
        start = start_of(draft)
        try:
            found = best_answer(draft.question, start, steps=steps, emergency=self._emergency)
        except SearchFailed:
            # What the planner itself then falls back on.
            return Solved(draft, start), False, steps
        return Solved(draft, found.places), found.proven, found.steps


def _building(draft: Draft) -> int:
    return building_work(draft.question, len(draft.problem.preparations))


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
