"""The own hours of the CAO in plain Dutch: where they stand, and whether that still holds."""

from collections.abc import Iterator
from datetime import date

from courses.dutch import dutch_date
from routekaart.domain.budget_words import SURE
from routekaart.domain.hours import CaoHours, Confidence


def own_hours_source(rule: CaoHours) -> str:
    """The rule and where it stands, to be read after `volgens`."""
    return f"{rule.title} ({rule.source})"


def doubts(rule: CaoHours, on: date) -> Iterator[str]:
    """Sentences: how sure we are of the rule, what to mind, and that it does not hold on a day."""
    if rule.confidence is not Confidence.A:
        yield SURE[rule.confidence]
    if rule.note:
        yield rule.note
    if not rule.is_valid_on(on):
        yield (
            f"Die regel gold van {dutch_date(rule.valid_from)} tot "
            f"{dutch_date(rule.valid_until)}: kijk of er een nieuwe is."
        )


def year_budget(rule: CaoHours, on: date) -> str:
    """How much of them there is in a school year at 1 fte, with source and year."""
    support = (
        "" if rule.support_hours is None else f", en {rule.support_hours} uur voor ondersteuners"
    )
    told = (
        "Het jaarbudget is wat iemand in een schooljaar zelf te besteden heeft: "
        f"{rule.hours} uur bij 1 fte{support}, naar rato van de fte, volgens "
        f"{own_hours_source(rule)}."
    )
    return " ".join((told, *doubts(rule, on)))
