"""When everyone can be ready: what goals and days ask of people's weeks, as linear conditions.

Weeks per person are not variables. A set of tasks fits into someone's weeks exactly when for every
stretch of weeks the minutes of the tasks that lie wholly within it are no more than the minutes of
that stretch (earliest deadline first then finds a place for each). So a person gives one condition
per stretch; people who ask the same of a stretch share the condition of the one with least time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

from routekaart.domain.planner.agenda import Hours
from routekaart.domain.planner.demand import Need, Profile
from routekaart.domain.planner.usable_days import UsableDay

Span = tuple[int, int]
# Goals that share a course, and the place of a day: it is prepared for the first of them.
Prepared = tuple[frozenset[str], int]


@dataclass(frozen=True, slots=True)
class Part:
    """A mandatory course that a profile prepares once, for the first of its goals with a day."""

    course: str
    minutes: int
    goals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Condition:
    """The minutes of what is prepared, by (goals, day), are together at most `limit`."""

    load: tuple[tuple[Prepared, int], ...]
    limit: int


@dataclass(frozen=True)
class Conditions:
    """What a placement must satisfy; for `closed` goals and days there are no weeks at all."""

    closed: frozenset[Prepared]
    limits: tuple[Condition, ...]

    @cached_property
    def loads(self) -> Mapping[Prepared, Sequence[tuple[int, int]]]:
        """Per (goals, day) the numbers of the limits that it weighs on, with its minutes."""
        found: dict[Prepared, list[tuple[int, int]]] = defaultdict(list)
        for number, condition in enumerate(self.limits):
            for item, minutes in condition.load:
                found[item].append((number, minutes))
        return dict(found)


class Windows:
    """The weeks in which a profile can prepare for each day; every question is worked out once."""

    def __init__(self, hours: Hours, days: Sequence[UsableDay]) -> None:
        self._hours = hours
        self._days = days
        self._spans: dict[tuple[int, date | None], Span | None] = {}
        self._sums = tuple(accumulate(hours.minutes, initial=0))

    def minutes(self, first: int, last: int) -> int:
        """Study minutes from week `first` up to and including week `last`."""
        return self._sums[last + 1] - self._sums[first]

    def span(self, place: int, available_from: date | None) -> Span | None:
        """The first and last week before the day at `place`; None when there is none."""
        key = (place, available_from)
        if key not in self._spans:
            day = self._days[place]
            self._spans[key] = (
                None
                if day.deadline is None
                else self._hours.span(day.first_monday, available_from or date.min, day.deadline)
            )
        return self._spans[key]

    def in_order(self, needs: Iterable[Need], place: int) -> list[Span | None]:
        """The weeks of each course of a goal before this day, None where there are none.

        A course starts no earlier than the ones that come before it.
        """
        spans: list[Span | None] = []
        first = 0
        for need in needs:
            span = self.span(place, need.available_from)
            if span is not None:
                first = max(first, span[0])
                span = (first, span[1]) if first <= span[1] else None
            spans.append(span)
        return spans

    def fits(self, needs: Sequence[Need], place: int) -> bool:
        """Whether these courses of one goal fit before the day at `place`, with nothing else."""
        left = sum(need.minutes for need in needs)
        for need, span in zip(needs, self.in_order(needs, place), strict=True):
            if span is None or left > self.minutes(*span):
                return False
            left -= need.minutes
        return True

    def of_courses(self, goals: Mapping[str, Sequence[Need]], place: int) -> dict[str, Span | None]:
        """The weeks of each course before this day, in the order of every goal that asks for it."""
        spans = {
            need.course: self.span(place, need.available_from)
            for needs in goals.values()
            for need in needs
        }
        settled = False
        while not settled:
            settled = True
            for needs in goals.values():
                first = 0
                for need in needs:
                    span = spans[need.course]
                    if span is None:
                        continue
                    if span[0] < first:
                        settled = False
                        spans[need.course] = span = (first, span[1]) if first <= span[1] else None
                    first = span[0] if span else first
        return spans


def mandatory_needs(profile: Profile) -> dict[str, list[Need]]:
    """The mandatory courses of a profile that take time, per goal and in its order."""
    needs: dict[str, list[Need]] = defaultdict(list)
    for need in profile.needs:
        if need.mandatory and need.minutes:
            needs[need.goal_id].append(need)
    return needs


def waited_for(profile: Profile, days: Sequence[UsableDay], *, all_goals: bool) -> frozenset[str]:
    """The goals that wait for this profile: those it could prepare if each were the only one.

    Who has too little time for a goal before whatever day is reported, and does not hold the team
    up. `all_goals`: every goal waits.
    """
    windows = Windows(profile.hours, days)
    needs = mandatory_needs(profile)
    return frozenset(
        goal_id
        for goal_id, asked in needs.items()
        if all_goals or any(windows.fits(asked, place) for place in range(len(days)))
    )


def parts_of(profile: Profile, goals: frozenset[str]) -> tuple[Part, ...]:
    """The mandatory courses of some goals, each once."""
    asked: dict[str, tuple[int, set[str]]] = {}
    for goal_id, needs in mandatory_needs(profile).items():
        for need in needs if goal_id in goals else ():
            asked.setdefault(need.course, (need.minutes, set()))[1].add(goal_id)
    return tuple(
        Part(course, minutes, frozenset(goal_ids))
        for course, (minutes, goal_ids) in sorted(asked.items())
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """What profiles with the same courses and the same weeks to prepare in ask alike."""

    asked: tuple[tuple[frozenset[str], int], ...]
    spans: tuple[tuple[Span | None, ...], ...]


def conditions_of(
    profiles: Sequence[Profile], waiting: Sequence[frozenset[str]], days: Sequence[UsableDay]
) -> Conditions:
    """The conditions of all profiles; `waiting` are the goals that wait for each of them."""
    closed: set[Prepared] = set()
    groups: dict[_Shape, list[Windows]] = defaultdict(list)
    for profile, goals in zip(profiles, waiting, strict=True):
        windows = Windows(profile.hours, days)
        groups[_shape(profile, goals, windows, len(days))].append(windows)
    limits: dict[tuple[tuple[Prepared, int], ...], int] = {}
    for shape, alike in groups.items():
        for (goals, _), row in zip(shape.asked, shape.spans, strict=True):
            closed.update((goals, place) for place, span in enumerate(row) if span is None)
        for first, last, load in _loads(shape):
            limit = min(windows.minutes(first, last) for windows in alike)
            if _heaviest(load) > limit:
                limits[load] = min(limit, limits.get(load, limit))
    closed.update(
        prepared for load, limit in limits.items() for prepared, minutes in load if minutes > limit
    )
    return Conditions(
        frozenset(closed), tuple(Condition(load, limit) for load, limit in limits.items())
    )


def _shape(profile: Profile, goals: frozenset[str], windows: Windows, days: int) -> _Shape:
    needs = {goal: asked for goal, asked in mandatory_needs(profile).items() if goal in goals}
    spans = [windows.of_courses(needs, place) for place in range(days)]
    parts = parts_of(profile, goals)
    return _Shape(
        tuple((part.goals, part.minutes) for part in parts),
        tuple(tuple(by_course[part.course] for by_course in spans) for part in parts),
    )


def _loads(shape: _Shape) -> Iterator[tuple[int, int, tuple[tuple[Prepared, int], ...]]]:
    """For every stretch of weeks what lies wholly within it, as (first, last, load)."""
    spans = {span for row in shape.spans for span in row if span is not None}
    lasts = sorted({last for _, last in spans})
    for first in sorted({first for first, _ in spans}):
        for last in lasts:
            if last < first:
                continue
            load: dict[Prepared, int] = defaultdict(int)
            for (goals, minutes), row in zip(shape.asked, shape.spans, strict=True):
                for place, span in enumerate(row):
                    if span is not None and span[0] >= first and span[1] <= last:
                        load[goals, place] += minutes
            if load:
                yield first, last, tuple(sorted(load.items(), key=_by_goals))


def _by_goals(item: tuple[Prepared, int]) -> tuple[list[str], int]:
    (goals, place), _ = item
    return sorted(goals), place


def without_needless(limits: Sequence[Condition]) -> tuple[Condition, ...]:
    """The limits that are not kept anyway, by what they ask at most or by another limit."""
    binding = [limit for limit in limits if _heaviest(limit.load) > limit.limit]
    loads = [dict(limit.load) for limit in binding]

    def follows(number: int) -> bool:
        own, limit = loads[number], binding[number].limit
        return any(
            other != number
            and binding[other].limit <= limit
            and len(load) >= len(own)
            and all(load.get(item, 0) >= minutes for item, minutes in own.items())
            # Of two that are alike the first one stays.
            and (other < number or binding[other].limit < limit or load != own)
            for other, load in enumerate(loads)
        )

    return tuple(limit for number, limit in enumerate(binding) if not follows(number))


def _heaviest(load: Iterable[tuple[Prepared, int]]) -> int:
    """The most minutes that these can ask together: each is prepared for one day only."""
    most: dict[frozenset[str], int] = defaultdict(int)
    for (goals, _), minutes in load:
        most[goals] = max(most[goals], minutes)
    return sum(most.values())
