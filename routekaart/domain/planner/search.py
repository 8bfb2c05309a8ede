"""An exact search over small domains: whole numbers, bounds that propagate, and a counted budget.

Every variable has a few values. A rule is a sum: each value weighs something, and the sum of what
the variables weigh is at most a limit. What a variable weighs at least follows from the values it
still has; values for which too little room is left go, until nothing goes any more. Then the search
branches on the variable that is nearest to failing. No solver library was found that answers these
questions faster: they are small, and their answer has to be the same on every machine.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from routekaart.domain.planner.effort import Emergency

Value = int
Domains = list[int]
"""Per variable the values it still has, as bits."""


class OutOfWork(Exception):
    """The budget is spent before the search had an answer."""


@dataclass(slots=True)
class Budget:
    """How many steps may still be taken. Counted, so that every machine stops at the same step."""

    steps: int
    emergency: Emergency | None = None

    def spend(self) -> None:
        if self.steps <= 0 or (self.emergency is not None and self.emergency.now()):
            raise OutOfWork
        self.steps -= 1

    @contextmanager
    def part(self, steps: int) -> "Iterator[Budget]":
        """At most so many of these steps; what is not used of them stays."""
        part = Budget(min(steps, self.steps), self.emergency)
        self.steps -= part.steps
        try:
            yield part
        finally:
            self.steps += part.steps


@dataclass(frozen=True, slots=True)
class Rule:
    """Per variable what its values weigh (others weigh 0); together at most `limit`."""

    weights: Mapping[int, Mapping[Value, int]]
    limit: int


Channel = Callable[[Domains], Iterable[tuple[int, int]]]
"""A rule that is no sum: from domains to (variable, values that may stay)."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one variable weighs in one rule: levels of weight with the values from there on."""

    variable: int
    levels: tuple[tuple[int, int], ...]

    def least(self, domain: int) -> int:
        """What it weighs at least with these values."""
        weight = 0
        for level, values in self.levels:
            if domain & ~values:
                break
            weight = level
        return weight


