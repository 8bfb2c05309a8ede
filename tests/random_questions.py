"""Random questions for the search, small enough to try every answer."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, product

from routekaart.domain.planner.conditions import Condition, Conditions, Prepared
from routekaart.domain.planner.question import Choose, Places, Question, Slot
from tests.problems import YEAR


def random_question(source: random.Random, *, teams: int = 1) -> Question:
    """Goals, slots, order, courses that are shared, minutes, candidates and published items."""
    goals = [f"g{number}" for number in range(source.choice([1, 2, 3, 4, 4]))]
    group = {goal: source.randrange(teams) for goal in goals}
    dates = sorted(YEAR.first_day + timedelta(source.randrange(6)) for _ in range(_few(source)))
    slots = tuple(
        Slot(date, source.choice([0, 1, 1, 1, 2, 3]), source.randrange(teams)) for date in dates
    )
    shared = [frozenset(pair) for pair in combinations(goals, 2) if source.random() < 0.3]
    if len(goals) > 2 and source.random() < 0.3:
        shared.append(frozenset(goals[:3]))
    sets = [*(frozenset([goal]) for goal in goals), *shared]
    prepared = [(goals, place) for goals in sets for place in range(len(slots))]
    numbers = [source.randint(1, 2) for _ in goals]
    return Question(
        goals=tuple(goals),
        levels=tuple(
            tuple(goal for goal, number in zip(goals, numbers, strict=True) if number == level)
            for level in sorted(set(numbers))
        ),
        slots=slots,
        after=tuple(
            (goal, first)
            for first, goal in combinations(goals, 2)
            if group[first] == group[goal] and source.random() < 0.25
        ),
        conditions=Conditions(
            frozenset(item for item in prepared if source.random() < 0.08),
            tuple(_condition(source, prepared) for _ in range(source.randrange(5)) if prepared),
        ),
        choices=_choices(source, slots),
        kept={item: source.randint(1, 5) for item in prepared if source.random() < 0.2},
        group=group,
        apart=tuple(pair for pair in combinations(range(len(slots)), 2) if source.random() < 0.1),
    )


def _few(source: random.Random) -> int:
    return source.choice([1, 2, 3, 3, 4, 4])


def _condition(source: random.Random, prepared: list[Prepared]) -> Condition:
    load = tuple(
        (item, source.choice([30, 45, 60, 60, 120])) for item in prepared if source.random() < 0.6
    )
    return Condition(load, source.choice([60, 90, 120, 150, 180]))


def _choices(source: random.Random, slots: tuple[Slot, ...]) -> tuple[Choose, ...]:
    """Of the candidates of one team at most so many."""
    found = []
    for group in sorted({slot.group for slot in slots}):
        places = frozenset(
            place
            for place, slot in enumerate(slots)
            if slot.group == group and source.random() < 0.5
        )
        if source.random() < 0.4:
            found.append(Choose(places, source.randrange(3)))
    return tuple(found)


def all_places(question: Question) -> Iterator[Places]:
    """Every answer, right or wrong."""
    options = (None, *range(len(question.slots)))
    for chosen in product(options, repeat=len(question.goals)):
        yield {
            goal: place
            for goal, place in zip(question.goals, chosen, strict=True)
            if place is not None
        }
