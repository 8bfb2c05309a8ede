"""A postponed goal for which help is wanted, and the question whether a change is enough."""

from collections.abc import Mapping

from courses.dutch import listed
from routekaart.domain.planner.changes import Change, Words, described
from routekaart.domain.planner.explain.days import Days
from routekaart.domain.planner.explain.kinds import DayReason, Help, HelpKind
from routekaart.domain.planner.explain.solving import Solver
from routekaart.domain.planner.explain.wording import moved


class Wanted:
    """A goal without a day.

    `chain` are the goals that have to get a day: this one and those without a day that come before
    it. `reasons` say of each why it stands on none of the days.
    """

    def __init__(self, solver: Solver, days: Days, goal: str, words: Words) -> None:
        self.solver = solver
        self.draft = solver.base.draft
        self.goal = goal
        self.words = words
        self._priorities = {item.id: item.priority for item in self.draft.problem.goals}
        self.chain = self._without_day()
        self.reasons: tuple[DayReason, ...] = tuple(
            reason for item in self.chain for reason in days.of(item)
        )
        self.short = frozenset(
            member
            for reason in self.reasons
            for people in reason.people
            for member in people.member_ids
        )

    def _without_day(self) -> list[str]:
        found = [self.goal]
        for item in found:
            for later, first in self.draft.question.after:
                if later == item and first not in self.solver.base.places and first not in found:
                    found.append(first)
        return found

    def is_helped(self, *changes: Change) -> bool:
        """Whether the goal then has a day, and no goal that is as urgent loses its own.

        Raises OutOfSolves.
        """
        after = self.solver.after(*changes)
        if after is None or self.goal not in after.places:
            return False
        own = self._priorities[self.goal]
        return all(
            goal in after.places
            for goal in self.solver.base.places
            if self._priorities[goal] <= own
        )

    def help(self, kind: HelpKind, *changes: Change, text: str = "") -> Help:
        """Changes that were found to help, in words; `text` in place of those of the changes."""
        after = self.solver.after(*changes)
        moves = self.solver.moves(after) if after else ()
        return Help(
            kind=kind,
            changes=changes,
            text=text or listed(described(self.solver.problem, changes, self.words)),
            effect=moved(self.goal, moves),
            moves=moves,
        )

    def with_goal_on(self, study_day_id: str) -> Mapping[str, int]:
        """The places as they are with the goal on a day; empty when more goals have to move."""
        if len(self.chain) > 1:
            return {}
        at = [place for place, day in enumerate(self.draft.days) if day.day.id == study_day_id]
        return {**self.solver.base.places, self.goal: at[0]}
