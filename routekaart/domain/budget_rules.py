"""What a CAO gives a person to spend on learning, as dated data with a source.

A school may have agreed on other numbers; nothing here ever blocks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from routekaart.domain.hours import Confidence

MOST_EUROS = 20_000
MOST_SAVED_YEARS = 10
_LEADERS = frozenset({"schoolleider"})
# Where a CAO says nothing of saving.
_ASSUMED_SAVED_YEARS = 3


@dataclass(frozen=True, slots=True)
class CaoBudget:
    """Euros of an own budget in a school year at 1 fte.

    `for_leaders`: of school leaders, else of all others. `saved_years`: for how many school years
    after its own what is left may still be used; None where the CAO does not say.
    `valid_until` is the last day; `unverified_since` is when we last looked at the source.
    """

    slug: str
    title: str
    sectors: tuple[str, ...]
    for_leaders: bool
    euros: int
    saved_years: int | None
    valid_from: date
    valid_until: date
    source: str
    confidence: Confidence
    unverified_since: date
    note: str = ""

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_until


_PO = ("po", "sbo", "so")
_PO_SOURCE = "CAO PO 1 november 2025 tot 1 maart 2027"
CAO_BUDGETS = (
    CaoBudget(
        slug="cao-po-2025-budget",
        title="CAO PO, artikel 9.3",
        sectors=_PO,
        for_leaders=False,
        euros=500,
        saved_years=3,
        valid_from=date(2025, 11, 1),
        valid_until=date(2027, 3, 1),
        source=_PO_SOURCE,
        confidence=Confidence.A,
        unverified_since=date(2026, 11, 21),
    ),
    CaoBudget(
        slug="cao-po-2025-leaders",
        title="CAO PO, schoolleiders",
        sectors=_PO,
        for_leaders=True,
        euros=3000,
        saved_years=3,
        valid_from=date(2025, 11, 1),
        valid_until=date(2027, 3, 1),
        source=_PO_SOURCE,
        confidence=Confidence.B,
        unverified_since=date(2026, 11, 21),
        note="Dat ook dit naar rato gaat en 3 jaar te sparen is, is een aanname.",
    ),
    CaoBudget(
        slug="cao-vo-2024-budget",
        title="CAO VO, hoofdstuk 16",
        sectors=("vo",),
        for_leaders=False,
        euros=600,
        saved_years=None,
        valid_from=date(2024, 1, 1),
        valid_until=date(2025, 11, 1),
        source="CAO VO, gevonden tot 1 november 2025",
        confidence=Confidence.C,
        unverified_since=date(2026, 11, 21),
        note="Controleer eerst: de begindatum, naar rato en 3 jaar sparen zijn aannames.",
    ),
)


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """What a school agreed on instead of the CAO, in whole euros and years; None: as the CAO."""

    euros: int | None = None
    leader_euros: int | None = None
    saved_years: int | None = None


@dataclass(frozen=True, slots=True)
class BudgetBasis:
    """What the budget of somebody is reckoned with. `rule` None: no CAO is known.

    `own_euros`, `own_years`: the number is the school's. `assumed_years`: it is our assumption.
    """

    euros: int
    saved_years: int
    rule: CaoBudget | None
    own_euros: bool = False
    own_years: bool = False
    assumed_years: bool = False


def budget_basis(
    functions: Iterable[str], *, sector: str, on: date, own: OwnNumbers
) -> BudgetBasis | None:
    """What holds for somebody with these functions: what the school agreed on, else the CAO.

    Of the CAO the rule in force on that day, else the last one known. None where neither says
    anything.
    """
    leads = bool(_LEADERS & set(functions))
    rule = _rule(sector, on, leads=leads)
    agreed = own.leader_euros if leads else own.euros
    if agreed is None and rule is None:
        return None
    by_rule = rule.saved_years if rule else None
    years = own.saved_years if own.saved_years is not None else by_rule
    return BudgetBasis(
        euros=agreed if agreed is not None else rule.euros if rule else 0,
        saved_years=_ASSUMED_SAVED_YEARS if years is None else years,
        rule=rule,
        own_euros=agreed is not None,
        own_years=own.saved_years is not None,
        assumed_years=years is None,
    )


def _rule(sector: str, on: date, *, leads: bool) -> CaoBudget | None:
    known = [rule for rule in CAO_BUDGETS if sector in rule.sectors]
    # A sector without a line for leaders gives them what everybody has.
    known = [rule for rule in known if rule.for_leaders == leads] or [
        rule for rule in known if not rule.for_leaders
    ]
    valid = [rule for rule in known if rule.is_valid_on(on)]
    return max(valid or known, key=lambda rule: rule.valid_from, default=None)


def granted_cents(basis: BudgetBasis, fte: Decimal) -> int:
    """Cents in a school year, pro rata, in whole cents."""
    share = max(Decimal(0), fte) * basis.euros * 100
    return int(share.to_integral_value(ROUND_FLOOR))
