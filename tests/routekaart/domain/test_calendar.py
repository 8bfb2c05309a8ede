"""The school year: exact against published dates, and right at its edges."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.domain.calendar import (
    Closure,
    ClosureKind,
    Override,
    Region,
    SchoolCalendar,
    SchoolYear,
    monday_of,
)
from routekaart.domain.school_holidays import next_published_year, school_calendar

PUBLISHED = Path(__file__).parent / "data" / "school_holidays_nl.csv"
YEAR = SchoolYear(2026)
NOORD = school_calendar(YEAR, Region.NOORD)


def published_rows() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_published_holiday_is_in_the_calendar_to_the_day() -> None:
    ours: set[tuple[str, str, str, date, date]] = set()
    theirs: set[tuple[str, str, str, date, date]] = set()
    for row in published_rows():
        year = SchoolYear.parse(row["schooljaar"])
        first, last = date.fromisoformat(row["eerste_dag"]), date.fromisoformat(row["laatste_dag"])
        # A summer runs on into the next school year; each calendar holds its own part.
        parts = [(year, first, min(last, year.last_day))]
        if last > year.last_day:
            following = SchoolYear(year.start + 1)
            parts.append((following, following.first_day, last))
        theirs |= {(y.label, row["regio"], row["vakantie"], a, b) for y, a, b in parts}
    for start in range(2025, 2031):
        for region in Region:
            calendar = school_calendar(SchoolYear(start), region)
            ours |= {
                (calendar.year.label, region.value, item.title.lower(), item.first, item.last)
                for item in calendar.closures
                if item.kind is ClosureKind.SCHOOL_HOLIDAY
            }
    # Outside the file: the summer that opens its first year, and the start of 2030-2031.
    ours = {item for item in ours if item[0] != "2030-2031" and item[3] != date(2025, 8, 1)}
    theirs = {item for item in theirs if item[0] != "2030-2031"}
    assert len(theirs) == 87
    assert ours == theirs


@pytest.mark.parametrize(
    ("start", "published"),
    [(2013, False), (2014, True), (2026, True), (2029, True), (2030, False), (2031, False)],
)
def test_a_year_without_all_its_holidays_is_not_published(start: int, published: bool) -> None:
    calendar = school_calendar(SchoolYear(start), Region.MIDDEN)
    assert calendar.holidays_published is published


def test_an_unpublished_year_still_knows_public_holidays_and_own_days() -> None:
    own = Override(date(2032, 2, 9), date(2032, 2, 13), "Carnaval")
    calendar = school_calendar(SchoolYear(2031), Region.ZUID, overrides=[own])
    assert calendar.why_closed(date(2032, 4, 27)) == "Koningsdag"
    assert calendar.why_closed(date(2032, 2, 10)) == "Carnaval"
    assert calendar.is_open(date(2031, 10, 21))


def test_an_unpublished_year_assumes_christmas_and_the_summer() -> None:
    open_after_all = Override(date(2032, 7, 15), date(2032, 7, 16), "Afronding", closed=False)
    calendar = school_calendar(SchoolYear(2031), Region.ZUID, overrides=[open_after_all])
    assert [
        (item.first, item.last, item.title)
        for item in calendar.closures
        if item.title.endswith("(aanname)")
    ] == [
        (date(2031, 12, 22), date(2032, 1, 4), "Kerstvakantie (aanname)"),
        (date(2031, 8, 1), date(2031, 8, 31), "Zomervakantie (aanname)"),
        (date(2032, 7, 15), date(2032, 7, 31), "Zomervakantie (aanname)"),
    ]
    assert calendar.why_closed(date(2031, 12, 22)) == "Kerstvakantie (aanname)"
    assert calendar.is_open(date(2032, 7, 16))
    assert not calendar.is_open(date(2032, 7, 19))
    assert not [
        item
        for item in school_calendar(SchoolYear(2026), Region.ZUID).closures
        if "aanname" in item.title
    ]


@pytest.mark.parametrize("start", range(2031, 2045))
def test_the_assumed_christmas_holiday_holds_christmas_and_new_year(start: int) -> None:
    calendar = school_calendar(SchoolYear(start), Region.NOORD)
    assert not any(
        calendar.is_open(day)
        for day in (date(start, 12, 25), date(start, 12, 26), date(start + 1, 1, 1))
    )


def test_the_next_published_year() -> None:
    assert next_published_year(Region.NOORD, date(2026, 3, 1)) == SchoolYear(2026)
    assert next_published_year(Region.NOORD, date(2030, 3, 1)) is None


def test_public_holidays_of_one_year() -> None:
    found = [
        (item.title, item.first)
        for item in NOORD.closures
        if item.kind is ClosureKind.PUBLIC_HOLIDAY
    ]
    assert found == [
        ("Eerste kerstdag", date(2026, 12, 25)),
        ("Tweede kerstdag", date(2026, 12, 26)),
        ("Nieuwjaarsdag", date(2027, 1, 1)),
        ("Goede vrijdag", date(2027, 3, 26)),
        ("Eerste paasdag", date(2027, 3, 28)),
        ("Tweede paasdag", date(2027, 3, 29)),
        ("Koningsdag", date(2027, 4, 27)),
        ("Bevrijdingsdag", date(2027, 5, 5)),
        ("Hemelvaartsdag", date(2027, 5, 6)),
        ("Eerste pinksterdag", date(2027, 5, 16)),
        ("Tweede pinksterdag", date(2027, 5, 17)),
    ]


@pytest.mark.parametrize("free", [True, False])
def test_good_friday_and_liberation_day_are_switches(free: bool) -> None:
    calendar = school_calendar(
        YEAR, Region.NOORD, free_on_good_friday=free, free_on_liberation_day=free
    )
    assert calendar.is_open(date(2027, 3, 26)) is not free
    assert calendar.is_open(date(2027, 5, 5)) is not free
    assert not calendar.is_open(date(2027, 3, 29))


def test_ascension_on_the_fifth_of_may_stays_closed_without_the_switch() -> None:
    calendar = school_calendar(SchoolYear(2015), Region.MIDDEN, free_on_liberation_day=False)
    assert not calendar.is_open(date(2016, 5, 5))


def test_a_school_closes_and_opens_days_itself() -> None:
    second_may_week = Override(date(2027, 5, 3), date(2027, 5, 7), "Tweede meiweek")
    open_after_all = Override(date(2027, 4, 27), date(2027, 4, 28), "Schoolkamp", closed=False)
    calendar = school_calendar(YEAR, Region.NOORD, overrides=[second_may_week, open_after_all])
    assert calendar.why_closed(date(2027, 5, 4)) == "Tweede meiweek"
    assert calendar.is_open(date(2027, 4, 27))
    assert calendar.is_open(date(2027, 4, 28))
    assert calendar.why_closed(date(2027, 4, 29)) == "Meivakantie"
    weeks = {week.monday: week for week in calendar.weeks}
    assert weeks[date(2027, 5, 3)].title == "Tweede meiweek"
    assert weeks[date(2027, 4, 26)].open_days == 2


def test_what_a_school_closes_stays_closed_when_it_also_opens_it() -> None:
    day = date(2026, 11, 3)
    both = [
        Override(day, day, "Ouderdag", closed=True),
        Override(day, day, "Toch open", closed=False),
    ]
    for overrides in (both, both[::-1]):
        calendar = school_calendar(YEAR, Region.NOORD, overrides=overrides)
        assert calendar.why_closed(day) == "Ouderdag"


def test_why_a_day_is_closed() -> None:
    assert NOORD.why_closed(date(2026, 11, 3)) == ""
    assert NOORD.why_closed(date(2026, 11, 7)) == "weekend"
    assert NOORD.why_closed(date(2026, 10, 12)) == "Herfstvakantie"
    assert NOORD.why_closed(date(2026, 12, 25)) == "Eerste kerstdag"
    assert NOORD.why_closed(date(2027, 8, 1)) == "buiten schooljaar 2026-2027"


def test_working_days_before_skip_holidays_and_weekends() -> None:
    # Five working days before Tuesday 20 October cross the whole autumn break.
    assert NOORD.working_days_before(date(2026, 10, 20), 5) == date(2026, 10, 6)
    assert NOORD.working_days_before(date(2027, 1, 4), 1) == date(2026, 12, 18)
    assert NOORD.working_days_before(date(2026, 10, 20), 0) == date(2026, 10, 20)
    assert NOORD.working_days_before(date(2026, 10, 18), 0) == date(2026, 10, 9)
    # The year opens on 17 August, so a deadline has no room yet.
    assert NOORD.working_days_before(date(2026, 8, 19), 3) is None
    assert NOORD.working_days_before(date(2026, 8, 19), 2) == date(2026, 8, 17)


def test_weeks_over_new_year_and_years_of_53_weeks() -> None:
    # 2026 is a year of 53 ISO weeks; its last one holds New Year's Day of 2027.
    weeks = {week.monday: week for week in NOORD.weeks}
    last = weeks[date(2026, 12, 28)]
    assert (last.iso_year, last.iso_week, last.open_days, last.title) == (
        2026,
        53,
        0,
        "Kerstvakantie",
    )
    assert last.name == "week 53 (28 december tot en met 1 januari)"
    assert weeks[date(2027, 1, 4)].name == "week 1 (4 tot en met 8 januari)"
    assert NOORD.weeks[0].monday == date(2026, 7, 27)
    assert NOORD.weeks[-1].monday == date(2027, 7, 26)


def test_leap_day() -> None:
    calendar = school_calendar(SchoolYear(2027), Region.NOORD)
    assert calendar.why_closed(date(2028, 2, 29)) == ""
    assert calendar.working_days_before(date(2028, 3, 1), 1) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "label", ["2026", "2026-2028", "26-27", "２０２６-２０２７", "a-b", "2026/2027", ""]
)
def test_a_school_year_is_written_one_way(label: str) -> None:
    with pytest.raises(ValueError, match="geen schooljaar"):
        SchoolYear.parse(label)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_school_year_holds_its_days(day: date) -> None:
    year = SchoolYear.containing(day)
    assert day in year
    assert SchoolYear.parse(year.label) == year
    assert year.last_day + timedelta(days=1) == SchoolYear(year.start + 1).first_day


OFFSETS = st.integers(-20, 390)


@given(
    st.lists(st.tuples(OFFSETS, st.integers(0, 30), st.booleans()), max_size=6),
    OFFSETS,
    st.integers(0, 15),
)
def test_working_day_sums_count_open_days(
    periods: list[tuple[int, int, bool]], offset: int, count: int
) -> None:
    start = YEAR.first_day
    own = [
        Override(start + timedelta(first), start + timedelta(first + length), "Eigen dag", closed)
        for first, length, closed in periods
    ]
    calendar = SchoolCalendar(
        YEAR,
        Region.NOORD,
        closures=(
            *NOORD.closures,
            *(Closure(o.first, o.last, o.title, ClosureKind.OWN) for o in own if o.closed),
        ),
        opened=tuple(item for item in own if not item.closed),
    )
    for day in calendar.open_days:
        assert day.isoweekday() <= 5
        assert not any(item.closed and item.first <= day <= item.last for item in own)
    assert sum(week.open_days for week in calendar.weeks) == len(calendar.open_days)
    for week in calendar.weeks:
        assert week.monday == monday_of(week.monday)
    day = start + timedelta(offset)
    before = [item for item in calendar.open_days if item < day]
    found = calendar.working_days_before(day, count + 1)
    assert found == (before[-count - 1] if count < len(before) else None)


def test_the_first_day_on_which_the_school_is_open_again() -> None:
    assert NOORD.first_open_from(date(2026, 11, 20)) == date(2026, 11, 20)
    assert NOORD.first_open_from(date(2026, 11, 21)) == date(2026, 11, 23)
    assert NOORD.first_open_from(date(2027, 7, 31)) is None
