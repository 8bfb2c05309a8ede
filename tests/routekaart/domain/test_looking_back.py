"""A goal of last year in a few lines of plain Dutch."""

from datetime import date
from decimal import Decimal

from routekaart.domain.evaluation import Value, reading_of
from routekaart.domain.looking_back import (
    PastAnswer,
    PastDecision,
    PastGoal,
    PastIndicator,
    summary,
    with_summary,
)


def indicator(name: str, unit: str, *values: str, target: str | None = None) -> PastIndicator:
    measured = [
        Value(date(2026, 10, day), Decimal(value)) for day, value in enumerate(values, start=1)
    ]
    wanted = Decimal(target) if target else None
    return PastIndicator(name, unit, reading_of(baseline=None, target=wanted, measured=measured))


def test_the_whole_of_it() -> None:
    goal = PastGoal(
        wording="Wij leren\nfeedback geven.",
        decision=PastDecision("adjust", "het tempo lag te hoog", date(2027, 6, 1)),
        indicators=(
            indicator("Toets", "punten", "60.00", "64.50", target="75"),
            indicator("Verzuim", "", "3"),
            indicator("Rust in de klas", ""),
        ),
        answers=(
            PastAnswer("Lezen", "Wat willen we dat leerlingen leren?", "Vragen stellen"),
            PastAnswer("Lezen", "Hoe weten we het?", "", "Geen tijd."),
            PastAnswer("Lezen", "Vervolg", "Vaker kijken."),
        ),
    )
    assert summary(goal, "2026-2027").splitlines() == [
        "Wij leren feedback geven. (2026-2027)",
        "Besluit op 1 juni 2027: bijstellen. Het tempo lag te hoog.",
        "Toets: van 60 naar 64,5 punten (streefpunt 75).",
        "Verzuim: 3.",
        "Rust in de klas: nog geen meting.",
        "Lezen, Wat willen we dat leerlingen leren? Vragen stellen.",
        "Lezen, Vervolg: Vaker kijken.",
    ]


def test_without_a_decision_and_with_long_texts() -> None:
    text = summary(PastGoal("x" * 500, None), "2026-2027")
    assert text.splitlines() == ["x" * 399 + "… (2026-2027)", "Nog geen besluit genomen."]


def test_a_summary_is_added_once() -> None:
    first = with_summary("  \n", "Doel een")
    assert first == "Doel een"
    both = with_summary(first + "\n", "Doel twee")
    assert both == "Doel een\n\nDoel twee"
    assert with_summary(both, "Doel een") == both
