"""What cells say."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.formats.workbooks.values import is_date_format, iso_text, number_text, unescaped
from tests.tiers import examples


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("46235", "2026-08-01"), ("46235.5", "2026-08-01T12:00:00"), ("0.4", "09:36:00"),
        ("0", "00:00:00"), ("1", "1900-01-01"), ("59", "1900-02-28"), ("61", "1900-03-01"),
        ("2958465", "9999-12-31"), ("2958466", "2958466"), ("-1", "-1"), ("1e999", "inf"),
        ("x", "x"), ("", ""), ("46234.99999999", "2026-08-01"),
    ],
)  # fmt: skip
def test_days(raw: str, text: str) -> None:
    assert number_text(raw, as_date=True, since_1904=False) == text


def test_days_of_old_macs() -> None:
    assert number_text("44773", as_date=True, since_1904=True) == "2026-08-01"
    # Later than any calendar goes.
    assert number_text("2958465", as_date=True, since_1904=True) == "2958465"


@pytest.mark.parametrize(
    ("raw", "text"),
    [("1", "1"), ("007", "7"), ("0.30000000000000004", "0.3"), ("1E-2", "0.01"), ("1.0", "1"),
     ("-0.5", "-0.5"), (" 2 ", "2"), ("1,5", "1,5"), ("NaN", "NaN"), ("٣", "٣"),
     ("9" * 31, "9" * 31)],
)  # fmt: skip
def test_numbers(raw: str, text: str) -> None:
    assert number_text(raw, as_date=False, since_1904=False) == text


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (14, "", True), (22, "", True), (0, "", False), (164, "", False),
        (164, "dd-mm-yyyy", True), (164, "[$-413]d mmmm yyyy;@", True), (164, "[h]:mm", True),
        (164, "[Magenta]0", False), (164, '0 "dagen"', False), (164, "0\\d", False),
        (164, "General", False), (164, "0.00", False), (164, "0;dd", False),
        (164, "d" * 256, False),
    ],
)  # fmt: skip
def test_which_formats_are_days(number: int, code: str, expected: bool) -> None:
    assert is_date_format(number, code) is expected


def test_a_day_without_its_midnight() -> None:
    assert iso_text("2026-08-01T00:00:00.000Z") == "2026-08-01"
    assert iso_text("2026-08-01T09:30:00") == "2026-08-01T09:30:00"


def test_what_xml_cannot_hold() -> None:
    assert unescaped("a_x000A_b_x005F_x000A_") == "a\nb_x000A_"
    assert unescaped("_xD800__xZZ_ _x") == "_xD800__xZZ_ _x"


@settings(max_examples=examples(100, 3000))
@given(st.dates(min_value=date(1900, 3, 1)))
def test_every_day(day: date) -> None:
    serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
    assert number_text(serial, as_date=True, since_1904=False) == day.isoformat()


@settings(max_examples=examples(200, 5000))
@given(st.text(max_size=60) | st.text(alphabet="0123456789.eE+-", max_size=60), st.booleans())
def test_any_text(raw: str, as_date: bool) -> None:
    for since_1904 in (False, True):
        assert isinstance(number_text(raw, as_date=as_date, since_1904=since_1904), str)
    unescaped(raw).encode()
    iso_text(raw)
    is_date_format(164, raw)
