"""What each person prepares for which day, when goals have theirs."""

from dataclasses import replace
from datetime import date, time

from routekaart.domain.people import Member
from routekaart.domain.planner.demand import demand_of
from routekaart.domain.planner.fill import tasks_of
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.planner.usable_days import usable_days
from tests.problems import NOORD

# Four weeks of 60 minutes lie before each day, and five before both together.
DAYS = tuple(
    StudyDay(day_id, day, StudyDayKind.DAY, time(8, 30), 360)
    for day_id, day in (("nov", date(2026, 11, 3)), ("later", date(2026, 11, 10)))
)
ONE, TWO = Goal("one", "Wij leren één", 1), Goal("two", "Wij leren twee", 2)
NOV, LATER = 0, 1


def row(goal: Goal, course: str, minutes: int, **more: object) -> Preparation:
    made = Preparation(goal.id, "sam", course, course, minutes)
    return replace(made, **more)  # type: ignore[arg-type]


def prepared(
    *rows: Preparation, waiting: tuple[Goal, ...] = (ONE, TWO), **places: int
) -> list[tuple[str, str, str, int]]:
    """Per task its course, goal, day and minutes; goals have their turn in order of priority."""
    problem = Problem(NOORD, (Member("sam", "Sam"),), (ONE, TWO), rows, DAYS)
    (profile,) = demand_of(problem).profiles
    tasks = tasks_of(
        profile,
        frozenset(goal.id for goal in waiting),
        places,
        ("one", "two"),
        usable_days(problem)[0],
    )
    return [(task.course, task.goal_id, task.day_id, task.minutes) for task in tasks]


def test_every_course_of_a_goal_with_a_day_is_prepared_for_that_day() -> None:
    rows = (row(ONE, "a", 60), row(ONE, "b", 30), row(TWO, "c", 45))
    assert prepared(*rows, one=LATER, two=NOV) == [
        ("a", "one", "later", 60),
        ("b", "one", "later", 30),
        ("c", "two", "nov", 45),
    ]
    assert prepared(*rows, two=LATER) == [("c", "two", "later", 45)]


def test_a_shared_course_is_prepared_once_for_the_first_of_its_days() -> None:
    rows = (row(ONE, "a", 60), row(TWO, "a", 60))
    assert prepared(*rows, one=LATER, two=NOV) == [("a", "two", "nov", 60)]
    assert prepared(*rows, one=NOV, two=LATER) == [("a", "one", "nov", 60)]
    # For the same day it is the one whose turn comes first.
    assert prepared(*rows, one=NOV, two=NOV) == [("a", "one", "nov", 60)]


def test_what_a_goal_does_not_wait_for_gets_the_minutes_that_are_left() -> None:
    rows = (row(ONE, "a", 300), row(TWO, "b", 180))
    assert prepared(*rows, waiting=(TWO,), one=NOV, two=NOV) == [
        ("b", "two", "nov", 180),
        ("a", "one", "nov", 60),
    ]
    # Four weeks before the first day, of which three are used for the second.
    assert prepared(*rows, waiting=(TWO,), one=NOV, two=LATER) == [
        ("b", "two", "later", 180),
        ("a", "one", "nov", 120),
    ]


def test_a_voluntary_course_is_only_taken_whole_and_comes_last() -> None:
    rows = (
        row(ONE, "a", 61, mandatory=False),
        row(TWO, "b", 180),
        row(TWO, "c", 60, mandatory=False),
    )
    assert prepared(*rows, one=NOV, two=NOV) == [("b", "two", "nov", 180), ("c", "two", "nov", 60)]


def test_a_course_moves_forward_when_all_of_it_fits_before_an_earlier_day() -> None:
    # Mandatory for the later day, voluntary for the earlier one.
    rows = (row(ONE, "a", 240), row(TWO, "a", 240, mandatory=False), row(TWO, "b", 60))
    assert prepared(rows[0], rows[1], one=LATER, two=NOV) == [("a", "two", "nov", 240)]
    # Beside another course it fits before the later day only.
    assert prepared(*rows, one=LATER, two=NOV) == [
        ("a", "one", "later", 240),
        ("b", "two", "nov", 60),
    ]


def test_what_was_begun_for_one_day_is_finished_for_the_next() -> None:
    rows = (row(ONE, "a", 270), row(TWO, "a", 270))
    assert prepared(*rows, waiting=(), one=NOV, two=LATER) == [
        ("a", "one", "nov", 240),
        ("a", "two", "later", 30),
    ]


def test_courses_keep_the_order_of_their_goal() -> None:
    first = row(ONE, "a", 60, position=1, available_from=date(2026, 10, 26))
    second = row(ONE, "b", 30, position=2)
    # The first can only be done in the last week, and the second not before it.
    assert prepared(first, second, one=NOV, waiting=()) == [("a", "one", "nov", 60)]
    assert prepared(second, replace(first, minutes=30), one=NOV, waiting=()) == [
        ("a", "one", "nov", 30),
        ("b", "one", "nov", 30),
    ]
