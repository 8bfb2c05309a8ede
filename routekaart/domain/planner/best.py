"""The best answer to a question: one objective after the other, each proven before the next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from routekaart.domain.planner.question import (
    Choose,
    Places,
    Question,
    Referee,
    score,
    turn_of,
)
from routekaart.domain.planner.search import Budget, Channel, Domains, OutOfWork, Rule, Search

STEPS = 8_000
"""The work for one question, counted in choices: a few seconds on an ordinary machine."""

Weights = Mapping[int, Mapping[int, int]]


class SearchFailed(Exception):
    """The search gave nothing that can be used."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The best places found. `gap`: how much better an objective may still be, as a part of what
    there is to gain on it with all goals, 0 to 1; 0 when all of them are proven."""

    places: Places
    proven: bool
    gap: float = 0.0


def best_answer(question: Question, start: Places, *, steps: int = STEPS) -> Answer:
    """The best answer by `score`, from a right answer to start with.

    When the work runs out it gives the best answer so far, with the gap of what is not proven.
    Raises SearchFailed when that answer breaks a condition after all.
    """
    groups = sorted({question.group_of(goal) for goal in question.goals})
    alone: dict[int, Places] = {}
    if len(groups) > 1:
        # Each team on its own: where that goes together nothing can be better, and where it does
        # not, it tells how good the whole can be at most.
        parts = [question.only(group) for group in groups]
        answers = [
            best_answer(part, _within(part, start), steps=steps // len(groups)) for part in parts
        ]
        if all(answer.proven for answer in answers):
            alone = {g: answer.places for g, answer in zip(groups, answers, strict=True)}
            start = _together(question, alone.values(), start)
    climb = _Climb(question, start, steps, alone)
    gap = climb.to_the_top()
    if not Referee(question).is_right(climb.places):
        raise SearchFailed("The answer breaks a condition.")
    return Answer(climb.places, proven=not gap, gap=gap)


def _within(question: Question, places: Places) -> Places:
    return {goal: place for goal, place in places.items() if goal in question.goals}


def _together(question: Question, alone: Iterable[Places], start: Places) -> Places:
    """The answers of all teams at once, as far as they go together; else what was there."""
    referee = Referee(question)
    wanted = {goal: place for places in alone for goal, place in places.items()}
    if referee.is_right(wanted):
        return wanted
    found: dict[str, int] = {}
    for goal in question.goals:
        first = [wanted[goal]] if goal in wanted else []
        for place in (*first, *question.open_places(goal)):
            if referee.is_right({**found, goal: place}):
                found[goal] = place
                break
    return max(start, found, key=lambda places: score(question, places))


class _Climb:
    """A variable for each goal in its turn, then one for each set of goals that share a course.

    Values are the places of days; the one after the last means that the goal waits. Of goals that
    share a course the first day counts, so that waiting is simply the latest.
    """

    def __init__(
        self, question: Question, start: Places, steps: int, alone: Mapping[int, Places]
    ) -> None:
        self.places = start
        self._alone = alone
        self._steps = steps
        self._question = question
        self._referee = Referee(question)
        self._waits = len(question.slots)
        self._sets = [*(frozenset([goal]) for goal in question.goals), *question.shared]
        self._number = {goals: number for number, goals in enumerate(self._sets)}
        domains = [self._domain(goals) for goals in self._sets]
        self._search = Search(domains, list(self._channels()))
        for rule in self._rules():
            self._search.add(rule)

    # --- Climbing --------------------------------------------------------------------------------
    def to_the_top(self) -> float:
        """Improves `places` objective by objective; gives the largest gap that is left."""
        question, levels = self._question, self._question.levels
        days = sum(turn_of(question, goal, {}) for goal in question.goals)
        gaps = [0.0]
        for number, level in enumerate(levels):
            idle = self._idle([goal for known in levels[: number + 1] for goal in known])
            gaps.append(self._improve(self._waiting(level), idle, len(question.goals)))
        gaps.append(self._improve(self._changes(), {}, sum(question.kept.values())))
        # Who stands earlier among equals is decided last.
        equals = [(goal,) for goal in question.goals if (goal,) not in levels]
        gaps += [self._improve(self._turns(goals), {}, days) for goals in (*levels, *equals)]
        return max(gaps)

    def _improve(self, weights: Weights, narrowed: Mapping[int, int], most: int) -> float:
        """Makes a sum as small as it can be and holds it there; gives the gap, 0 when proven.

        `most` is what such sums come to over all goals: the gap is a part of that.
        """
        value = self._value(weights, self.places)
        parts = self._parts(weights)
        bounds = [self._value(part, places) for part, places in parts]
        lowest = max(self._lowest(weights), sum(bounds))
        # Half of what is left, so that one hard objective does not cost the others theirs.
        budget = Budget(self._steps // 2)
        gap = 0.0
        while value > lowest:
            try:
                found = self._search.solve(
                    range(len(self._question.goals)),
                    narrowed,
                    [Rule(weights, value - 1), *map(self._at_least, parts, bounds)],
                    prefer=self._published(),
                    budget=budget,
                )
            except OutOfWork:
                gap = (value - lowest) / most
                break
            if found is None:
                break
            self.places = {
                goal: place
                for goal, place in zip(self._question.goals, found, strict=False)
                if place != self._waits
            }
            value = self._value(weights, self.places)
        if value > sum(bounds):
            # A team has given way, so it may do better further on than it did alone.
            self._alone = {}
        self._steps -= self._steps // 2 - budget.steps
        self._hold(weights, value)
        return gap

    def _hold(self, weights: Weights, value: int) -> None:
        if not weights:
            return
        self._search.add(Rule(weights, value))
        for variable, weighs in weights.items():
            for at in range(self._waits + 1):
                if weighs.get(at, 0) > value:
                    self._search.domains[variable] &= ~(1 << at)

    def _parts(self, weights: Weights) -> list[tuple[Weights, Places]]:
        """The sum team by team, with the answer of each team on its own."""
        return [
            (
                {
                    variable: weighs
                    for variable, weighs in weights.items()
                    if all(self._question.group_of(goal) == group for goal in self._sets[variable])
                },
                places,
            )
            for group, places in self._alone.items()
        ]

    def _at_least(self, part: tuple[Weights, Places], bound: int) -> Rule:
        """That a sum is at least so much, as a sum of what is missing from the most."""
        weights, _ = part
        most = {variable: max(weighs.values(), default=0) for variable, weighs in weights.items()}
        return Rule(
            {
                variable: {
                    value: most[variable] - weighs.get(value, 0) for value in range(self._waits + 1)
                }
                for variable, weighs in weights.items()
            },
            sum(most.values()) - bound,
        )

    def _value(self, weights: Weights, places: Places) -> int:
        prepared = self._referee.first_prepared(places)
        return sum(
            weighs.get(prepared.get(self._sets[variable], self._waits), 0)
            for variable, weighs in weights.items()
        )

    def _lowest(self, weights: Weights) -> int:
        return sum(
            min(
                weighs.get(at, 0)
                for at in range(self._waits + 1)
                if self._search.domains[variable] >> at & 1
            )
            for variable, weighs in weights.items()
        )

    # --- Objectives ------------------------------------------------------------------------------
    def _waiting(self, goals: Iterable[str]) -> Weights:
        """How many goals have no day."""
        return {self._of(goal): {self._waits: 1} for goal in goals}

    def _changes(self) -> Weights:
        """How many published items do not stay."""
        found: dict[int, dict[int, int]] = {}
        for (goals, place), count in self._question.kept.items():
            weighs = found.setdefault(self._number[goals], dict.fromkeys(range(self._waits + 1), 0))
            for at in weighs:
                weighs[at] += count if at != place else 0
        return found

    def _turns(self, goals: Iterable[str]) -> Weights:
        """How late goals stand."""
        return {
            self._of(goal): {
                self._waits: turn_of(self._question, goal, {}),
                **{
                    place: turn_of(self._question, goal, {goal: place})
                    for place in self._question.open_places(goal)
                },
            }
            for goal in goals
        }

    def _published(self) -> dict[int, int]:
        return {self._number[goals]: place for goals, place in self._question.kept}

    def _idle(self, goals: Iterable[str]) -> dict[int, int]:
        """Goals that cannot help these ones to a day may wait for the time being."""
        question = self._question
        helpful = set(goals)
        while True:
            more = {first for goal, first in question.after if goal in helpful}
            more |= {goal for shared in question.shared if shared & helpful for goal in shared}
            if more <= helpful:
                break
            helpful |= more
        waits = 1 << self._waits
        return {self._of(goal): waits for goal in question.goals if goal not in helpful}

    # --- The question as rules -------------------------------------------------------------------
    def _of(self, goal: str) -> int:
        return self._number[frozenset([goal])]

    def _domain(self, goals: frozenset[str]) -> int:
        places = {place for goal in goals for place in self._question.open_places(goal)}
        closed = self._question.conditions.closed
        return sum(1 << at for at in places if (goals, at) not in closed) | 1 << self._waits

    def _rules(self) -> Iterator[Rule]:
        question = self._question
        for place, slot in enumerate(question.slots):
            here = [
                self._of(goal) for goal in question.goals if place in question.open_places(goal)
            ]
            yield Rule({variable: {place: 1} for variable in here}, slot.room)
        for condition in question.conditions.limits:
            weights: dict[int, dict[int, int]] = {}
            for (goals, place), minutes in condition.load:
                weights.setdefault(self._number[goals], {})[place] = minutes
            yield Rule(weights, condition.limit)

    def _channels(self) -> Iterator[tuple[Channel, frozenset[int]]]:
        question = self._question
        for goals in question.shared:
            members = tuple(self._of(goal) for goal in sorted(goals))
            shared = self._number[goals]
            yield _first_of(shared, members), frozenset([shared, *members])
        for goal, first in question.after:
            later, earlier = self._of(goal), self._of(first)
            before = [
                sum(1 << at for at, other in enumerate(question.slots) if other.date < slot.date)
                for slot in question.slots
            ]
            yield _comes_after(later, earlier, before), frozenset([later, earlier])
        variables = frozenset(range(len(question.goals)))
        for choice in question.choices:
            yield _at_most(choice, variables), variables
        for pair in question.apart:
            yield _at_most(Choose(frozenset(pair), 1), variables), variables


def _first_of(shared: int, members: tuple[int, ...]) -> Channel:
    """`shared` is the smallest value of its members."""

    def narrow(domains: Domains) -> Iterator[tuple[int, int]]:
        low = min(_lowest_bit(domains[member]) for member in members)
        high = min(domains[member].bit_length() - 1 for member in members)
        union = 0
        for member in members:
            union |= domains[member]
        yield shared, union & _between(low, high)
        first = _lowest_bit(domains[shared] & _between(low, high))
        for member in members:
            yield member, ~_below(first)
        if domains[shared] == 1 << first:
            able = [member for member in members if domains[member] >> first & 1]
            if len(able) == 1:
                yield able[0], 1 << first

    return narrow


def _comes_after(later: int, earlier: int, before: list[int]) -> Channel:
    """The later goal waits, or stands on a later date than the earlier one."""
    waits = len(before)

    def narrow(domains: Domains) -> Iterator[tuple[int, int]]:
        possible = 1 << waits
        reach = 0
        for place, places in enumerate(before):
            if domains[earlier] & places:
                possible |= 1 << place
            if domains[later] >> place & 1:
                reach |= places
        yield later, possible
        if not domains[later] >> waits & 1:
            yield earlier, reach

    return narrow


def _at_most(choice: Choose, variables: frozenset[int]) -> Channel:
    """No more than so many of these places are used."""
    candidates = sum(1 << place for place in choice.places)

    def narrow(domains: Domains) -> Iterator[tuple[int, int]]:
        used = 0
        for variable in variables:
            domain = domains[variable]
            if domain & (domain - 1) == 0:
                used |= domain & candidates
        count = used.bit_count()
        if count > choice.most:
            yield next(iter(variables)), 0
        elif count == choice.most:
            for variable in variables:
                yield variable, ~(candidates & ~used)

    return narrow


def _lowest_bit(domain: int) -> int:
    return (domain & -domain).bit_length() - 1


def _below(value: int) -> int:
    return (1 << value) - 1


def _between(low: int, high: int) -> int:
    return _below(high + 1) & ~_below(low)
