"""Which goal on which day: the question that a solver answers, and what makes an answer right."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from routekaart.domain.planner.conditions import Condition, Conditions, Prepared

Places = Mapping[str, int]
"""Per goal that has a day the place of that day; the others wait."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A study day on which goals can be placed; `group` are the goals of the team it is for."""

    date: date
    room: int
    group: int = 0


@dataclass(frozen=True, slots=True)
class Choose:
    """At most `most` of these places are used."""

    places: frozenset[int]
    most: int


@dataclass(frozen=True)
class Question:
    """Goals in their turn, with slots in order of deadline, which for one team is that of date.

    `levels` are the goals by priority, the highest first, and `group` is the team of each. `after`
    are pairs (goal, the goal that comes first). `kept` counts the published items that stay when
    goals are first prepared for the day at a place. Places that are `apart` are never both used.
    """

    goals: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    slots: tuple[Slot, ...]
    after: tuple[tuple[str, str], ...]
    conditions: Conditions
    choices: tuple[Choose, ...] = ()
    kept: Mapping[Prepared, int] = field(default_factory=dict)
    group: Mapping[str, int] = field(default_factory=dict)
    apart: tuple[tuple[int, int], ...] = ()

    def only(self, groups: Collection[int]) -> "Question":
        """What this asks of some teams, as if the others did not exist."""
        own = {goal for goal in self.goals if self.group_of(goal) in groups}
        limits = (
            Condition(tuple(item for item in limit.load if item[0][0] <= own), limit.limit)
            for limit in self.conditions.limits
        )
        return Question(
            goals=tuple(goal for goal in self.goals if goal in own),
            levels=tuple(tuple(goal for goal in level if goal in own) for level in self.levels),
            slots=self.slots,
            after=tuple(pair for pair in self.after if pair[0] in own),
            conditions=Conditions(
                frozenset(item for item in self.conditions.closed if item[0] <= own),
                tuple(limit for limit in limits if limit.load),
            ),
            choices=tuple(
                item
                for item in self.choices
                if all(self.slots[place].group in groups for place in item.places)
            ),
            kept={item: count for item, count in self.kept.items() if item[0] <= own},
            group=self.group,
            apart=tuple(
                pair
                for pair in self.apart
                if all(self.slots[place].group in groups for place in pair)
            ),
        )

    def group_of(self, goal: str) -> int:
        """The team of a goal; where there is one team only, that."""
        return self.group.get(goal, 0)

    def open_places(self, goal: str) -> list[int]:
        """The places where a goal may stand, earliest first, as far as it alone decides that."""
        own, group = frozenset([goal]), self.group_of(goal)
        return [
            place
            for place, slot in enumerate(self.slots)
            if slot.group == group and slot.room > 0 and (own, place) not in self.conditions.closed
        ]

    @cached_property
    def shared(self) -> tuple[frozenset[str], ...]:
        """The sets of goals that share a course, in a stable order."""
        sets = {goals for item in self.conditions.limits for (goals, _), _ in item.load}
        sets |= {goals for goals, _ in self.conditions.closed}
        sets |= {goals for goals, _ in self.kept}
        return tuple(sorted((goals for goals in sets if len(goals) > 1), key=sorted))


def first_prepared(question: Question, places: Places) -> dict[frozenset[str], int]:
    """Per set of goals that share a course, single goals too, the day it is prepared for."""
    return Referee(question).first_prepared(places)


class Referee:
    """Says whether answers to one question are right; counts in whole numbers, without a search."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._open = {goal: frozenset(question.open_places(goal)) for goal in question.goals}
        self._sets = (*(frozenset([goal]) for goal in question.goals), *question.shared)
        self._limits = [condition.limit for condition in question.conditions.limits]
        self._loads = question.conditions.loads

    def first_prepared(self, places: Places) -> dict[frozenset[str], int]:
        """Per set of goals that share a course, single goals too, the day it is prepared for."""
        found = {}
        for goals in self._sets:
            used = [places[goal] for goal in goals if goal in places]
            if used:
                found[goals] = min(used)
        return found

    def is_right(self, places: Places) -> bool:
        """Whether an answer keeps every condition."""
        question = self._question
        used = list(places.values())
        slots = question.slots
        return (
            all(place in self._open.get(goal, ()) for goal, place in places.items())
            and all(used.count(place) <= slots[place].room for place in set(used))
            and all(
                first in places and slots[places[first]].date < slots[places[goal]].date
                for goal, first in question.after
                if goal in places
            )
            and all(len(item.places & set(used)) <= item.most for item in question.choices)
            and not any(set(pair) <= set(used) for pair in question.apart)
            and self._can_prepare(places)
        )

    def clashes(self, places: Places) -> Iterator[frozenset[int]]:
        """The teams that are in each other's way where each of them keeps its own conditions."""
        question = self._question
        prepared = self.first_prepared(places)
        used = set(places.values())
        for goals, place in prepared.items():
            if (goals, place) in question.conditions.closed:
                yield self._teams(goals)
        for condition in question.conditions.limits:
            load = [(item, m) for item, m in condition.load if prepared.get(item[0]) == item[1]]
            if sum(minutes for _, minutes in load) > condition.limit:
                yield self._teams(goal for (goals, _), _ in load for goal in goals)
        for pair in question.apart:
            if set(pair) <= used:
                yield frozenset(question.slots[place].group for place in pair)

    def _teams(self, goals: Iterable[str]) -> frozenset[int]:
        return frozenset(map(self._question.group_of, goals))

    def _can_prepare(self, places: Places) -> bool:
        left = list(self._limits)
        for item in self.first_prepared(places).items():
            if item in self._question.conditions.closed:
                return False
            for number, minutes in self._loads.get(item, ()):
                left[number] -= minutes
                if left[number] < 0:
                    return False
        return True


def score(question: Question, places: Places) -> tuple[tuple[int, ...], ...]:
    """How good an answer is; of two answers the greater is the better.

    In this strict order: how many goals of each priority have a day; how many published items
    stay; per priority how early its goals stand, as the sum of minus the number of days before
    it; and at last goal by goal in their turn, so that there is one best answer only.
    """
    prepared = first_prepared(question, places)
    turns = {goal: turn_of(question, goal, places) for goal in question.goals}
    return (
        tuple(sum(goal in places for goal in level) for level in question.levels),
        (sum(count for item, count in question.kept.items() if item in prepared.items()),),
        tuple(-sum(turns[goal] for goal in level) for level in question.levels),
        tuple(-turns[goal] for goal in question.goals),
    )


def turn_of(question: Question, goal: str, places: Places) -> int:
    """How many days of its team come before the day of a goal; all of them when it waits."""
    own = [
        place for place, slot in enumerate(question.slots) if slot.group == question.group_of(goal)
    ]
    return own.index(places[goal]) if goal in places else len(own)
