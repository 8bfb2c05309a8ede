"""The best dates in a period, meant together."""

import itertools
from datetime import date

from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.dates import Light, OtherTeam, TeamDay, Wish, suggest
from routekaart.domain.school_holidays import school_calendar
from tests.routekaart.domain.dates.situations import (
    TUESDAYS,
    UPPER,
    codes,
    free,
    member,
    situation,
)

AUTUMN = (date(2026, 9, 1), date(2026, 12, 18))
LIKE = TeamDay(AUTUMN[0], free_groups=UPPER)
FULL = member("full", 1, 2, 3, 4, 5)


def test_what_asks_the_fewest_free_days_comes_first() -> None:
    people = (member("a", 1, 2, 3), member("b", 3, 4, 5), FULL)
    [found] = suggest(situation(members=people), Wish(*AUTUMN, 1, LIKE))
    assert found.day == TeamDay(date(2026, 9, 2), free_groups=UPPER)
    assert (found.light, found.people_back) == (Light.GREEN, 0)


def test_they_are_spread_over_weekdays_and_over_the_period() -> None:
    found = suggest(situation(members=(FULL,)), Wish(*AUTUMN, 4, LIKE))
    days = [item.day.date for item in found]
    assert [item.light for item in found] == [Light.GREEN] * 4
    assert len({day.isoweekday() for day in days}) == 4
    assert len({day.isocalendar().week for day in days}) == 4
    assert min((later - day).days for day, later in itertools.pairwise(days)) >= 14


def test_they_are_spread_over_part_timers() -> None:
    # Everybody has one weekday off, and each of them another one.
    people = tuple(member(str(off), *({1, 2, 3, 4, 5} - {off})) for off in (1, 2, 3, 4, 5))
    found = suggest(situation(members=people), Wish(AUTUMN[0], date(2027, 6, 30), 5, LIKE))
    assert {item.year_days for item in found[-1].part_timers} == {1}


def test_green_goes_before_less_burden() -> None:
    # Everybody works on Wednesday only, when the trainer's room is taken all autumn.
    others = (
        OtherTeam(
            "Bovenbouw",
            tuple(
                TeamDay(date.fromordinal(day), resources=("room:aula",))
                for day in range(AUTUMN[0].toordinal(), AUTUMN[1].toordinal())
                if date.fromordinal(day).isoweekday() == 3
            ),
        ),
    )
    people = (member("a", 3), member("b", 3))
    wish = Wish(*AUTUMN, 1, TeamDay(AUTUMN[0], resources=("room:aula",)))
    [found] = suggest(situation(members=people, others=others), wish)
    assert found.day.date.isoweekday() != 3
    assert found.light is not Light.RED


def test_fewer_than_asked_when_there_are_no_more() -> None:
    week = (date(2026, 10, 8), date(2026, 10, 19))
    own = (TeamDay(date(2026, 10, 9)),)
    found = suggest(situation(own_days=own), Wish(*week, 9, TeamDay(week[0])))
    # The Friday is taken, and the holiday lies in between.
    assert [item.day.date for item in found] == [date(2026, 10, 8), date(2026, 10, 19)]
    wish = Wish(date(2026, 10, 12), date(2026, 10, 16), 1, LIKE)
    assert suggest(situation(), wish) == ()


def test_never_a_red_one() -> None:
    full = situation(own_days=free(*TUESDAYS[:7]))
    spring = (date(2027, 4, 5), date(2027, 4, 16))
    assert suggest(full, Wish(*spring, 3, LIKE)) == ()
    assert len(suggest(full, Wish(*spring, 3, TeamDay(AUTUMN[0])))) == 3


def test_nothing_in_the_past() -> None:
    [found] = suggest(situation(today=date(2026, 11, 4)), Wish(*AUTUMN, 1, LIKE))
    assert found.day.date >= date(2026, 11, 4)


def test_each_is_advised_on_as_if_the_others_were_taken() -> None:
    own = free(*TUESDAYS[:5])
    found = suggest(situation(own_days=own), Wish(date(2027, 4, 1), date(2027, 6, 30), 2, LIKE))
    assert [codes(item)["four_day_weeks_full"] for item in found] == ["amber", "amber"]


def test_in_a_year_without_published_holidays_amber_is_the_best_there_is() -> None:
    calendar = school_calendar(SchoolYear(2035), Region.ZUID)
    wish = Wish(date(2035, 9, 1), date(2035, 9, 30), 1, TeamDay(date(2035, 9, 1)))
    [found] = suggest(situation(calendar=calendar), wish)
    assert (found.light, found.day.date) == (Light.AMBER, date(2035, 9, 3))


def test_29_february_can_be_the_best() -> None:
    calendar = school_calendar(SchoolYear(2027), Region.NOORD)
    day = date(2028, 2, 29)
    [found] = suggest(situation(calendar=calendar), Wish(day, day, 1, TeamDay(day)))
    assert (found.light, found.day.date) == (Light.GREEN, day)
