"""One person's weeks: as light as can be, and then close to the day."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.people import Booked, Leave, Member
from routekaart.domain.planner.agenda import (
    Hours,
    Task,
    hours_of,
    lightest_peak,
    spread,
    unplaced_minutes,
)
from tests.problems import NOORD

MONDAY = date(2026, 11, 2)


def weeks(*minutes: int) -> Hours:
    """So many minutes in one week after the other."""
    mondays = tuple(MONDAY + timedelta(weeks=number) for number in range(len(minutes)))
    return Hours(mondays, mondays, minutes)


def task(course: str, minutes: int, first: int, last: int, position: int = 0) -> Task:
    return Task(course, "goal", 0, position, minutes, first, last, "day", MONDAY)


def shown(tasks: Sequence[Task], hours: Hours) -> list[tuple[str, int, int]]:
    return [
        (item.course, hours.weeks.index(week), minutes)
        for item, week, minutes in spread(tasks, hours)
    ]


def test_hours_are_the_minutes_of_weeks_in_which_someone_works() -> None:
    sam = Member(
        "sam",
        "Sam",
        working_days=(1,),
        leave=(Leave(date(2026, 11, 9), date(2026, 11, 9)),),
        booked=(
            Booked(date(2026, 11, 2), 20),
            Booked(date(2026, 11, 4), 15),
            Booked(date(2026, 11, 16), 90),
        ),
    )
    hours = hours_of(sam, NOORD, 60, date(2026, 11, 2))
    first = hours.weeks.index(MONDAY)
    # Booked twice, away on the only working day, booked for more than there is, and a free week.
    assert hours.minutes[first : first + 4] == (25, 0, 0, 60)
    assert not any(hours.minutes[:first])
    assert hours.days[0] == MONDAY


def test_a_span_goes_from_the_first_to_the_last_week_with_a_working_day() -> None:
    hours = hours_of(Member("sam", "Sam", working_days=(2, 3)), NOORD, 60, None)
    first = hours.weeks.index(MONDAY)

    def span(first_monday: date, earliest: date, deadline: date) -> tuple[int, int] | None:
        found = hours.span(first_monday, earliest, deadline)
        return found and (found[0] - first, found[1] - first)

    monday, later = MONDAY, MONDAY + timedelta(weeks=2)
    assert span(monday, date.min, later) == (0, 1)
    assert span(monday, date.min, later + timedelta(1)) == (0, 2)
    assert span(monday, monday + timedelta(2), later) == (0, 1)
    assert span(monday, monday + timedelta(3), later) == (1, 1)
    assert span(later, date.min, later) is None


@pytest.mark.parametrize(
    ("minutes", "free", "peak"),
    [
        # In whole sessions of half an hour.
        (60, (60, 60, 60), 30),
        (91, (60, 60, 60), 60),
        (45, (60,), 60),
        # Unless the hours have fewer.
        (45, (50,), 50),
        (80, (40, 40), 40),
        (100, (10, 10, 100), 90),
        (0, (60, 60), 0),
    ],
)
def test_the_busiest_week_is_as_light_as_can_be(
    minutes: int, free: tuple[int, ...], peak: int
) -> None:
    tasks = [task("a", minutes, 0, len(free) - 1)]
    assert lightest_peak(tasks, weeks(*free)) == peak


def test_weeks_lie_close_to_the_day_and_in_order() -> None:
    tasks = [task("b", 30, 0, 4, position=2), task("a", 80, 0, 4, position=1)]
    assert shown(tasks, weeks(60, 60, 60, 60, 60)) == [
        ("a", 1, 20),
        ("a", 2, 30),
        ("a", 3, 30),
        ("b", 4, 30),
    ]


def test_what_does_not_fit_is_counted_and_not_spread() -> None:
    tasks = [task("a", 90, 0, 1), task("b", 60, 1, 1)]
    assert unplaced_minutes(tasks, (60, 60)) == 30
    assert unplaced_minutes(tasks, (90, 60)) == 0
    with pytest.raises(ValueError, match="minutes of a do not fit"):
        spread(tasks, weeks(60, 60))


def all_ways(tasks: Sequence[Task], free: Sequence[int], step: int) -> Iterator[list[list[int]]]:
    """Every way to put tasks in weeks, in portions of `step` minutes: per task minutes per week."""
    if not tasks:
        yield []
        return
    first = tasks[0]
    span = range(first.first, first.last + 1)
    for counts in product(range(first.minutes // step + 1), repeat=len(span)):
        if sum(counts) * step != first.minutes:
            continue
        row = [0] * len(free)
        for week, count in zip(span, counts, strict=True):
            row[week] = count * step
        left = [have - used for have, used in zip(free, row, strict=True)]
        if min(left) >= 0:
            for rest in all_ways(tasks[1:], left, step):
                yield [row, *rest]


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=True))
def test_no_other_way_is_lighter_or_with_that_peak_closer(source: random.Random) -> None:
    free = [source.choice([0, 30, 60, 60, 90]) for _ in range(source.randint(1, 4))]
    tasks = []
    for name in "abc"[: source.randint(1, 3)]:
        first = source.randrange(len(free))
        last = source.randrange(first, len(free))
        tasks.append(task(name, source.choice([30, 60, 90]), first, last))
    ways = [list(map(sum, zip(*way, strict=True))) for way in all_ways(tasks, free, 30)]
    if not ways:
        assert unplaced_minutes(tasks, free) > 0
        return
    assert unplaced_minutes(tasks, free) == 0
    lightest = min(map(max, ways))
    closest = max(_lateness(way) for way in ways if max(way) == lightest)
    found: Counter[int] = Counter()
    per_task: Counter[str] = Counter()
    for name, week, minutes in shown(tasks, weeks(*free)):
        found[week] += minutes
        per_task[name] += minutes
    used = [found[week] for week in range(len(free))]
    assert per_task == {item.course: item.minutes for item in tasks}
    assert (max(used), _lateness(used)) == (lightest, closest)


def _lateness(used: Sequence[int]) -> int:
    return sum(week * minutes for week, minutes in enumerate(used))


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=True))
def test_minutes_of_any_size_fit_within_the_peak_and_their_weeks(source: random.Random) -> None:
    free = [source.randrange(100) for _ in range(source.randint(1, 6))]
    tasks: list[Task] = []
    for name in "abcd":
        first = source.randrange(len(free))
        made = task(name, 1 + source.randrange(120), first, source.randrange(first, len(free)))
        missing = unplaced_minutes([*tasks, made], free)
        tasks += [replace(made, minutes=made.minutes - missing)] if missing < made.minutes else []
    hours = weeks(*free)
    peak = lightest_peak(tasks, hours)
    used: Counter[int] = Counter()
    done: Counter[str] = Counter()
    for item, monday, minutes in spread(tasks, hours):
        week = hours.weeks.index(monday)
        assert item.first <= week <= item.last
        used[week] += minutes
        done[item.course] += minutes
    assert done == {item.course: item.minutes for item in tasks}
    assert all(minutes <= min(free[week], peak) for week, minutes in used.items())
    if peak >= 30:
        lower = [min(minutes, (peak - 1) // 30 * 30) for minutes in free]
        assert unplaced_minutes(tasks, lower) > 0
