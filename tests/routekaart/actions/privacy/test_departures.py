"""Leaving one school is not leaving the other."""

from decimal import Decimal

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Access, Role
from routekaart.actions.organisation.people import add_employment, end_employment
from routekaart.models import Departure, Person, Team
from tests.makers import access_for, employ, grant, join, make_person, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def admin_of(*teams: Team) -> Access:
    """Runs both schools."""
    admin = make_person()
    for team in teams:
        grant(admin, Role.SCHOOL_ADMIN, school=team.school)
    return access_for(admin)


def left(person: Person) -> set[object]:
    """The schools that somebody left."""
    with scopes_disabled():
        return set(Departure.objects.filter(person=person).values_list("school", flat=True))


def test_who_only_visits_a_team_elsewhere_has_left() -> None:
    here, there = make_team(), make_team()
    person = make_person()
    employment = employ(person, here.school)
    join(person, there)
    end_employment(by=admin_of(here, there), employment_id=employment.pk)
    assert left(person) == {here.school_id}


def test_who_comes_back_to_one_school_has_still_left_the_other() -> None:
    here, there = make_team(), make_team()
    by = admin_of(here, there)
    person = make_person()
    for team in (here, there):
        end_employment(by=by, employment_id=employ(person, team.school).pk)
    assert left(person) == {here.school_id, there.school_id}
    add_employment(
        by=by,
        school_id=here.school_id,
        email=person.email,
        name=person.name,
        roles=(),
        functions=[],
        fte=Decimal(1),
        working_days=[1],
        weekly_study_minutes=None,
    )
    assert left(person) == {there.school_id}
