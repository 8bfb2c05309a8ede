"""The drawing of a scan from year to year."""

from datetime import date
from decimal import Decimal

from routekaart.domain.scan_results import YearOfTrend
from routekaart.web.scan_trend import TrendLine, TrendRow, trend_rows


def year(start: int, **averages: str) -> YearOfTrend:
    found = {slug: Decimal(average) for slug, average in averages.items()}
    return YearOfTrend(start, date(start, 10, 1), 5, found)


def test_three_years_side_by_side() -> None:
    found = trend_rows(
        {"a": "Energie", "b": "Rust"},
        [year(2024, a="1.0", b="3.0"), year(2025, a="3.0"), year(2026, a="5.0", b="3.0")],
    )
    assert found == (
        TrendRow(
            "Energie",
            (Decimal("1.0"), Decimal("3.0"), Decimal("5.0")),
            TrendLine(
                "2024-2025 1,0, 2025-2026 3,0 en 2026-2027 5,0",
                "M6 27L40 16M40 16L74 5",
                ((6, 27), (40, 16), (74, 5)),
            ),
        ),
        # No line over a year in which it was not asked.
        TrendRow(
            "Rust",
            (Decimal("3.0"), None, Decimal("3.0")),
            TrendLine("2024-2025 3,0 en 2026-2027 3,0", "", ((6, 16), (74, 16))),
        ),
    )


def test_one_year_is_a_point() -> None:
    (row,) = trend_rows({"a": "Energie"}, [year(2026, a="4.0")])
    assert (row.line.path, row.line.points) == ("", ((6, 11),))
