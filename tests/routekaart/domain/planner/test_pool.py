"""Several teams that ask the same person."""

from datetime import date

import pytest

from courses.entities import DurationBasis
from routekaart.domain.people import Booked, Member
from routekaart.domain.planner.plan import PreparationWeek
from routekaart.domain.planner.pool import fits_beside_others

MONDAY, NEXT = date(2026, 9, 7), date(2026, 9, 14)


def week(minutes: int, monday: date = MONDAY, member: str = "p1") -> PreparationWeek:
    return PreparationWeek(
        member_id=member,
        goal_ids=("d1",),
        study_day_id="s1",
        course="cursus",
        course_title="Cursus",
        week=monday,
        minutes=minutes,
        deadline=date(2026, 10, 1),
        mandatory=True,
        duration_basis=DurationBasis.STATED,
    )


@pytest.mark.parametrize(
    ("weeks", "booked", "fits"),
    [
        ([], (), True),
        ([week(60)], (), True),
        ([week(40)], (Booked(MONDAY, 20),), True),
        ([week(40)], (Booked(MONDAY, 21),), False),
        ([week(20), week(21)], (Booked(MONDAY, 20),), False),
        ([week(40)], (Booked(MONDAY, 10), Booked(MONDAY, 11)), False),
        # A week is a week, whatever day of it is named.
        ([week(40)], (Booked(date(2026, 9, 9), 21),), False),
        # In another week, or for another person.
        ([week(60)], (Booked(NEXT, 60),), True),
        ([week(60, member="p2")], (Booked(MONDAY, 60),), True),
        # What others ask too much where this team asks nothing is not for this team to mend.
        ([week(60)], (Booked(NEXT, 90),), True),
    ],
)
def test_within_the_minutes_of_a_week(
    weeks: list[PreparationWeek], booked: tuple[Booked, ...], fits: bool
) -> None:
    assert fits_beside_others(weeks, [Member("p1", "Anna", booked=booked)], 60) is fits


def test_own_minutes_go_before_those_of_the_team() -> None:
    member = Member("p1", "Anna", own_weekly_minutes=30, booked=(Booked(MONDAY, 10),))
    assert fits_beside_others([week(20)], [member], 60) is True
    assert fits_beside_others([week(21)], [member], 60) is False
