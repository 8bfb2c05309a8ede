"""Keeping own budgets: what a year gives, what it went to, and what the school agreed on."""

from datetime import date
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.domain.budget_rules import (
    MOST_EUROS,
    MOST_SAVED_YEARS,
    OwnNumbers,
    granted_cents,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.errors import BadInput
from routekaart.domain.rules.bsn import BSN_WARNING, holds_bsn
from routekaart.models import BudgetLine, Employment, School
from routekaart.models.budgets import BudgetLineKind
from routekaart.queries.organisation.budgets import basis_of, employment_to_keep

MOST_CENTS = 100 * 10 * MOST_EUROS
_FIRST_YEAR = 2000


@transaction.atomic
def set_budget_numbers(*, by: Access, school_id: UUID, numbers: OwnNumbers) -> None:
    """What the school agreed on instead of the CAO; None is as the CAO. Raises `BadInput`."""
    by.fetch(School, school_id, Permission.KEEP_BUDGETS)
    most = {
        "euros": MOST_EUROS,
        "leader_euros": MOST_EUROS,
        "saved_years": MOST_SAVED_YEARS,
    }
    given = {name: getattr(numbers, name) for name in most}
    for name, number in given.items():
        if number is not None and not 0 <= number <= most[name]:
            raise BadInput(
                name, f"Vul een getal in van 0 tot en met {most[name]}.", code="out_of_range"
            )
    with by.entered():
        school = lock_school(school_id)
        school.budget_numbers = {name: each for name, each in given.items() if each is not None}
        school.save(update_fields=["budget_numbers"])
        record(by=by, school=school_id, action="set_budget_numbers", subject=school)


@transaction.atomic
def state_grant(
    *, by: Access, employment_id: UUID, year: int, cents: int | None, today: date
) -> None:
    """Writes down what somebody was given in a school year; None takes that back.

    Raises `BadInput` for a year that has yet to begin. Safe to repeat.
    """
    _check_year(year, today)
    if cents is not None:
        _check_cents(cents, least=0)
    employment = _locked(by, employment_id)
    with by.entered():
        rows = BudgetLine.objects.filter(
            school=employment.school_id,
            person=employment.person_id,
            school_year=year,
            kind=BudgetLineKind.GRANTED,
        )
        if cents is None:
            rows.delete()
        else:
            BudgetLine.objects.update_or_create(
                school_id=employment.school_id,
                person_id=employment.person_id,
                school_year=year,
                kind=BudgetLineKind.GRANTED,
                defaults={"cents": cents, "recorded_by": by.person},
            )
        record(by=by, school=employment.school_id, action="state_grant", subject=employment)


@transaction.atomic
def settle_budget_year(*, by: Access, school_id: UUID, year: int, today: date) -> int:
    """Writes down what a school year gives everyone who works here, by the fte of today.

    What is stated already stays. Gives how many were written. Without this the years gone by
    would follow whoever works more or less later on. Raises `BadInput` for a year to come.
    """
    by.fetch(School, school_id, Permission.KEEP_BUDGETS)
    _check_year(year, today)
    with by.entered():
        # Two at once would write the same rows.
        school = lock_school(school_id)
        stated = set(
            BudgetLine.objects.filter(
                school=school, school_year=year, kind=BudgetLineKind.GRANTED
            ).values_list("person_id", flat=True)
        )
        made = []
        for employment in Employment.objects.filter(school=school).exclude(person__in=stated):
            employment.school = school
            basis = basis_of(employment, year)
            if basis is not None:
                made.append(
                    BudgetLine(
                        school=school,
                        person_id=employment.person_id,
                        school_year=year,
                        kind=BudgetLineKind.GRANTED,
                        cents=granted_cents(basis, employment.fte),
                        recorded_by=by.person,
                    )
                )
        BudgetLine.objects.bulk_create(made)
        if made:
            record(by=by, school=school_id, action="settle_budget_year", subject=school)
    return len(made)


@transaction.atomic
def record_spending(
    *, by: Access, employment_id: UUID, cents: int, what: str, spent_on: date, today: date
) -> BudgetLine:
    """Something that the own budget of somebody went to; it counts in the year of its day.

    Raises `BadInput` for a day that is yet to come.
    """
    _check_cents(cents, least=1)
    if not what.strip():
        raise BadInput("what", "Vul in waaraan het geld is besteed.", code="required")
    if holds_bsn(what):
        raise BadInput("what", BSN_WARNING, code="bsn_in_text")
    if spent_on > today:
        raise BadInput(
            "spent_on",
            "Deze dag moet nog komen. Vul in wat al is uitgegeven.",
            code="in_the_future",
        )
    employment = _locked(by, employment_id)
    with by.entered():
        made = BudgetLine.objects.create(
            school_id=employment.school_id,
            person_id=employment.person_id,
            school_year=SchoolYear.containing(spent_on).start,
            kind=BudgetLineKind.SPENT,
            cents=cents,
            what=what.strip(),
            spent_on=spent_on,
            recorded_by=by.person,
        )
        record(by=by, school=employment.school_id, action="record_spending", subject=made)
    return made


@transaction.atomic
def remove_budget_line(*, by: Access, line_id: UUID) -> None:
    """Takes back an amount that was written down by mistake."""
    found = by.fetch(BudgetLine, line_id, Permission.KEEP_BUDGETS)
    with by.entered():
        record(by=by, school=found.school_id, action="remove_budget_line", subject=found)
        found.delete()


def _locked(by: Access, employment_id: UUID) -> Employment:
    employment = employment_to_keep(by=by, employment_id=employment_id)
    with by.entered():
        Employment.objects.select_for_update(no_key=True).get(pk=employment_id)
    return employment


def _check_year(year: int, today: date) -> None:
    if not _FIRST_YEAR <= year <= SchoolYear.containing(today).start:
        raise BadInput(
            "school_year",
            "Kies dit schooljaar of een jaar dat voorbij is.",
            code="in_the_future" if year >= _FIRST_YEAR else "out_of_range",
        )


def _check_cents(cents: int, *, least: int) -> None:
    if not least <= cents <= MOST_CENTS:
        raise BadInput(
            "cents",
            f"Vul een bedrag in van {'€ 0' if least == 0 else 'meer dan € 0'} tot € 200.000.",
            code="out_of_range",
        )
