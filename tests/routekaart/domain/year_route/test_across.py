"""The year from left to right: where everything is, to the pixel."""

from datetime import date

import pytest

from routekaart.domain.year_route import YearFacts, across
from routekaart.domain.year_route.across import Bar, Lane, Mark, Stop, Stretch
from routekaart.domain.year_route.texts import shortened, width_of
from tests.routekaart.domain.year_route.small_year import TODAY, YEAR, crowded, study_days


def test_where_everything_is() -> None:
    drawn = across(YEAR, TODAY)
    assert (drawn.width, drawn.height, drawn.bottom, drawn.line_y) == (1180, 310, 306, 156)
    assert drawn.inner == 306 - 52
    assert drawn.months[:2] == (Stretch(130, 88, "augustus"), Stretch(218, 85, "september"))
    assert drawn.months[-1].title == "juli"
    assert (len(drawn.weeks), drawn.weeks[0]) == (53, Stretch(116, 20, "31"))
    assert drawn.breaks == (
        Stretch(334, 15, "Herfstvakantie"),
        Stretch(811, 3, "Tweede paasdag", named=False),
    )
    assert drawn.bars == (
        Bar(
            235,
            58,
            148,
            "Wij leren feedback geven.",
            "Wij leren feedback geven. (7 sep t/m 28 okt)",
        ),
    )
    assert drawn.stops == (Stop(401, 401, 122, "Feedback", "wo 4 nov", is_past=False),)
    assert drawn.lanes == (
        Lane("plg_meeting", "PLG", 194, (Mark(418, "PLG-bijeenkomst, di 10 nov"),)),
        Lane("visits", "Lesbezoek", 222, (Mark(420, "Lesbezoeken, 9 t/m 13 nov"),)),
    )
    assert drawn.today == 315


def test_the_months_and_the_weeks_fill_the_whole_width() -> None:
    drawn = across(YEAR, TODAY)
    assert drawn.weeks[0].x == drawn.left
    assert drawn.weeks[-1].x + drawn.weeks[-1].width == drawn.right
    for row in (drawn.months, drawn.weeks):
        assert [one.x + one.width for one in row[:-1]] == [one.x for one in row[1:]]


def test_a_day_that_was_is_past_and_today_is_not() -> None:
    day = date(2026, 11, 4)
    assert [across(study_days(day), on).stops[0].is_past for on in (day, date(2026, 11, 5))] == [
        False,
        True,
    ]


@pytest.mark.parametrize("day", [date(2026, 7, 31), date(2027, 8, 1)])
def test_outside_the_year_there_is_no_today(day: date) -> None:
    assert across(YEAR, day).today is None


def test_study_days_close_together_get_levels_of_their_own() -> None:
    near = across(study_days(date(2026, 11, 4), date(2026, 11, 11), date(2027, 3, 3)), TODAY)
    assert [stop.text_y for stop in near.stops] == [
        near.line_y - 34,
        near.line_y - 34 - 36,
        near.line_y - 34,
    ]


def test_names_at_the_ends_of_the_year_stay_inside() -> None:
    drawn = across(study_days(date(2026, 8, 3), date(2027, 7, 30), title="Wij leren " * 3), TODAY)
    half = width_of(drawn.stops[0].text) // 2
    assert [stop.text_x for stop in drawn.stops] == [drawn.left + half, drawn.right - half]


@pytest.mark.parametrize("facts", [YEAR, crowded()])
def test_nothing_that_is_written_overlaps(facts: YearFacts) -> None:
    drawn = across(facts, TODAY)
    boxes = [
        (
            bar.y,
            min(bar.x, bar.end - width_of(bar.text)) if bar.ends else bar.x,
            bar.end if bar.ends else max(bar.end, bar.x + width_of(bar.text)),
        )
        for bar in drawn.bars
    ]
    boxes += [
        (
            stop.text_y,
            stop.text_x - width_of(stop.text) // 2,
            stop.text_x + width_of(stop.text) // 2,
        )
        for stop in drawn.stops
    ]
    assert all(drawn.left - 2 <= start and end <= drawn.right + 2 for _, start, end in boxes)
    for number, (y, start, end) in enumerate(boxes):
        for other_y, other_start, other_end in boxes[number + 1 :]:
            assert y != other_y or end <= other_start or other_end <= start
    assert drawn.bottom < drawn.height
    assert all(drawn.top < y < drawn.bottom for y, *_ in boxes)


def test_a_year_without_anything_is_a_line() -> None:
    drawn = across(study_days(), TODAY)
    assert (drawn.bars, drawn.stops, drawn.lanes) == ((), (), ())
    assert drawn.top < drawn.line_y < drawn.bottom


def test_a_long_text_is_cut_at_a_word_end_or_sign() -> None:
    assert shortened("Wij  leren\nkijken.", 20) == "Wij leren kijken."
    assert shortened("Wij leren kijken.", 11) == "Wij leren…"
