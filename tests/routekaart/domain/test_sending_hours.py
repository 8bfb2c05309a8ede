"""Mail comes in the daytime of a day on which somebody works."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from routekaart.domain.sending_hours import first_moment, in_hours

HERE = ZoneInfo("Europe/Amsterdam")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in June 2026, of which the first is a Monday."""
    return datetime(2026, 6, day, hour, minute, tzinfo=HERE)


@pytest.mark.parametrize(
    ("moment", "inside"),
    [(at(1, 6, 59), False), (at(1, 7), True), (at(1, 17, 59), True), (at(1, 18), False)],
)
def test_the_hours(moment: datetime, inside: bool) -> None:
    assert in_hours(moment) is inside


def works_on_tuesdays(day: date) -> bool:
    return day.isoweekday() == 2


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        (at(2, 9, 30), at(2, 9, 30)),
        (at(2, 5), at(2, 7)),
        (at(2, 20), at(9, 7)),
        (at(3, 9), at(9, 7)),
    ],
)
def test_the_first_moment_that_suits(moment: datetime, first: datetime) -> None:
    assert first_moment(moment, works_on_tuesdays) == first


def test_who_never_works_gets_it_on_the_first_morning() -> None:
    assert first_moment(at(2, 20), lambda _day: False) == at(3, 7)


def test_summer_time_keeps_the_hour() -> None:
    before = datetime(2026, 3, 28, 20, tzinfo=HERE)
    assert first_moment(before, lambda _day: True).isoformat() == "2026-03-29T07:00:00+02:00"
