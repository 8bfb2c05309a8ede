"""When a course of somebody is up."""

from datetime import date

import pytest

from routekaart.domain.progress.week import Turn, turn_of

# A Wednesday.
TODAY = date(2026, 10, 7)
MONDAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("state", "deadline", "week", "turn"),
    [
        ("assigned", date(2026, 10, 6), None, Turn.NOW),
        ("assigned", TODAY, None, Turn.NOW),
        ("assigned", date(2026, 10, 8), None, Turn.THIS_WEEK),
        ("assigned", date(2026, 10, 11), None, Turn.THIS_WEEK),
        ("assigned", date(2026, 10, 12), None, Turn.LATER),
        ("assigned", date(2026, 11, 1), MONDAY, Turn.THIS_WEEK),
        ("assigned", date(2026, 11, 1), date(2026, 9, 28), Turn.THIS_WEEK),
        ("assigned", date(2026, 11, 1), date(2026, 10, 12), Turn.LATER),
        ("assigned", None, None, Turn.LATER),
        ("started", None, None, Turn.NOW),
        ("done", date(2026, 10, 1), MONDAY, Turn.DONE),
        ("waived", date(2026, 10, 1), MONDAY, Turn.DONE),
    ],
)
def test_a_course_is_up_when_it_is_due_begun_or_planned(
    state: str, deadline: date | None, week: date | None, turn: Turn
) -> None:
    assert turn_of(state, deadline=deadline, week=week, today=TODAY) is turn
