"""The search finds an answer exactly when there is one, within the work it may do."""

import random
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.planner.search import (
    Budget,
    Channel,
    Domains,
    OutOfWork,
    Rule,
    Search,
)


def different(one: int, other: int) -> tuple[Channel, frozenset[int]]:
    """Two variables never have the same value."""

    def narrow(domains: Domains) -> Iterator[tuple[int, int]]:
        for known, free in ((one, other), (other, one)):
            if domains[known].bit_count() == 1:
                yield free, ~domains[known]

    return narrow, frozenset([one, other])


def search(*domains: set[int], rules: tuple[Rule, ...] = (), apart: bool = False) -> Search:
    made = Search(
        [sum(1 << value for value in values) for values in domains],
        [different(0, 1)] if apart else [],
    )
    for rule in rules:
        made.add(rule)
    return made


def solved(made: Search, *rules: Rule, steps: int = 1000, **prefer: int) -> list[int] | None:
    return made.solve(
        range(len(made.domains)),
        {},
        rules,
        prefer={int(name[1:]): value for name, value in prefer.items()},
        budget=Budget(steps),
    )


def test_the_lowest_value_goes_first_and_a_preferred_one_before_it() -> None:
    made = search({1, 2, 3}, {0, 2})
    assert solved(made) == [1, 0]
    assert solved(made, v0=3, v1=2) == [3, 2]
    # What is not there any more cannot be preferred.
    assert solved(made, v0=0, v1=1) == [1, 0]


def test_values_of_one_variable_may_weigh_differently() -> None:
    # The earlier, the heavier: together at most 100.
    heavy = {0: 90, 1: 60, 2: 40, 3: 0}
    made = search({0, 1, 2, 3}, {0, 1, 2, 3}, rules=(Rule({0: heavy, 1: heavy}, 100),))
    assert solved(made) == [0, 3]
    assert solved(made, v1=0) == [0, 3]
    assert solved(made, v0=1) == [1, 2]
    assert solved(made, v0=3, v1=0) == [3, 0]


def test_what_no_rule_leaves_room_for_is_concluded_without_work() -> None:
    weighs = {0: 60, 1: 60}
    made = search({0}, {0, 1, 2}, {1, 2}, rules=(Rule({0: weighs, 1: weighs, 2: weighs}, 100),))
    assert solved(made, steps=0) == [0, 2, 2]


def test_a_channel_draws_conclusions_too() -> None:
    assert solved(search({1}, {1, 2}, apart=True), steps=0) == [1, 2]
    assert solved(search({1}, {1}, apart=True), steps=0) is None


def test_no_answer_is_none() -> None:
    full = Rule({0: {0: 1}, 1: {0: 1}}, 1)
    assert solved(search({0}, {0}, rules=(full,))) is None
    assert solved(search({0}, set())) is None


def test_rules_and_fewer_values_hold_for_one_time() -> None:
    made = search({0, 1}, {0, 1})
    assert solved(made, Rule({0: {0: 1}}, 0), Rule({0: {1: 1}, 1: {0: 2, 1: 3}}, 3)) == [1, 0]
    assert solved(made, Rule({0: {0: 1, 1: 2}}, 0)) is None
    assert made.solve([0, 1], {0: 0b10, 1: 0b10}, prefer={}, budget=Budget(9)) == [1, 1]
    assert solved(made) == [0, 0]


def test_work_is_counted_in_choices() -> None:
    made = search({0, 1}, {0, 1}, {0, 1})
    budget = Budget(5)
    assert made.solve([0, 1, 2], {}, prefer={}, budget=budget) == [0, 0, 0]
    assert budget.steps == 2
    with pytest.raises(OutOfWork):
        solved(made, steps=2)
    # A rule that was only for the search that stopped does not stay.
    with pytest.raises(OutOfWork):
        solved(made, Rule({0: {0: 1}}, 0), steps=0)
    assert solved(made) == [0, 0, 0]


def test_a_part_of_the_work_gives_back_what_it_did_not_use() -> None:
    budget = Budget(5)
    with budget.part(3) as part:
        part.spend()
        assert (budget.steps, part.steps) == (2, 2)
    assert budget.steps == 4
    with budget.part(9) as part:
        assert part.steps == 4
    assert budget.steps == 4


@settings(max_examples=400, deadline=None)
@given(st.randoms(use_true_random=True))
def test_an_answer_is_found_exactly_when_there_is_one(source: random.Random) -> None:
    count = source.randint(1, 4)
    values = [{value for value in range(4) if source.random() < 0.8} or {0} for _ in range(count)]
    apart = count > 1 and source.random() < 0.5
    made = search(*values, apart=apart)
    rules = [_rule(source, count) for _ in range(source.randrange(4))]
    for rule in rules:
        made.add(rule)
    for _ in range(3):
        extra = [_rule(source, count) for _ in range(source.randrange(3))]
        right = [
            answer
            for answer in map(list, product(*values))
            if all(_keeps(rule, answer) for rule in (*rules, *extra))
            and not (apart and answer[0] == answer[1])
        ]
        found = solved(made, *extra, v0=source.randrange(4))
        assert found in right if right else found is None


def _rule(source: random.Random, count: int) -> Rule:
    weights = {
        variable: {value: source.choice([0, 1, 2, 2, 5]) for value in range(4)}
        for variable in range(count)
        if source.random() < 0.8
    }
    return Rule(weights, source.randrange(8))


def _keeps(rule: Rule, answer: list[int]) -> bool:
    return sum(weighs.get(answer[at], 0) for at, weighs in rule.weights.items()) <= rule.limit
