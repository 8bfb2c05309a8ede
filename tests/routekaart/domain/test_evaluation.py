"""Closer, further away, or nothing to tell yet."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.domain.evaluation import Direction, Reading, Value, is_open, reading_of


def value(number: float, day: int = 1) -> Value:
    return Value(date(2026, 10, day), Decimal(str(number)))


def read(baseline: float | None, target: float | None, *measured: float) -> Reading:
    return reading_of(
        baseline=None if baseline is None else value(baseline),
        target=None if target is None else Decimal(str(target)),
        measured=[value(number, day) for day, number in enumerate(measured, start=2)],
    )


@pytest.mark.parametrize(
    ("baseline", "target", "measured", "direction", "reached"),
    [
        (60, 75, [64.5], "closer", False),
        (60, 75, [75], "closer", True),
        # Who passes the target is not further away from it.
        (60, 75, [120], "closer", True),
        (60, 75, [55], "away", False),
        (60, 75, [70, 60], "same", False),
        # Less is better: absence, for one.
        (12, 5, [8], "closer", False),
        (12, 5, [4.5], "closer", True),
        (12, 5, [13], "away", False),
        (75, 75, [75], "same", True),
        (75, 75, [74], "away", False),
        (60, 75, [], "not_measured", False),
        (None, None, [], "not_measured", False),
        (60, None, [64], "unknown", False),
        # The first of several measurements is where it began.
        (None, 75, [60, 64], "closer", False),
        (None, 75, [60], "unknown", False),
        (None, 75, [75], "unknown", True),
    ],
)
def test_a_reading(
    baseline: float | None,
    target: float | None,
    measured: list[float],
    direction: str,
    reached: bool,
) -> None:
    found = read(baseline, target, *measured)
    assert (found.direction.value, found.reached) == (direction, reached)


def test_where_it_began_and_where_it_is() -> None:
    found = read(None, 75, 60, 62, 64)
    assert (found.start, found.last) == (value(60, 2), value(64, 4))
    assert read(50, 75, 60).start == value(50)
    assert read(None, 75, 60).start is None


def test_every_direction_has_a_word() -> None:
    assert [one.word for one in Direction] == [
        "dichterbij",
        "verder weg",
        "gelijk",
        "nog geen meting",
        "nog niet te zeggen",
    ]


@given(*(st.integers(-50, 50) for _ in range(3)))
def test_turned_round_it_reads_the_same(start: int, target: int, last: int) -> None:
    """Up or down makes no difference: a reading knows only near and far."""
    there, mirrored = read(start, target, last), read(-start, -target, -last)
    assert (there.direction, there.reached) == (mirrored.direction, mirrored.reached)
    assert not (there.reached and there.direction is Direction.AWAY)


@pytest.mark.parametrize(
    ("verdict", "readings", "open_"),
    [
        (None, [], True),
        (None, [read(60, 75, 70)], True),
        (None, [read(60, 75, 75)], False),
        (None, [read(60, 75, 75), read(60, 75)], True),
        # An indicator without a target says nothing about reaching it.
        (None, [read(60, 75, 75), read(60, None, 61)], False),
        (None, [read(60, None, 61)], True),
        ("go_on", [read(60, 75, 75)], True),
        ("adjust", [read(60, 75, 75)], True),
        ("stop", [read(60, 75, 70)], False),
    ],
)
def test_what_is_open(verdict: str | None, readings: list[Reading], open_: bool) -> None:
    assert is_open(verdict, readings) is open_
