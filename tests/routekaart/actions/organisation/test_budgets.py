"""What somebody was given is written down per person and per school."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Role
from routekaart.actions.organisation.budgets import settle_budget_year, state_grant
from routekaart.models import BudgetLine, Employment, School
from tests.makers import access_for, employ, grant, make_person, make_school

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)


class Two:
    """Two schools with one admin: somebody works at both, and a colleague at one."""

    def __init__(self) -> None:
        self.here: School = make_school()
        self.there: School = make_school()
        admin = make_person()
        for school in (self.here, self.there):
            grant(admin, Role.SCHOOL_ADMIN, school=school)
        self.by: Access = access_for(admin)
        person = make_person()
        self.at_here = employ(person, self.here)
        self.at_there = employ(person, self.there)
        self.colleague = employ(make_person(), self.here)

    def state(self, employment: Employment, cents: int | None) -> None:
        state_grant(by=self.by, employment_id=employment.pk, year=2025, cents=cents, today=TODAY)


def stated() -> set[tuple[object, object]]:
    with scopes_disabled():
        return set(BudgetLine.objects.values_list("school", "person"))


def of(*employments: Employment) -> set[tuple[object, object]]:
    return {(one.school_id, one.person_id) for one in employments}


def test_it_is_taken_back_from_that_person_at_that_school() -> None:
    two = Two()
    for employment in (two.at_here, two.at_there, two.colleague):
        two.state(employment, 50_000)
    two.state(two.at_here, None)
    assert stated() == of(two.at_there, two.colleague)


def test_what_another_school_gave_is_not_what_this_one_gives() -> None:
    two = Two()
    two.state(two.at_there, 50_000)
    made = settle_budget_year(by=two.by, school_id=two.here.pk, year=2025, today=TODAY)
    assert (made, stated()) == (2, of(two.at_here, two.at_there, two.colleague))
