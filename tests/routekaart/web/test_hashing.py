"""How passwords are kept, and that those of before change along the way."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from routekaart.models import Person
from tests.makers import make_person
from tests.routekaart.web.account.signing_in import LONG_PASSWORD, is_in, sign_in

pytestmark = pytest.mark.django_db
# 19 MiB, twice, one lane.
NOW = "argon2$argon2id$v=19$m=19456,t=2,p=1$"


@pytest.fixture
def of_before() -> Person:
    """Somebody whose password was kept as Django does by itself."""
    person = make_person()
    person.password = Argon2PasswordHasher().encode(LONG_PASSWORD, "a" * 22)
    person.save()
    assert person.password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    return person


def kept_as(person: Person) -> str:
    """The kind and the cost, without the salt and the hash."""
    person.refresh_from_db()
    return person.password.rpartition("$")[0].rpartition("$")[0] + "$"


def test_a_password_takes_19_mebibytes() -> None:
    assert kept_as(make_person(password=LONG_PASSWORD)) == NOW


def test_one_of_before_changes_at_sign_in(pages: Client, of_before: Person) -> None:
    sign_in(pages, of_before, "een-ander-wachtwoord")
    assert (is_in(pages), kept_as(of_before) == NOW) == (False, False)
    sign_in(pages, of_before)
    assert (is_in(pages), kept_as(of_before)) == (True, NOW)


def test_who_mistypes_another_one_stays_signed_in(pages: Client, of_before: Person) -> None:
    pages.force_login(of_before)
    typed = {"oldpassword": LONG_PASSWORD, "password1": "een-nieuw-lang", "password2": "anders"}
    assert b"Wachtwoord van nu" in pages.post("/accounts/password/change/", typed).content
    assert is_in(pages)
    wrong = pages.post("/accounts/password/change/", typed | {"oldpassword": "nee"})
    assert "Dit is niet je wachtwoord van nu." in wrong.content.decode()


def test_who_says_it_once_more_stays_signed_in(pages: Client, of_before: Person) -> None:
    """As somebody does who came in with a provider elsewhere."""
    pages.force_login(of_before)
    again = pages.post("/accounts/reauthenticate/", {"password": LONG_PASSWORD})
    assert again.status_code == 302
    assert (is_in(pages), kept_as(of_before)) == (True, NOW)
