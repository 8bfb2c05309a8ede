"""Who only signs in with a provider elsewhere does so anew before a change of how to get in."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.models import ApiToken, Person, School
from tests.makers import make_colleague, make_person, make_team
from tests.oidc_providers import RealProvider
from tests.routekaart.web.account.elsewhere import off, school_of, through
from tests.routekaart.web.account.signing_in import SET_UP, is_in, set_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
AGAIN = "/mijn-account/opnieuw-aanmelden"
KEYS = "/mijn-gegevens/sleutels"
FORMS = {
    "/accounts/email/": {"email": "nieuw@voorbeeld.test", "action_add": ""},
    "/accounts/password/set/": {
        "password1": "een-nieuw-wachtwoord",
        "password2": "een-nieuw-wachtwoord",
    },
    "/accounts/2fa/totp/activate/": {"code": "000000"},
    "/mijn-account": {"doe": "ontkoppel", "welke": "1"},
    KEYS: {"name": "Rooster", "right": "write"},
}


@pytest.fixture
def person() -> Person:
    return make_colleague(make_team())


def left_open(browser: Client) -> None:
    """Signed in longer ago than counts as just now."""
    session = browser.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 3600
    session.save()


def ways(person: Person) -> tuple[Any, ...]:
    """Everything with which somebody comes in."""
    person.refresh_from_db()
    return (
        person.has_usable_password(),
        set(EmailAddress.objects.filter(user=person).values_list("email", flat=True)),
        ApiToken.objects.filter(person=person).count(),
    )


@pytest.fixture
def mine(pages: Client, google: RealProvider, person: Person) -> Client:
    """Signed in with the provider, and with nothing else."""
    google.knows("c1", email=person.email, email_verified=True)
    through(pages, google, "c1")
    assert is_in(pages)
    left_open(pages)
    return pages


@pytest.mark.parametrize("address", FORMS)
def test_an_open_session_is_not_enough(mine: Client, person: Person, address: str) -> None:
    before = ways(person)
    answer = mine.post(address, FORMS[address])
    assert answer["Location"] == f"{AGAIN}?next={address.replace('/', '%2F')}"
    assert ways(person) == before


def test_after_signing_in_anew_one_goes_on(
    mine: Client, google: RealProvider, person: Person
) -> None:
    page = mine.get(f"{AGAIN}?next={KEYS}")
    assert "<h1>Ben jij het?</h1>" in page.text
    assert "Aanmelden met Google" in page.text
    assert f'name="next" value="{KEYS}"' in page.text
    onward = mine.post("/accounts/oidc/google/login/", {"next": KEYS})
    address = onward.context["address"]
    # Whoever sits there is not waved through by an open session at the provider.
    assert parse_qs(urlsplit(address).query)["prompt"] == ["select_account"]
    assert mine.get(google.back_from(address, "c1"))["Location"] == KEYS
    assert mine.post(KEYS, FORMS[KEYS]).status_code == 200
    assert ApiToken.objects.get().person == person
    # Somebody who never signed in with it is not sent there.
    stranger = Client()
    stranger.force_login(make_person())
    assert "Aanmelden met Google" not in stranger.get(AGAIN).text
    # Not asked of who signs in: there is nobody to ask again.
    assert "prompt" not in parse_qs(urlsplit(off(Client())).query)


def test_nobody_is_led_elsewhere(mine: Client) -> None:
    assert "elders.test" not in mine.get(f"{AGAIN}?next=https://elders.test/").text


def test_without_a_provider_a_password_is_chosen_by_mail(mine: Client, settings: Settings) -> None:
    settings.SIGN_IN_PROVIDERS = ()
    page = mine.get(AGAIN)
    assert "Aanmelden met" not in page.text
    assert "/accounts/password/reset/" in page.text


def test_who_must_set_up_the_second_step_gets_through(
    mine: Client, google: RealProvider, person: Person
) -> None:
    school = school_of(person)
    with scopes_disabled():
        School.objects.filter(pk=school.pk).update(second_factor_required=True)
    through(mine, google, "c1")
    left_open(mine)
    question = mine.post(SET_UP, FORMS[SET_UP])["Location"]
    assert "Aanmelden met Google" in mine.get(question).text
    through(mine, google, "c1")
    set_up(mine)
    assert is_in(mine)
