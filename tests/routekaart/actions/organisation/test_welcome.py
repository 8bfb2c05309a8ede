"""Whoever is added to a school hears where to go, and how to get a password."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.organisation.people import add_employment, end_employment
from routekaart.domain.errors import Conflict
from routekaart.models import Employment, Mail, Person, School
from tests.makers import access_for, make_colleague, make_person, make_school, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
ADDRESS = "https://routekaart.school.test/"


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def admin(school: School) -> Person:
    return make_colleague(make_team(school), Role.SCHOOL_ADMIN, name="Ada Admin")


def add(admin: Person, school: School, email: str) -> Employment:
    return add_employment(
        by=access_for(admin),
        school_id=school.pk,
        email=email,
        name="Nina Nieuw",
        roles=[Role.MEMBER],
        functions=["leerkracht"],
        fte=Decimal(1),
        working_days=[1, 2],
        weekly_study_minutes=None,
    )


def told() -> list[tuple[str, str, str, str]]:
    rows = Mail.objects.order_by("made_at").select_related("person")
    return [(row.person.email, row.kind, row.state, row.subject) for row in rows]


def test_everybody_gets_the_same_mail(admin: Person, school: School, settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = ADDRESS
    known = make_person(password="een-lang-wachtwoord")
    add(admin, school, "nina@voorbeeld.test")
    add(admin, school, known.email)
    subject = "Welkom bij Routekaart van De Proefschool"
    assert told() == [
        ("nina@voorbeeld.test", "welcome", "queued", subject),
        (known.email, "welcome", "queued", subject),
    ]
    (body,) = set(Mail.objects.values_list("body", flat=True))
    page = f"{ADDRESS.rstrip('/')}{reverse('account_reset_password')}"
    assert f"Nog geen wachtwoord? Kies er een: {page}\n" in body
    # Whoever reads the outbox finds no way into the account.
    assert Client().get(page.removeprefix(ADDRESS.rstrip("/"))).status_code == 200
    assert "/key/" not in body


def test_without_an_address_it_says_what_to_press(admin: Person, school: School) -> None:
    add(admin, school, "nina@voorbeeld.test")
    body = Mail.objects.get().body
    link = "Wachtwoord vergeten, of nog geen wachtwoord?"
    assert f"‘{link}’" in body
    assert link in Client().get("/accounts/login/").text
    assert "http" not in body


def test_once_for_each_time_that_somebody_starts(admin: Person, school: School) -> None:
    employment = add(admin, school, "nina@voorbeeld.test")
    with pytest.raises(Conflict):
        add(admin, school, "nina@voorbeeld.test")
    assert len(told()) == 1
    end_employment(by=access_for(admin), employment_id=employment.pk)
    add(admin, school, "nina@voorbeeld.test")
    assert len(told()) == 2
