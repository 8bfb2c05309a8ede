"""Which days need a room or trainer that another team has then."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from routekaart.domain.planner.problem import StudyDay, StudyDayKind
from routekaart.domain.planner.taken import clash

HALL = StudyDay(
    "one", date(2026, 11, 3), StudyDayKind.DAY, time(9), 120, resources=("room:hall", "trainer:1")
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"start": time(10, 59)}, True),
        ({"start": time(11)}, False),
        ({"start": time(7), "minutes": 120}, False),
        ({"date": date(2026, 11, 4)}, False),
        ({"resources": ("trainer:1",)}, True),
        ({"resources": ("trainer:2",)}, False),
        ({"resources": ()}, False),
    ],
)
def test_the_same_room_or_trainer_at_the_same_hours(values: dict[str, Any], expected: bool) -> None:
    other = replace(HALL, id="two", **values)
    assert clash(HALL, other) is expected
    assert clash(other, HALL) is expected
