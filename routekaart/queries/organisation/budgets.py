"""Own budgets of the people of a school: for who keeps them all, and for everybody the own one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from routekaart.access import Access, Forbidden, NotFound, Permission
from routekaart.domain.budget import BudgetYear, ledger
from routekaart.domain.budget_rules import (
    BudgetBasis,
    OwnNumbers,
    budget_basis,
    granted_cents,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.models import BudgetLine, Employment, School
from routekaart.models.budgets import BudgetLineKind
from routekaart.queries.organisation.names import name_of_employed


@dataclass(frozen=True, slots=True)
class PersonBudget:
    """The budget of somebody at a school, in order of years; the last is the year asked for.

    `basis` None: neither the school nor a CAO says what somebody has. `lines`: what was granted
    and spent up to and including that year, as it was written down.
    """

    employment: Employment
    basis: BudgetBasis | None
    years: tuple[BudgetYear, ...]
    lines: tuple[BudgetLine, ...]

    @property
    def now(self) -> BudgetYear:
        return self.years[-1]


def own_numbers(school: School) -> OwnNumbers:
    """What the school agreed on instead of the CAO."""
    return OwnNumbers(**school.budget_numbers)


def budget_employments(*, by: Access, school_id: UUID) -> QuerySet[Employment]:
    """Whose budgets `by` may see at a school, by name: all, or only the own one.

    Evaluate in `by.entered()`.
    """
    by.fetch(School, school_id, Permission.VIEW_SCHOOL)
    with by.entered():
        return (
            Employment.objects.filter(_seen(by), school=school_id)
            .select_related("person", "school")
            .order_by(name_of_employed(), "pk")
        )


def budgets_of(*, employments: Iterable[Employment], year: int) -> tuple[PersonBudget, ...]:
    """The budgets of these people, in their order; in one query however many there are.

    Call in the scope of their schools, with employments of `budget_employments`.
    """
    wanted = list(employments)
    lines: dict[tuple[UUID, UUID], list[BudgetLine]] = defaultdict(list)
    for line in BudgetLine.objects.filter(
        school__in={one.school_id for one in wanted},
        person__in={one.person_id for one in wanted},
        school_year__lte=year,
    ):
        lines[line.school_id, line.person_id].append(line)
    return tuple(_budget(one, lines[one.school_id, one.person_id], year) for one in wanted)


def budget_of(*, by: Access, employment_id: UUID, year: int) -> PersonBudget:
    """The budget of one person; `NotFound` where `by` may not see it."""
    with by.entered():
        found = (
            Employment.objects.filter(_seen(by), pk=employment_id)
            .select_related("person", "school__board")
            .first()
        )
        if found is None:
            raise NotFound("Employment")
        return budgets_of(employments=[found], year=year)[0]


def own_budgets(*, by: Access, year: int) -> tuple[PersonBudget, ...]:
    """The own budgets of `by`, at every school within reach where `by` works, by its name."""
    with by.entered():
        found = (
            Employment.objects.filter(person=by.person)
            .select_related("person", "school")
            .order_by("school__name", "school_id")
        )
        return budgets_of(employments=found, year=year)


def employment_to_keep(*, by: Access, employment_id: UUID) -> Employment:
    """Somebody at a school whose budget `by` keeps; the own one without that right is refused."""
    with by.entered():
        found = (
            Employment.objects.filter(_seen(by), pk=employment_id).select_related("school").first()
        )
    if found is None:
        raise NotFound("Employment")
    if not by.allows(Permission.KEEP_BUDGETS, school=found.school_id):
        raise Forbidden(Permission.KEEP_BUDGETS)
    return found


def basis_of(employment: Employment, year: int) -> BudgetBasis | None:
    """What the budget of somebody is reckoned with in a school year. Comes with its school."""
    school = employment.school
    return budget_basis(
        employment.functions,
        sector=school.sector,
        on=SchoolYear(year).first_day,
        own=own_numbers(school),
    )


def _seen(by: Access) -> Q:
    """Inside the net of `by`: one's own at a school out of reach is not there."""
    return by.visible(Employment, Permission.KEEP_BUDGETS) | Q(person=by.person)


def _budget(employment: Employment, lines: Sequence[BudgetLine], year: int) -> PersonBudget:
    basis = basis_of(employment, year)
    stated: dict[int, int] = {}
    spent: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.kind == BudgetLineKind.GRANTED:
            stated[line.school_year] = line.cents
        else:
            spent[line.school_year] += line.cents
    return PersonBudget(
        employment=employment,
        basis=basis,
        years=ledger(
            year=year,
            stated=stated,
            spent=spent,
            reckoned=granted_cents(basis, employment.fte) if basis else None,
            saved_years=basis.saved_years if basis else 0,
        ),
        lines=tuple(lines),
    )
