"""Goals a day for a team that leaves that to us."""

from dataclasses import replace
from datetime import date, time

import pytest

from routekaart.domain.planner.even_days import evened
from routekaart.domain.planner.problem import Goal, Problem, Settings, StudyDay, StudyDayKind
from tests.problems import NOORD

DAY = StudyDay("day", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
AFTERNOON = StudyDay("noon", date(2027, 2, 4), StudyDayKind.AFTERNOON, time(13), 180)
MAYBE = replace(DAY, id="maybe", date=date(2027, 3, 4), fixed=False)
LATE = replace(AFTERNOON, id="late", date=date(2027, 3, 9), fixed=False)


@pytest.mark.parametrize(
    ("days", "most", "expected"),
    [
        ((DAY,), None, 4),
        ((DAY, AFTERNOON), None, 3),
        # Of the candidates the whole day comes first, whatever the order.
        ((DAY, LATE, MAYBE), None, 2),
        ((DAY, LATE, MAYBE), 1, 2),
        ((DAY, LATE, MAYBE), 0, 4),
        ((LATE, MAYBE), 1, 4),
        ((), None, 1),
    ],
)
def test_goals_are_spread_over_the_days_that_may_be_used(
    days: tuple[StudyDay, ...], most: int | None, expected: int
) -> None:
    problem = Problem(
        calendar=NOORD,
        members=(),
        goals=tuple(Goal(str(number), "Wij leren", number) for number in range(4)),
        preparations=(),
        study_days=days,
        settings=Settings(most_candidate_days=most, window_weeks=9),
    )
    wanted = replace(problem.settings, goals_per_day=expected)
    assert evened(problem) == replace(problem, settings=wanted)
