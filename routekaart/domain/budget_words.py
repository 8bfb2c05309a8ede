"""An own budget in plain Dutch: what it rests on, with source and year, and what is assumed."""

from collections.abc import Iterator
from datetime import date

from courses.dutch import dutch_date
from routekaart.domain.budget import Basis, BudgetYear, euros
from routekaart.domain.budget_rules import BudgetBasis
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.wording import counted
from routekaart.domain.hours import Confidence

BASES = {
    Basis.STATED: "zo vastgelegd",
    Basis.RECKONED: "berekend (aanname: de fte van nu, het hele jaar)",
    Basis.UNKNOWN: "niet vastgelegd: telt als niets",
}
# Where a note beside it explains them.
SHORT_BASES = {
    Basis.STATED: "vastgelegd",
    Basis.RECKONED: "berekend",
    Basis.UNKNOWN: "niet vastgelegd",
}
UNKNOWN_RULE = "Hoeveel iemand te besteden heeft, is niet bekend: vul een eigen getal in."
# How sure we are of a rule of the CAO.
SURE = {
    Confidence.A: "Zo staat het in de cao.",
    Confidence.B: "Dit komt uit één goede bron.",
    Confidence.C: "Controleer dit eerst: we weten het niet zeker.",
}


def basis_lines(basis: BudgetBasis, on: date) -> Iterator[str]:
    """Sentences about what a budget is reckoned with, as they hold on a day."""
    yield from amount_lines(basis, on)
    yield saving_line(basis)


def amount_lines(basis: BudgetBasis, on: date) -> Iterator[str]:
    """The same without for how long what is left may be used."""
    rule = basis.rule
    amount = f"{euros(basis.euros * 100)} per schooljaar bij een volle baan, naar rato van de fte"
    if basis.own_euros or rule is None:
        yield f"{amount}. Dat is een eigen afspraak van de school."
    else:
        yield f"{amount}, volgens {rule.title}. {SURE[rule.confidence]} {rule.note}".strip()
        yield f"Bron: {rule.source}, bekeken op {dutch_date(rule.unverified_since)}."
        if not rule.is_valid_on(on):
            yield (
                f"Die regel geldt van {dutch_date(rule.valid_from)} tot "
                f"{dutch_date(rule.valid_until)}, en dus niet op {dutch_date(on)}: kijk of er een "
                "andere is."
            )


def saving_line(basis: BudgetBasis) -> str:
    """For how long what is left may still be used, and who says so."""
    if not basis.saved_years:
        kept = "Wat overblijft, vervalt na het schooljaar"
    else:
        years = counted(basis.saved_years, "schooljaar", "schooljaren")
        kept = f"Wat overblijft, is nog {years} te gebruiken, het oudste eerst"
    if basis.own_years:
        return f"{kept} (afspraak van de school)."
    if basis.assumed_years:
        return f"{kept} (aanname)."
    return f"{kept} (de volgorde is een aanname)." if basis.saved_years else f"{kept}."


def year_line(year: BudgetYear) -> str:
    """€ 400 voor dit jaar en € 100 gespaard; € 120 uitgegeven, dus nog € 380."""
    parts = [f"{euros(year.granted)} voor dit jaar"]
    if year.saved:
        parts.append(f"{euros(year.saved)} gespaard")
    spent = f"{euros(year.spent)} uitgegeven" if year.spent else "nog niets uitgegeven"
    rest = (
        f"{euros(year.over)} meer dan er was" if year.over else f"dus nog {euros(year.left)} over"
    )
    return f"{' en '.join(parts)}; {spent}, {rest}."


def lapsing_line(year: BudgetYear) -> str:
    """What may not be used any more after this year; empty where that is nothing."""
    last = sum(pot.cents for pot in year.pots if pot.last_year == year.year)
    if not last:
        return ""
    return f"{euros(last)} vervalt na {SchoolYear(year.year).label}."
