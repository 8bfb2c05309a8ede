"""Somebody who left two schools, for the commands about people."""

import pytest
from django_scopes import scopes_disabled

from routekaart.clock import now
from routekaart.models import Departure, Person, School
from tests.makers import make_school
from tests.routekaart.management.leaver import EMAIL, NAME


@pytest.fixture
def schools() -> list[School]:
    return [make_school(name=name) for name in ("De Eik", "De Wilg")]


@pytest.fixture
def person(schools: list[School]) -> Person:
    made = Person.objects.create_user(EMAIL, NAME, "een-lang-wachtwoord")
    with scopes_disabled():
        for school in schools:
            Departure.objects.create(person=made, school=school, left_at=now())
    return made
