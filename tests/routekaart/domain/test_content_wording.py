"""Dates, durations and counts in words."""

from datetime import date, time

import pytest

from routekaart.domain.content.wording import (
    clock,
    compact,
    counted,
    duration,
    later,
    marked_duration,
    sentence,
    short_date,
    weekday_date,
    weeks_text,
)


def test_dates() -> None:
    assert weekday_date(date(2027, 3, 3)) == "woensdag 3 maart 2027"
    assert short_date(date(2027, 3, 3)) == "wo 3 mrt 2027"
    assert short_date(date(2026, 12, 31)) == "do 31 dec 2026"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minuten"),
        (1, "1 minuut"),
        (45, "45 minuten"),
        (60, "1 uur"),
        (90, "1 uur 30 min"),
        (480, "8 uur"),
    ],
)
def test_durations(minutes: int, words: str) -> None:
    assert duration(minutes) == words
    assert marked_duration(minutes, assumed=False) == words
    assert marked_duration(minutes, assumed=True) == f"{words} (aanname)"


def test_hours_for_a_column() -> None:
    assert [compact(minutes) for minutes in (0, 5, 65, 6000)] == ["0:00", "0:05", "1:05", "100:00"]


def test_times_of_day() -> None:
    assert clock(time(8, 5)) == "08.05"
    assert later(time(13, 0), 165) == time(15, 45)
    assert later(time(23, 30), 60) == time(0, 30)


def test_weeks_run_together_over_the_turn_of_the_year() -> None:
    assert weeks_text([]) == ""
    assert weeks_text([date(2026, 10, 5)]) == "41"
    days = [date(2026, 10, 12), date(2026, 10, 5), date(2026, 10, 6), date(2026, 11, 2)]
    assert weeks_text(days) == "41–42 en 45"
    assert weeks_text([date(2026, 12, 28), date(2027, 1, 4)]) == "53–1"


def test_counts_and_sentences() -> None:
    assert counted(1, "doel", "doelen") == "1 doel"
    assert counted(0, "doel", "doelen") == "0 doelen"
    assert sentence("  samen oefenen ") == "Samen oefenen."
    assert sentence("Werkt het?") == "Werkt het?"
    assert sentence(" ") == ""
