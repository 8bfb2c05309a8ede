"""The ledger of an own budget: granted, saved from earlier years, spent and left, in cents.

What is left of a school year may be used in so many years after it, the oldest first (assumption:
the CAO says for how long, not in which order). Pure arithmetic; who may see it is up to queries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Where what is granted in a year comes from."""

    # Written down for that year.
    STATED = "stated"
    # The rule × the fte of today.
    RECKONED = "reckoned"
    # Nobody wrote it down: it counts as nothing, and is said to be missing.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pot:
    """What is left of one school year, and the last school year in which it may be used."""

    year: int
    cents: int
    last_year: int


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """One school year, in cents. `saved`: brought along from earlier years, still usable.

    `lapsed`: what was left of earlier years and may no longer be used from this year on.
    `over`: spent beyond what there was; it is not taken from a later year.
    """

    year: int
    basis: Basis
    granted: int
    saved: int
    lapsed: int
    spent: int
    over: int
    pots: tuple[Pot, ...]

    @property
    def left(self) -> int:
        return sum(pot.cents for pot in self.pots)


def ledger(
    *,
    year: int,
    stated: Mapping[int, int],
    spent: Mapping[int, int],
    reckoned: int | None,
    saved_years: int,
) -> tuple[BudgetYear, ...]:
    """From the first year of which something is known up to and including `year`, in order.

    `stated` and `spent` in cents per school year; `reckoned` is what the rule gives in `year`
    where nothing is stated. What is known of later years is left out.
    """
    first = min((known for known in (*stated, *spent, year) if known <= year), default=year)
    pots: tuple[Pot, ...] = ()
    found: list[BudgetYear] = []
    for each in range(first, year + 1):
        kept = tuple(pot for pot in pots if pot.last_year >= each)
        granted, basis = _granted(each, stated, reckoned if each == year else None)
        filled = (*kept, Pot(each, granted, each + saved_years)) if granted else kept
        after, over = _taken(filled, spent.get(each, 0))
        found.append(
            BudgetYear(
                year=each,
                basis=basis,
                granted=granted,
                saved=sum(pot.cents for pot in kept),
                lapsed=sum(pot.cents for pot in pots) - sum(pot.cents for pot in kept),
                spent=spent.get(each, 0),
                over=over,
                pots=after,
            )
        )
        pots = after
    return tuple(found)


def _granted(year: int, stated: Mapping[int, int], reckoned: int | None) -> tuple[int, Basis]:
    if year in stated:
        return stated[year], Basis.STATED
    if reckoned is not None:
        return reckoned, Basis.RECKONED
    return 0, Basis.UNKNOWN


def _taken(pots: tuple[Pot, ...], cents: int) -> tuple[tuple[Pot, ...], int]:
    """The pots after spending, the oldest first, and what there was too little."""
    after: list[Pot] = []
    for pot in pots:
        taken = min(pot.cents, cents)
        cents -= taken
        if pot.cents > taken:
            after.append(Pot(pot.year, pot.cents - taken, pot.last_year))
    return tuple(after), cents


def euros(cents: int) -> str:
    """€ 1.250 or € 12,50, as Dutch writes it."""
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole:,}".replace(",", ".") + (f",{rest:02d}" if rest else "")
    # The sign and its amount stay on one line.
    return f"{'−' if cents < 0 else ''}€\u00a0{text}"
