"""How the answers to a scan go from year to year: a row per question, with a small drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from courses.dutch import listed
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.scan_results import HIGHEST_SCORE, LOWEST_SCORE, YearOfTrend

# Of an SVG of 80 by 32: the first and last year, the lowest and the highest score.
_LEFT, _RIGHT = 6, 74
_BOTTOM, _TOP = 27, 5


@dataclass(frozen=True, slots=True)
class TrendLine:
    """In units of an SVG of 80 by 32. `path` joins years that follow each other."""

    title: str
    path: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One question. `averages`: per year, None where it was not asked."""

    title: str
    averages: tuple[Decimal | None, ...]
    line: TrendLine


def trend_rows(titles: Mapping[str, str], years: Sequence[YearOfTrend]) -> tuple[TrendRow, ...]:
    """A row for each question, over all years."""
    return tuple(
        _row(title, tuple(year.averages.get(slug) for year in years), years)
        for slug, title in titles.items()
    )


def _row(
    title: str, averages: tuple[Decimal | None, ...], years: Sequence[YearOfTrend]
) -> TrendRow:
    step = Decimal(_RIGHT - _LEFT) / max(len(years) - 1, 1)
    points = [
        None if average is None else (_LEFT + round(step * place), _height(average))
        for place, average in enumerate(averages)
    ]
    told = [
        f"{SchoolYear(year.school_year).label} {str(average).replace('.', ',')}"
        for year, average in zip(years, averages, strict=True)
        if average is not None
    ]
    path = "".join(f"M{a[0]} {a[1]}L{b[0]} {b[1]}" for a, b in pairwise(points) if a and b)
    known = tuple(point for point in points if point is not None)
    return TrendRow(title, averages, TrendLine(listed(told), path, known))


def _height(average: Decimal) -> int:
    part = (average - LOWEST_SCORE) / (HIGHEST_SCORE - LOWEST_SCORE)
    return _BOTTOM - round(part * (_BOTTOM - _TOP))
