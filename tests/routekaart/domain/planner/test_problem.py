"""What a problem says by itself."""

import pytest

from routekaart.domain.planner.problem import even_goals_per_day


@pytest.mark.parametrize(
    ("goals", "days", "afternoons", "expected"),
    [
        (0, 0, 0, 1),
        (0, 3, 0, 1),
        (4, 3, 1, 1),
        (4, 3, 0, 2),
        (7, 3, 0, 3),
        (5, 0, 2, 1),
        (2, 1, 5, 1),
    ],
)
def test_goals_are_spread_over_the_days_there_are(
    goals: int, days: int, afternoons: int, expected: int
) -> None:
    assert even_goals_per_day(goals, days, afternoons) == expected
