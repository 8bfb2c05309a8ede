"""When the people of a team work."""

from datetime import date

import pytest

from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.people import Leave, Member, working_weeks
from routekaart.domain.school_holidays import school_calendar

CALENDAR = school_calendar(SchoolYear(2026), Region.NOORD)
MONDAY = date(2026, 9, 7)
LAST_MONDAY = date(2027, 7, 5)


@pytest.mark.parametrize(
    ("member", "first", "weeks"),
    [
        (Member("p1", "Anna"), LAST_MONDAY, 1),
        (Member("p1", "Anna"), date(2027, 7, 9), 1),
        # Then the summer holidays begin.
        (Member("p1", "Anna"), date(2027, 7, 10), 0),
        (Member("p1", "Anna", working_days=(1,)), date(2027, 7, 6), 0),
        (Member("p1", "Anna", working_days=()), MONDAY, 0),
        # One day of a week is enough, none is not.
        (
            Member("p1", "Anna", leave=(Leave(date(2027, 6, 28), date(2027, 7, 8)),)),
            date(2027, 6, 28),
            1,
        ),
    ],
)
def test_weeks_that_are_left(member: Member, first: date, weeks: int) -> None:
    assert working_weeks(member, CALENDAR, first) == weeks


def test_holidays_are_no_weeks() -> None:
    everyone = Member("p1", "Anna")
    autumn = date(2026, 10, 12)
    before = working_weeks(everyone, CALENDAR, date(2026, 10, 5))
    after = working_weeks(everyone, CALENDAR, date(2026, 10, 19))
    assert working_weeks(everyone, CALENDAR, autumn) == after
    assert before == after + 1
