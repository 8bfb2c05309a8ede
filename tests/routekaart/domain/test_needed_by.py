"""The deadline of a course that is needed for two study days."""

from datetime import date

import pytest

from routekaart.domain.needed_by import Need, deadlines

DEADLINES = date(2026, 10, 28), date(2027, 1, 27)
DAYS = date(2026, 11, 4), date(2027, 2, 3)
TWICE = [
    Need("mo", "feedback", deadline, day) for deadline, day in zip(DEADLINES, DAYS, strict=True)
]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 1), DEADLINES[0]),
        # Late, but the day has yet to come: it is still needed for that one.
        (date(2026, 10, 29), DEADLINES[0]),
        (DAYS[0], DEADLINES[0]),
        (date(2026, 11, 5), DEADLINES[1]),
        (DAYS[1], DEADLINES[1]),
        (date(2027, 2, 4), DEADLINES[1]),
    ],
)
def test_that_of_the_first_day_it_is_still_needed_for(today: date, expected: date) -> None:
    assert deadlines(reversed(TWICE), today) == {("mo", "feedback"): expected}


def test_of_each_member_and_course_apart() -> None:
    needs = [
        *TWICE,
        Need("mo", "vragen", DEADLINES[1], DAYS[1]),
        Need("lies", "feedback", DEADLINES[1], DAYS[1]),
    ]
    assert deadlines(needs, DAYS[0]) == {
        ("mo", "feedback"): DEADLINES[0],
        ("mo", "vragen"): DEADLINES[1],
        ("lies", "feedback"): DEADLINES[1],
    }