@dataclass(slots=True)
class Search:
    """Variables 0, 1, … with their values as bits, and the rules that every answer keeps."""

    domains: Domains
    channels: list[tuple[Channel, frozenset[int]]]
    _limits: list[int] = field(default_factory=list)
    _parts: list[tuple[_Part, ...]] = field(default_factory=list)
    # Nearly every part has one weight only. Those are tried without a call, as it is done most.
    _simple: list[list[tuple[int, int, int]]] = field(default_factory=list)
    _graded: list[list[tuple[int, _Part]]] = field(default_factory=list)
    _watching: list[list[Channel]] = field(default_factory=list)
    _failures: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.domains)
        self._simple = [[] for _ in range(count)]
        self._graded = [[] for _ in range(count)]
        self._watching = [[] for _ in range(count)]
        self._failures = [1] * count
        for channel, variables in self.channels:
            for variable in variables:
                self._watching[variable].append(channel)

    def add(self, rule: Rule) -> None:
        """One more rule; weights are not negative."""
        number = len(self._limits)
        parts = []
        for variable, weights in rule.weights.items():
            levels = sorted({weight for weight in weights.values() if weight})
            if not levels:
                continue
            masks = [
                sum(1 << value for value, weight in weights.items() if weight >= level)
                for level in levels
            ]
            part = _Part(variable, tuple(zip(levels, masks, strict=True)))
            parts.append(part)
            if len(part.levels) == 1:
                self._simple[variable].append((number, ~masks[0], levels[0]))
            else:
                self._graded[variable].append((number, part))
        self._limits.append(rule.limit)
        self._parts.append(tuple(parts))

    def solve(
        self,
        order: Sequence[int],
        narrowed: Mapping[int, int],
        rules: Iterable[Rule] = (),
        *,
        prefer: Mapping[int, Value],
        budget: Budget,
    ) -> list[Value] | None:
        """Values for all variables, or None when there are none. Raises OutOfWork.

        `narrowed` are variables with fewer values than usual, and `rules` hold for this time only.
        Of variables that are as near to failing the first in `order` goes first, with the value
        that is preferred and else with the lowest.
        """
        known = len(self._limits)
        for rule in rules:
            self.add(rule)
        try:
            domains = list(self.domains)
            for variable, values in narrowed.items():
                domains[variable] &= values
            loads = [
                sum(part.least(domains[part.variable]) for part in parts) for parts in self._parts
            ]
            return self._start(domains, loads, order, prefer, budget)
        finally:
            for parts in self._parts[known:]:
                for part in parts:
                    used_in = self._simple if len(part.levels) == 1 else self._graded
                    used_in[part.variable].pop()
            del self._limits[known:], self._parts[known:]

    def _start(
        self,
        domains: Domains,
        loads: list[int],
        order: Sequence[int],
        prefer: Mapping[int, Value],
        budget: Budget,
    ) -> list[Value] | None:
        if not all(domains) or any(
            load > limit for load, limit in zip(loads, self._limits, strict=True)
        ):
            return None
        everything = set(range(len(domains)))
        if not self._prune(domains, loads, set(range(len(loads))), everything):
            return None
        # Depth first, by hand: a stack of what is still to try.
        stack = [(domains, loads)]
        while stack:
            domains, loads = stack.pop()
            variable = self._next(domains, order)
            if variable is None:
                return [domain.bit_length() - 1 for domain in domains]
            budget.spend()
            domain = domains[variable]
            first = (1 << prefer[variable]) & domain if variable in prefer else 0
            first = first or domain & -domain
            for values in (domain ^ first, first):
                tried, weighed = list(domains), list(loads)
                if self._narrow(tried, weighed, variable, values):
                    stack.append((tried, weighed))
        return None

    def _next(self, domains: Domains, order: Sequence[int]) -> int | None:
        """The open variable with the fewest values for how often it was in a failure."""
        best, chosen = 0.0, None
        for variable in order:
            count = domains[variable].bit_count()
            if count > 1:
                score = self._failures[variable] / count
                if score > best:
                    best, chosen = score, variable
        return chosen

    def _narrow(self, domains: Domains, loads: list[int], variable: int, values: int) -> bool:
        """Leaves a variable these values and draws every conclusion; False when it fails."""
        touched: set[int] = set()
        changed: set[int] = set()
        return self._set(domains, loads, variable, values, touched, changed) and self._prune(
            domains, loads, touched, changed
        )

    def _set(
        self,
        domains: Domains,
        loads: list[int],
        variable: int,
        values: int,
        touched: set[int],
        changed: set[int],
    ) -> bool:
        before = domains[variable]
        after = before & values
        if after == before:
            return True
        if not after:
            self._failures[variable] += 1
            return False
        domains[variable] = after
        changed.add(variable)
        limits = self._limits
        for number, others, weight in self._simple[variable]:
            # It weighs something for sure as soon as the values that weigh nothing are gone.
            if not after & others and before & others:
                loads[number] += weight
                touched.add(number)
                if loads[number] > limits[number]:
                    self._blame(number)
                    return False
        for number, part in self._graded[variable]:
            more = part.least(after) - part.least(before)
            if more:
                loads[number] += more
                touched.add(number)
                if loads[number] > limits[number]:
                    self._blame(number)
                    return False
        return True

    def _blame(self, number: int) -> None:
        for part in self._parts[number]:
            self._failures[part.variable] += 1

    def _prune(
        self, domains: Domains, loads: list[int], touched: set[int], changed: set[int]
    ) -> bool:
        """Takes values away until every rule leaves room for those that are left."""
        while touched or changed:
            if touched:
                number = touched.pop()
                room = self._limits[number] - loads[number]
                for part in self._parts[number]:
                    if part.levels[-1][0] <= room:
                        continue
                    domain = domains[part.variable]
                    least = part.least(domain)
                    for level, values in part.levels:
                        if level - least > room:
                            if domain & values and not self._set(
                                domains, loads, part.variable, ~values, touched, changed
                            ):
                                self._blame(number)
                                return False
                            break
                    room = self._limits[number] - loads[number]
                continue
            variable = changed.pop()
            for channel in self._watching[variable]:
                for other, values in channel(domains):
                    if not self._set(domains, loads, other, values, touched, changed):
                        return False
        return True
