"""The route of a team through its school year: the same facts as a drawing and as a list."""

from routekaart.domain.year_route.across import Across, across
from routekaart.domain.year_route.down import Down, down
from routekaart.domain.year_route.facts import (
    Break,
    PreparationPeriod,
    YearFacts,
    breaks_of,
    preparation_periods,
    visit_weeks,
)
from routekaart.domain.year_route.months import Entry, EntryKind, Month, in_a_sentence, months_of

__all__ = [
    "Across",
    "Break",
    "Down",
    "Entry",
    "EntryKind",
    "Month",
    "PreparationPeriod",
    "YearFacts",
    "across",
    "breaks_of",
    "down",
    "in_a_sentence",
    "months_of",
    "preparation_periods",
    "visit_weeks",
]
