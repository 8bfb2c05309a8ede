"""How a team stands, without a word about a single person."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.progress import (
    Counts,
    CourseProgress,
    PersonProgress,
    ProgressRow,
    TeamProgress,
    course_progress,
    is_late,
    people_progress,
    preparation,
    ready_for,
    team_progress,
)

TODAY = date(2026, 11, 2)
STATES = ("assigned", "started", "done", "waived")


def row(person: str, course: str = "a", state: str = "assigned", **values: Any) -> ProgressRow:
    made = ProgressRow(person, f"Naam {person}", course, f"Cursus {course}", state)
    return replace(made, **values)


@pytest.mark.parametrize(
    ("state", "deadline", "late"),
    [
        ("assigned", date(2026, 11, 1), True),
        ("started", date(2026, 11, 1), True),
        ("assigned", TODAY, False),
        ("assigned", None, False),
        ("done", date(2026, 11, 1), False),
        ("waived", date(2026, 11, 1), False),
    ],
)
def test_late_after_the_deadline_while_it_is_to_be_done(
    state: str, deadline: date | None, late: bool
) -> None:
    assert is_late(row("sam", state=state, deadline=deadline), TODAY) is late


SIX = [
    row("1", deadline=date(2026, 10, 1), goals=("lezen",)),
    row("2", state="started"),
    row("3", state="done", goals=("praten",)),
    row("4", state="done"),
    row("5", state="waived"),
    row("1", "b", "done"),
]
OF_A = Counts(assigned=1, started=1, done=2, waived=1, late=1)


def test_a_course_of_five_is_shown_and_one_of_fewer_is_not() -> None:
    courses = course_progress(SIX, TODAY, with_names=False)
    assert courses == (
        CourseProgress("a", "Cursus a", ("lezen", "praten"), False, 5, OF_A),
        CourseProgress("b", "Cursus b", (), True, None, None),
    )
    # Not with what is hidden: subtracting would tell it.
    assert team_progress(courses) == TeamProgress(hidden=False, counts=OF_A)


def test_who_sees_names_sees_all_counts() -> None:
    courses = course_progress(SIX, TODAY, with_names=True)
    assert [item.hidden for item in courses] == [False, False]
    assert courses[1].counts == Counts(0, 0, 1, 0, 0)
    assert team_progress(courses).counts == Counts(1, 1, 3, 1, 1)


def test_a_team_with_only_small_groups_shows_nothing() -> None:
    courses = course_progress(SIX[:4], TODAY, with_names=False)
    assert team_progress(courses) == TeamProgress(hidden=True, counts=None)


def test_a_team_without_courses_hides_nothing() -> None:
    assert team_progress(()) == TeamProgress(hidden=False, counts=Counts(0, 0, 0, 0, 0))


def test_per_person_by_name() -> None:
    assert people_progress(reversed(SIX[:1] + SIX[5:] + SIX[1:2]), TODAY) == (
        PersonProgress("1", "Naam 1", Counts(1, 0, 1, 0, 1)),
        PersonProgress("2", "Naam 2", Counts(0, 1, 0, 0, 0)),
    )


def test_ready_for_goals_are_whole_courses_that_are_mandatory_for_somebody() -> None:
    rows = (
        row("1", goals=("lezen",)),
        row("2", mandatory=False),
        row("1", "b", goals=("lezen",), mandatory=False),
        row("1", "c", goals=("praten",)),
    )
    assert ready_for(rows, {"lezen"}) == rows[:2]


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("xyz")), st.sampled_from(STATES)
    )
)
def test_nothing_that_is_shown_changes_with_what_is_hidden(
    states: dict[tuple[str, str], str],
) -> None:
    """Whatever people in small groups do, a reader without names gets the same answer."""
    rows = [
        row(person, course, state, goals=("lezen",)) for (person, course), state in states.items()
    ]
    sizes = Counter(item.course for item in rows)
    other = [replace(item, state="done") if sizes[item.course] < 5 else item for item in rows]
    courses, again = (course_progress(each, TODAY, with_names=False) for each in (rows, other))
    assert courses == again
    assert team_progress(courses) == team_progress(again)
    one, two = (preparation(each, ("lezen",), TODAY, with_names=False) for each in (rows, other))
    assert one == two
