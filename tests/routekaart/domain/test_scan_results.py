"""Results of a scan: enough answers together, or nothing at all."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from routekaart.domain.scan_results import ScanTaken, YearOfTrend, averages, lowest, trend

TRAITS = ("a", "b")


def scores(*pairs: tuple[int, int]) -> tuple[dict[str, int], ...]:
    return tuple({"a": a, "b": b} for a, b in pairs)


def test_nothing_until_five_have_answered() -> None:
    four = scores((5, 1), (4, 1), (4, 2), (4, 2))
    assert averages(TRAITS, four) is None
    assert averages(TRAITS, (*four, {"a": 4, "b": 2})) == {
        "a": Decimal("4.2"),
        "b": Decimal("1.6"),
    }


def test_a_half_is_rounded_up() -> None:
    twenty = scores(*[(2, 3)] * 19, (3, 2))
    assert averages(TRAITS, twenty) == {"a": Decimal("2.1"), "b": Decimal("3.0")}


def test_the_lowest_may_be_several() -> None:
    assert lowest({"a": Decimal("2.0"), "b": Decimal("3.0"), "c": Decimal("2.0")}) == ("a", "c")
    assert lowest({}) == ()


def test_the_last_good_scan_of_a_year_counts() -> None:
    five, better = scores(*[(2, 2)] * 5), scores(*[(4, 2)] * 6)
    found = trend(
        TRAITS,
        [
            ScanTaken(2026, date(2027, 5, 1), better),
            ScanTaken(2025, date(2025, 10, 1), five),
            ScanTaken(2026, date(2026, 10, 1), five),
            # Too few: as if it had never been.
            ScanTaken(2026, date(2027, 6, 1), five[:4]),
            ScanTaken(2024, date(2024, 10, 1), five[:4]),
        ],
    )
    assert found == (
        YearOfTrend(2025, date(2025, 10, 1), 5, {"a": Decimal("2.0"), "b": Decimal("2.0")}),
        YearOfTrend(2026, date(2027, 5, 1), 6, {"a": Decimal("4.0"), "b": Decimal("2.0")}),
    )


def test_a_trait_that_came_later_was_not_asked() -> None:
    assert averages(("a", "new"), scores(*[(3, 3)] * 5)) == {"a": Decimal("3.0")}


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=12), st.randoms())
def test_the_order_of_answers_says_nothing(pairs: list[tuple[int, int]], random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = averages(TRAITS, scores(*pairs))
    assert found == averages(TRAITS, scores(*shuffled))
    assert (found is None) == (len(pairs) < 5)
    assert all(1 <= value <= 5 for value in (found or {}).values())
