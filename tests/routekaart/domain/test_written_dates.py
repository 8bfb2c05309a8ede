"""Dates as people write them."""

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.dutch import dutch_date
from routekaart.domain.errors import BadInput
from routekaart.domain.written_dates import read_date
from tests.tiers import examples

DAY = date(2026, 8, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1-8-2026", "01/08/2026", "1.8.2026", "2026-8-1", "1 augustus 2026", "1 AUG 2026",
        "1 aug. 2026", "zaterdag 1 augustus 2026", "za 1 aug. 2026", "za. 1 aug 2026",
        "zaterdag, 1 aug 2026", "2026-08-01T00:00:00", "2026-08-01 00:00", "1-8-2026 0:00",
        "2026-08-01T00:00:00.000Z",
    ],
)  # fmt: skip
def test_in_many_ways(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date_form"),
        ("1-8-26", "date_form"),
        ("1-8", "date_form"),
        ("augustus 2026", "date_form"),
        ("1-8-2026 09:30", "date_form"),
        ("1-8-2026-", "date_form"),
        ("١-٨-٢٠٢٦", "date_form"),
        ("8/31/2026", "date_impossible"),
        ("31-2-2026", "date_impossible"),
        ("0-0-0000", "date_impossible"),
        ("1 foo 2026", "date_impossible"),
        ("zondag 1 augustus 2026", "date_weekday"),
        ("op 1 augustus 2026", "date_weekday"),
    ],
)
def test_what_is_no_date(text: str, code: str) -> None:
    with pytest.raises(BadInput) as wrong:
        read_date(text)
    assert (wrong.value.field, wrong.value.code) == ("date", code)


def test_it_says_which_day_it_is() -> None:
    with pytest.raises(BadInput, match="Dit is een zaterdag"):
        read_date("zo 1 aug 2026")


@settings(max_examples=examples(100, 3000))
@given(st.dates())
def test_every_day_is_read_back_as_it_was_written(day: date) -> None:
    assert read_date(f"{day:%Y}".zfill(4) + f"-{day:%m-%d}") == day
    assert read_date(f"{day.day}-{day.month}-{day.year:04}") == day
    assert day.year < 1000 or read_date(dutch_date(day)) == day


@settings(max_examples=examples(200, 10_000))
@given(st.text() | st.text(alphabet="0123456789-/. TZ:abegijlmnoprstuvz", max_size=40))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert isinstance(read_date(text), date)
