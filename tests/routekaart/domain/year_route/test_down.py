"""The year from top to bottom: where everything is, to the pixel."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from routekaart.domain.year_route import PreparationPeriod, YearFacts, down
from routekaart.domain.year_route.down import Band, Column, Point
from routekaart.domain.year_route.texts import width_of
from tests.routekaart.domain.year_route.small_year import TODAY, YEAR, crowded, study_days


def test_where_everything_is() -> None:
    drawn = down(YEAR, TODAY)
    assert (drawn.width, drawn.height, drawn.bottom, drawn.texts) == (340, 1077, 1065, 96)
    assert drawn.months[:2] == (Band(22, 89, "aug"), Band(111, 86, "sep"))
    assert drawn.breaks == (Band(228, 14, ""), Band(708, 3, ""))
    assert drawn.bars == (Column(72, 128, 149, "Wij leren feedback geven. (7 sep t/m 28 okt)"),)
    assert drawn.points == (
        Point("today", 209, 209, "vandaag", is_past=False),
        Point("break", 235, 235, "Herfstvakantie", is_past=False),
        Point("study_day", 295, 295, "4 nov Feedback", is_past=False),
        Point("plg_meeting", 312, 312, "10 nov PLG-bijeenkomst", is_past=False),
    )
    assert drawn.today == 209


def test_texts_that_come_together_are_pushed_down_and_keep_their_mark() -> None:
    drawn = down(study_days(date(2026, 11, 4), date(2026, 11, 5)), date(2026, 7, 1))
    first, second = drawn.points
    assert (first.y, first.text_y) == (295, 295)
    assert (second.y, second.text_y) == (298, 311)


def test_preparation_at_the_same_time_stands_side_by_side() -> None:
    period = PreparationPeriod("Wij leren a.", date(2026, 9, 7), date(2026, 9, 18))
    later = PreparationPeriod("Wij leren b.", date(2026, 9, 21), date(2026, 9, 25))
    drawn = down(replace(YEAR, preparations=(period, period, later)), TODAY)
    assert [bar.x for bar in drawn.bars] == [72, 84, 72]


def test_much_preparation_at_once_leaves_room_for_the_texts() -> None:
    period = PreparationPeriod("Wij leren a.", date(2026, 9, 7), date(2026, 9, 18))
    drawn = down(replace(YEAR, preparations=(period,) * 16), TODAY)
    assert [bar.x for bar in drawn.bars] == [72 + 6 * number for number in range(16)]
    assert (drawn.bar, drawn.texts) == (4, 180)


@pytest.mark.parametrize("facts", [YEAR, crowded()])
def test_nothing_overlaps(facts: YearFacts) -> None:
    drawn = down(facts, TODAY)
    heights = [point.text_y for point in drawn.points]
    assert all(after - before >= 16 for before, after in pairwise(heights))
    assert all(point.text_y >= point.y for point in drawn.points)
    assert all(drawn.texts + width_of(point.text) <= drawn.width + 7 for point in drawn.points)
    assert max(heights) <= drawn.bottom < drawn.height
    for number, bar in enumerate(drawn.bars):
        assert bar.x + drawn.bar < drawn.texts
        for other in drawn.bars[number + 1 :]:
            apart = bar.y + bar.height <= other.y or other.y + other.height <= bar.y
            assert bar.x != other.x or apart


def test_outside_the_year_there_is_no_today() -> None:
    drawn = down(YEAR, date(2026, 7, 31))
    assert drawn.today is None
    assert "vandaag" not in [point.text for point in drawn.points]


def test_a_year_without_anything_is_a_line() -> None:
    drawn = down(study_days(), date(2026, 7, 1))
    assert (drawn.bars, drawn.points) == ((), ())
    assert drawn.bottom == 1065
