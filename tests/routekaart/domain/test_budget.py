"""The ledger of an own budget, and the rules it is reckoned with."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.domain.budget import Basis, BudgetYear, Pot, euros, ledger
from routekaart.domain.budget_rules import (
    CAO_BUDGETS,
    BudgetBasis,
    CaoBudget,
    OwnNumbers,
    budget_basis,
    granted_cents,
)
from routekaart.domain.budget_words import basis_lines, lapsing_line, year_line

AUTUMN = date(2026, 8, 1)
NOTHING = OwnNumbers()
# Of 2022 and later; None: a year of which nothing is known.
YEARS = st.lists(st.sampled_from([None, 0, 1, 999, 300_000]), min_size=5, max_size=5).map(
    lambda cents: {2022 + at: one for at, one in enumerate(cents) if one is not None}
)


def test_what_is_left_is_used_the_oldest_first() -> None:
    found = ledger(
        year=2026,
        stated={2024: 50_000, 2025: 50_000},
        spent={2025: 70_000},
        reckoned=40_000,
        saved_years=3,
    )

    assert found == (
        BudgetYear(2024, Basis.STATED, 50_000, 0, 0, 0, 0, (Pot(2024, 50_000, 2027),)),
        BudgetYear(2025, Basis.STATED, 50_000, 50_000, 0, 70_000, 0, (Pot(2025, 30_000, 2028),)),
        BudgetYear(
            2026,
            Basis.RECKONED,
            40_000,
            30_000,
            0,
            0,
            0,
            (Pot(2025, 30_000, 2028), Pot(2026, 40_000, 2029)),
        ),
    )


@pytest.mark.parametrize(("saved_years", "lapsed"), [(0, 50_000), (1, 50_000), (2, 50_000), (3, 0)])
def test_what_is_saved_longer_than_agreed_lapses(saved_years: int, lapsed: int) -> None:
    years = ledger(
        year=2026, stated={2023: 50_000}, spent={}, reckoned=None, saved_years=saved_years
    )

    assert sum(one.lapsed for one in years) == lapsed
    assert years[-1].left == 50_000 - lapsed


def test_a_year_that_nobody_wrote_down_counts_as_nothing_and_says_so() -> None:
    years = ledger(year=2026, stated={2024: 1_000}, spent={}, reckoned=2_000, saved_years=3)

    assert [one.basis for one in years] == [Basis.STATED, Basis.UNKNOWN, Basis.RECKONED]
    assert years[1].granted == 0


def test_what_is_stated_wins_and_later_years_are_left_out() -> None:
    (year,) = ledger(
        year=2026, stated={2026: 7, 2027: 9}, spent={2027: 5}, reckoned=50_000, saved_years=3
    )

    assert (year.granted, year.spent, year.basis) == (7, 0, Basis.STATED)


@given(YEARS, YEARS, st.integers(0, 10))
def test_no_cent_appears_or_is_lost(
    stated: dict[int, int], spent: dict[int, int], saved_years: int
) -> None:
    years = ledger(year=2026, stated=stated, spent=spent, reckoned=None, saved_years=saved_years)

    in_all = sum(one.granted for one in years)
    gone = sum(one.spent - one.over + one.lapsed for one in years)
    assert in_all == gone + years[-1].left
    assert all(one.saved <= sum(stated.values()) and one.over <= one.spent for one in years)
    # Nothing is used after its last year.
    assert all(pot.last_year >= one.year for one in years for pot in one.pots)


def test_the_cao_of_primary_schools_gives_five_hundred_euros_pro_rata() -> None:
    basis = budget_basis(["leerkracht"], sector="po", on=AUTUMN, own=NOTHING)

    assert basis is not None
    assert basis.rule is not None
    assert (basis.euros, basis.saved_years, basis.rule.confidence) == (500, 3, "A")
    assert not (basis.own_euros)
    assert not (basis.own_years)
    assert not (basis.assumed_years)
    assert granted_cents(basis, Decimal("0.6667")) == 33_335
    assert granted_cents(basis, Decimal(0)) == 0


@pytest.mark.parametrize(
    ("functions", "sector", "amount"),
    [
        (["schoolleider"], "po", 3000),
        (["leerkracht", "schoolleider"], "sbo", 3000),
        ([], "so", 500),
        (["leerkracht"], "vo", 600),
        # No rule for leaders is known there.
        (["schoolleider"], "vo", 600),
    ],
)
def test_functions_and_sector_say_which_rule_holds(
    functions: list[str], sector: str, amount: int
) -> None:
    basis = budget_basis(functions, sector=sector, on=AUTUMN, own=NOTHING)

    assert basis is not None
    assert basis.euros == amount


def test_what_the_school_agreed_on_goes_before_the_cao() -> None:
    own = OwnNumbers(euros=650, saved_years=5)
    teacher = budget_basis(["leerkracht"], sector="po", on=AUTUMN, own=own)
    leader = budget_basis(["schoolleider"], sector="po", on=AUTUMN, own=own)

    assert teacher is not None
    assert leader is not None
    assert (teacher.euros, teacher.saved_years, teacher.own_euros) == (650, 5, True)
    assert (leader.euros, leader.saved_years, leader.own_euros) == (3000, 5, False)


def test_without_rule_and_agreement_nothing_is_invented() -> None:
    assert budget_basis(["leerkracht"], sector="mbo", on=AUTUMN, own=NOTHING) is None
    agreed = budget_basis([], sector="mbo", on=AUTUMN, own=OwnNumbers(euros=100))
    assert agreed == BudgetBasis(100, 3, None, own_euros=True, assumed_years=True)


@pytest.mark.parametrize("rule", CAO_BUDGETS, ids=lambda rule: rule.slug)
def test_every_figure_is_shown_with_source_and_year(rule: CaoBudget) -> None:
    functions = ["schoolleider" if rule.for_leaders else "leerkracht"]
    basis = budget_basis(functions, sector=rule.sectors[0], on=AUTUMN, own=NOTHING)

    assert basis is not None
    assert basis.rule == rule
    text = " ".join(basis_lines(basis, AUTUMN))
    assert f"{rule.euros:,} per schooljaar".replace(",", ".") in text
    assert f"Bron: {rule.source}, bekeken op 21 november 2026." in text
    assert ("het oudste eerst (aanname)" in text) == (rule.saved_years is None)


def test_a_rule_out_of_force_says_so() -> None:
    basis = budget_basis(["leerkracht"], sector="vo", on=AUTUMN, own=NOTHING)

    assert basis is not None
    assert (
        "Die regel geldt van 1 januari 2024 tot 1 november 2025, en dus niet op 1 augustus 2026: "
        "kijk of er een andere is."
    ) in tuple(basis_lines(basis, AUTUMN))


def test_a_year_in_words() -> None:
    (year,) = ledger(year=2026, stated={}, spent={2026: 60_050}, reckoned=50_000, saved_years=0)

    assert year_line(year) == (
        "€\u00a0500 voor dit jaar; €\u00a0600,50 uitgegeven, €\u00a0100,50 meer dan er was."
    )
    assert lapsing_line(year) == ""


def test_what_lapses_after_this_year_is_told() -> None:
    years = ledger(year=2026, stated={2023: 1_000}, spent={}, reckoned=5_000, saved_years=3)

    assert year_line(years[-1]) == (
        "€\u00a050 voor dit jaar en €\u00a010 gespaard; nog niets uitgegeven, dus nog €\u00a060 "
        "over."
    )
    assert lapsing_line(years[-1]) == "€\u00a010 vervalt na 2026-2027."


@pytest.mark.parametrize(
    ("cents", "text"), [(125_000, "€\u00a01.250"), (5, "€\u00a00,05"), (-150, "−€\u00a01,50")]
)
def test_euros(cents: int, text: str) -> None:
    assert euros(cents) == text
