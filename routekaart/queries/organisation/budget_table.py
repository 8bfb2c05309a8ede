"""The budgets of a school as a table for a spreadsheet."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

from courses.dutch import dutch_number
from routekaart.access import Access, Permission
from routekaart.domain.budget_words import BASES
from routekaart.domain.calendar import SchoolYear
from routekaart.formats.tables import csv_bytes
from routekaart.models import School
from routekaart.queries.organisation.budgets import PersonBudget, budget_employments, budgets_of

_COLUMNS = (
    "Naam", "Schooljaar", "Fte", "Bij een volle baan", "Toegekend", "Waar dat uit volgt",
    "Gespaard", "Vervallen", "Uitgegeven", "Te veel uitgegeven", "Over", "Bron",
)  # fmt: skip


def budget_table(*, by: Access, school_id: UUID, year: int) -> bytes:
    """A CSV file with a row per person, by name; amounts in euros with a comma."""
    by.fetch(School, school_id, Permission.KEEP_BUDGETS)
    rows = budget_employments(by=by, school_id=school_id)
    with by.entered():
        found = budgets_of(employments=rows, year=year)
    return csv_bytes([_COLUMNS, *(tuple(_cells(one)) for one in found)])


def _cells(one: PersonBudget) -> Iterator[str]:
    now, basis = one.now, one.basis
    yield one.employment.shown_name
    yield SchoolYear(now.year).label
    yield dutch_number(float(one.employment.fte))
    yield _amount(basis.euros * 100) if basis else ""
    yield _amount(now.granted)
    yield BASES[now.basis]
    for cents in (now.saved, now.lapsed, now.spent, now.over, now.left):
        yield _amount(cents)
    if basis is None:
        yield ""
    elif basis.own_euros or basis.rule is None:
        yield "afspraak van de school"
    else:
        yield f"{basis.rule.title}; {basis.rule.source}"


def _amount(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}".replace(".", ",")
