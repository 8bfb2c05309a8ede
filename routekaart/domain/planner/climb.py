"""From one right answer to the best: objective after objective, each proven before the next."""

from collections.abc import Mapping

from routekaart.domain.planner.question import Places, Question, turn_of
from routekaart.domain.planner.search import Budget, OutOfWork, Rule
from routekaart.domain.planner.variables import (
    Kind,
    Objective,
    Variables,
    Weights,
    objectives_of,
)


class Climb:
    """`places` get better objective by objective.

    `alone` are the best answers, proven, of teams without the others; it is empty or covers every
    team once. What a team reaches alone bounds what it reaches together as long as nobody gave
    way: a team alone keeps fewer rules, and its best answer is the best on an objective among
    those that are as good on all objectives before. A team that gave up a day for a high goal may
    win one for a lower goal, so from there on the bounds of all teams are gone: which team gave
    way in the end is not known before the whole is solved.
    """

    def __init__(
        self,
        question: Question,
        start: Places,
        alone: Mapping[frozenset[int], Places],
        budget: Budget,
    ) -> None:
        self.places = start
        self._alone = alone
        self._budget = budget
        self._question = question
        self._variables = Variables(question)
        self._search = self._variables.search()

    def to_the_top(self) -> float:
        """Improves `places` objective by objective; gives the largest gap that is left."""
        return max([0.0, *map(self._improve, objectives_of(self._question))])

    def _improve(self, objective: Objective) -> float:
        """Makes a sum as small as it can be and holds it there; gives the gap, 0 when proven."""
        weights = self._variables.weights(objective)
        bound = self._bound(weights)
        lowest = max(self._lowest(weights), bound)
        value = self._value(weights)
        gap = 0.0
        # Half of what is left, so that one hard objective does not cost the others theirs.
        with self._budget.part(self._budget.steps // 2) as budget:
            while value > lowest:
                try:
                    found = self._search.solve(
                        self._variables.order,
                        self._variables.idle(objective),
                        [Rule(weights, value - 1)],
                        prefer=self._variables.published,
                        budget=budget,
                    )
                except OutOfWork:
                    gap = (value - lowest) / self._most(objective)
                    break
                if found is None:
                    break
                self.places = self._variables.places(found)
                value = self._value(weights)
        if value > bound:
            self._alone = {}
        self._hold(weights, value)
        return gap

    def _value(self, weights: Weights) -> int:
        return self._variables.value(weights, self.places)

    def _bound(self, weights: Weights) -> int:
        """What the teams come to together with the answer of each without the others."""
        found = 0
        for teams, places in self._alone.items():
            part = {
                variable: weighs
                for variable, weighs in weights.items()
                if all(
                    self._question.group_of(goal) in teams
                    for goal in self._variables.sets[variable]
                )
            }
            found += self._variables.value(part, places)
        return found

    def _lowest(self, weights: Weights) -> int:
        return sum(
            min(
                weighs.get(at, 0)
                for at in range(self._variables.waits + 1)
                if self._search.domains[variable] >> at & 1
            )
            for variable, weighs in weights.items()
        )

    def _most(self, objective: Objective) -> int:
        """What such sums come to over all goals: the gap is a part of that."""
        question = self._question
        match objective.kind:
            case Kind.WAITING:
                return len(question.goals)
            case Kind.CHANGES:
                return sum(question.kept.values())
            case Kind.TURNS:
                return sum(turn_of(question, goal, {}) for goal in question.goals)

    def _hold(self, weights: Weights, value: int) -> None:
        """No answer from here on has more of this."""
        if not weights:
            return
        self._search.add(Rule(weights, value))
        for variable, weighs in weights.items():
            for at in range(self._variables.waits + 1):
                if weighs.get(at, 0) > value:
                    self._search.domains[variable] &= ~(1 << at)
