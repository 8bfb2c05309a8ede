"""The results of a self-scan: only of enough people together, so that nobody is recognised (S28).

They are shown only once a scan is closed (assumption): whoever looks before and after one more
answer would otherwise know that answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

FEWEST_ANSWERS = 5
LOWEST_SCORE = 1
HIGHEST_SCORE = 5

Scores = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScanTaken:
    """A closed scan with what everybody answered, without who they are."""

    school_year: int
    closed_on: date
    answers: tuple[Scores, ...]


@dataclass(frozen=True, slots=True)
class YearOfTrend:
    """The averages of one school year, by its last scan with enough answers."""

    school_year: int
    closed_on: date
    answers: int
    averages: Mapping[str, Decimal]


def averages(traits: Sequence[str], answers: Sequence[Scores]) -> Mapping[str, Decimal] | None:
    """The average of each trait in one decimal; None while there are too few answers."""
    if len(answers) < FEWEST_ANSWERS:
        return None
    return {
        trait: (Decimal(sum(scores[trait] for scores in answers)) / len(answers)).quantize(
            Decimal("0.1"), ROUND_HALF_UP
        )
        for trait in traits
        # A trait that came into the catalogue later was not asked in an earlier year.
        if all(trait in scores for scores in answers)
    }


def lowest(found: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The trait, or traits, that score lowest: where to begin."""
    return tuple(trait for trait, average in found.items() if average == min(found.values()))


def trend(traits: Sequence[str], scans: Sequence[ScanTaken]) -> tuple[YearOfTrend, ...]:
    """Year by year. A scan with too few answers is left out as if it had never been."""
    years: dict[int, YearOfTrend] = {}
    for scan in sorted(scans, key=lambda item: (item.school_year, item.closed_on)):
        found = averages(traits, scan.answers)
        if found is not None:
            years[scan.school_year] = YearOfTrend(
                scan.school_year, scan.closed_on, len(scan.answers), found
            )
    return tuple(years.values())
