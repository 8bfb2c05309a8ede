"""A question as variables and rules for the search, and its objectives as sums over them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from routekaart.domain.planner.question import Choose, Places, Question, Referee, turn_of
from routekaart.domain.planner.search import Channel, Domains, Rule, Search

Weights = Mapping[int, Mapping[int, int]]


class Kind(Enum):
    """What a sum counts."""

    WAITING = "how many goals have no day"
    CHANGES = "how many published items do not stay"
    TURNS = "how late goals stand"


@dataclass(frozen=True, slots=True)
class Objective:
    """A sum that should be as small as it can be; `idle` goals cannot help and may wait."""

    kind: Kind
    goals: tuple[str, ...]
    helped: frozenset[str] | None = None
    """The goals that matter so far, of which the others do not have to be looked at."""


def objectives_of(question: Question) -> list[Objective]:
    """What makes an answer good, in strict order, as `score` says it."""
    levels = question.levels
    found = [
        Objective(
            Kind.WAITING,
            level,
            frozenset(goal for known in levels[: number + 1] for goal in known),
        )
        for number, level in enumerate(levels)
    ]
    found.append(Objective(Kind.CHANGES, question.goals))
    # Who stands earlier among equals is decided last.
    equals = [(goal,) for goal in question.goals if (goal,) not in levels]
    return [*found, *(Objective(Kind.TURNS, goals) for goals in (*levels, *equals))]


class Variables:
    """A variable for each goal in its turn, then one for each set of goals that share a course.

    Values are the places of days; the one after the last means that the goal waits. Of goals that
    share a course the first day counts, so that waiting is simply the latest.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self._referee = Referee(question)
        self.waits = len(question.slots)
        self.sets = [*(frozenset([goal]) for goal in question.goals), *question.shared]
        self._number = {goals: number for number, goals in enumerate(self.sets)}
        self.order = range(len(question.goals))
        """The variables to choose for: the others follow."""
        self.published = {self._number[goals]: place for goals, place in question.kept}
        """Where variables stood before."""

    def search(self) -> Search:
        """A new search over these variables, with the rules of the question."""
        search = Search([self._domain(goals) for goals in self.sets], list(self._channels()))
        for rule in self._rules():
            search.add(rule)
        return search

    def places(self, found: Iterable[int]) -> Places:
        """The values of the variables as an answer."""
        pairs = zip(self._question.goals, found, strict=False)
        return {goal: place for goal, place in pairs if place != self.waits}

    def value(self, weights: Weights, places: Places) -> int:
        """What a sum comes to for an answer."""
        prepared = self._referee.first_prepared(places)
        return sum(
            weighs.get(prepared.get(self.sets[variable], self.waits), 0)
            for variable, weighs in weights.items()
        )

    # --- Objectives ------------------------------------------------------------------------------
    def weights(self, objective: Objective) -> Weights:
        """An objective as a sum, as far as these goals have a part in it."""
        own = [goal for goal in objective.goals if frozenset([goal]) in self._number]
        match objective.kind:
            case Kind.WAITING:
                return {self._of(goal): {self.waits: 1} for goal in own}
            case Kind.CHANGES:
                return self._changes()
            case Kind.TURNS:
                return self._turns(own)

    def _changes(self) -> Weights:
        found: dict[int, dict[int, int]] = {}
        for (goals, place), count in self._question.kept.items():
            weighs = found.setdefault(self._number[goals], dict.fromkeys(range(self.waits + 1), 0))
            for at in weighs:
                weighs[at] += count if at != place else 0
        return found

    def _turns(self, goals: Iterable[str]) -> Weights:
        return {
            self._of(goal): {
                self.waits: turn_of(self._question, goal, {}),
                **{
                    place: turn_of(self._question, goal, {goal: place})
                    for place in self._question.open_places(goal)
                },
            }
            for goal in goals
        }

    def idle(self, objective: Objective) -> dict[int, int]:
        """Goals that cannot help these ones to a day may wait for the time being."""
        if objective.helped is None:
            return {}
        question = self._question
        helpful = set(objective.helped)
        while True:
            more = {first for goal, first in question.after if goal in helpful}
            more |= {goal for shared in question.shared if shared & helpful for goal in shared}
            if more <= helpful:
                break
            helpful |= more
        waits = 1 << self.waits
        return {self._of(goal): waits for goal in question.goals if goal not in helpful}

    # --- The question as rules -------------------------------------------------------------------
    def _of(self, goal: str) -> int:
        return self._number[frozenset([goal])]

    def _domain(self, goals: frozenset[str]) -> int:
        places = {place for goal in goals for place in self._question.open_places(goal)}
        closed = self._question.conditions.closed
        return sum(1 << at for at in places if (goals, at) not in closed) | 1 << self.waits

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
        for choice in (*question.choices, *(Choose(frozenset(p), 1) for p in question.apart)):
            # Those who can never stand there would only make this slower.
            variables = tuple(
                self._of(goal)
                for goal in question.goals
                if not choice.places.isdisjoint(question.open_places(goal))
            )
            yield _at_most(choice, variables), frozenset(variables)


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


def _at_most(choice: Choose, variables: tuple[int, ...]) -> Channel:
    """No more than so many of these places are used; the variables are those that can use one."""
    candidates = sum(1 << place for place in choice.places)

    def narrow(domains: Domains) -> Iterator[tuple[int, int]]:
        used = 0
        for variable in variables:
            domain = domains[variable]
            if domain & (domain - 1) == 0:
                used |= domain & candidates
        count = used.bit_count()
        if count > choice.most:
            yield variables[0], 0
        elif count == choice.most:
            free = candidates & ~used
            for variable in variables:
                if domains[variable] & free:
                    yield variable, ~free

    return narrow


def _lowest_bit(domain: int) -> int:
    return (domain & -domain).bit_length() - 1


def _below(value: int) -> int:
    return (1 << value) - 1


def _between(low: int, high: int) -> int:
    return _below(high + 1) & ~_below(low)
