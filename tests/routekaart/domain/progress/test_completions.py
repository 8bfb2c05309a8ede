"""Which completions are believed, and which count."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.errors import BadInput
from routekaart.domain.progress import check_done_on, counts_on, months_before

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 11, 2), 24, date(2024, 11, 2)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
    ],
)
def test_months_earlier(day: date, months: int, found: date) -> None:
    assert months_before(day, months) == found


@pytest.mark.parametrize(
    ("done_on", "code"),
    [(date(2026, 11, 3), "in_the_future"), (date(2006, 11, 1), "too_long_ago")],
)
def test_a_day_that_cannot_be(done_on: date, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_done_on(done_on, TODAY)
    assert (refused.value.field, refused.value.code) == ("done_on", code)


@pytest.mark.parametrize("done_on", [TODAY, date(2006, 11, 2)])
def test_the_last_and_the_first_day_that_can_be(done_on: date) -> None:
    check_done_on(done_on, TODAY)


@pytest.mark.parametrize(
    ("done_on", "override", "counts"),
    [
        (date(2024, 11, 2), None, True),
        (date(2024, 11, 1), None, False),
        (date(2020, 1, 1), True, True),
        (TODAY, False, False),
    ],
)
def test_it_counts_by_age_or_by_decision(
    done_on: date, override: bool | None, counts: bool
) -> None:
    assert counts_on(TODAY, done_on, months=24, override=override) is counts


@settings(max_examples=100)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 240), st.integers(0, 9000))
def test_what_counts_today_also_did_yesterday(day: date, months: int, age: int) -> None:
    done_on = day - timedelta(days=age)
    if counts_on(day, done_on, months=months):
        assert counts_on(day - timedelta(days=1), done_on, months=months)
        assert counts_on(day, done_on, months=months + 1)
