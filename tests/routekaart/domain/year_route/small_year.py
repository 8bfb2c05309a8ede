"""A small school year."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from routekaart.domain.calendar import SchoolYear
from routekaart.domain.moments import Moment, MomentKind
from routekaart.domain.year_route import Break, PreparationPeriod, YearFacts

TODAY = date(2026, 10, 5)
YEAR = YearFacts(
    year=SchoolYear(2026),
    breaks=(
        Break("Herfstvakantie", date(2026, 10, 12), date(2026, 10, 16)),
        Break("Tweede paasdag", date(2027, 3, 29), date(2027, 3, 29)),
    ),
    preparations=(
        PreparationPeriod("Wij leren feedback geven.", date(2026, 9, 7), date(2026, 10, 28)),
    ),
    moments=(
        Moment(date(2026, 10, 28), MomentKind.DEADLINE, "Voorbereiding klaar: Feedback", "dag"),
        Moment(date(2026, 11, 4), MomentKind.STUDY_DAY, "Feedback", "dag"),
        Moment(date(2026, 11, 10), MomentKind.PLG_MEETING, "PLG-bijeenkomst"),
    ),
    visits=(date(2026, 11, 9),),
)


def study_days(*days: date, title: str = "Studiedag") -> YearFacts:
    """A year with only these study days."""
    moments = tuple(Moment(day, MomentKind.STUDY_DAY, title, str(day)) for day in days)
    return replace(YEAR, moments=moments, preparations=(), visits=(), breaks=())


def crowded(**values: Any) -> YearFacts:
    """A year in which something comes every third day."""
    first = date(2026, 8, 3)
    days = [first + timedelta(days=3 * step) for step in range(120)]
    kinds = [MomentKind.STUDY_DAY, MomentKind.PLG_MEETING, MomentKind.EVALUATION]
    facts = replace(
        YEAR,
        preparations=tuple(
            PreparationPeriod(f"Wij leren {'veel ' * (n % 9)}.", day, day + timedelta(days=40))
            for n, day in enumerate(days[:100:4])
        ),
        moments=tuple(
            Moment(day, kinds[n % 3], f"Nummer {n} {'lang ' * (n % 7)}")
            for n, day in enumerate(days)
        ),
    )
    return replace(facts, **values)
