"""Signing in with an account of elsewhere, against a real OpenID provider and a lying one."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.mail import EmailMessage
from django.test import Client
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.models import Person, RoleGrant, School
from tests.makers import make_colleague, make_person, make_team
from tests.oidc_providers import LyingProvider, RealProvider
from tests.routekaart.web.account.elsewhere import off, school_of, through, use
from tests.routekaart.web.account.signing_in import (
    CODE,
    LONG_PASSWORD,
    SET_UP,
    is_in,
    open_sessions,
    set_up,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_colleague(make_team(), password=LONG_PASSWORD)


# --- The button ----------------------------------------------------------------------------------
def test_the_button_is_there_when_a_provider_is_set_up(
    pages: Client, google: RealProvider, settings: Settings
) -> None:
    assert "Aanmelden met Google" in pages.get("/accounts/login/").text
    # A link of somebody else signs nobody in.
    assert pages.get("/accounts/oidc/google/login/")["Location"] == "/accounts/login/"
    settings.SIGN_IN_PROVIDERS = ()
    assert "Aanmelden met" not in pages.get("/accounts/login/").text
    for address in ("/accounts/oidc/google/login/", "/accounts/oidc/microsoft/login/callback/"):
        assert pages.get(address).status_code == 404
    assert google.issuer


# --- Who gets in ---------------------------------------------------------------------------------
def test_a_known_person_gets_in_and_is_linked(
    pages: Client, google: RealProvider, person: Person, mailoutbox: list[EmailMessage]
) -> None:
    before = list(RoleGrant.objects.values_list("person", "role", "school"))
    google.knows("a1", email=person.email.upper(), email_verified=True, name="Iemand Anders")
    answer = through(pages, google, "a1")
    assert (answer.status_code, answer["Location"]) == (302, "/thuis")
    assert is_in(pages)
    link = SocialAccount.objects.get(user=person)
    # Nothing of what the provider tells is kept, and nothing of it changes the person.
    assert (link.provider, link.uid, link.extra_data) == ("google", "a1", {})
    person.refresh_from_db()
    assert (person.name, person.has_usable_password()) == ("Robin Voorbeeld", True)
    assert list(RoleGrant.objects.values_list("person", "role", "school")) == before
    assert EmailAddress.objects.get(user=person).verified
    assert "Je kunt je nu ook aanmelden met een ander account." in str(mailoutbox[0].body)
    # From then on by its number: another address there makes no difference.
    google.knows("a1", email="nieuw@elders.test", email_verified=True)
    later = Client()
    assert through(later, google, "a1").status_code == 302
    assert is_in(later)
    assert SocialAccount.objects.count() == 1
    own, listed = open_sessions(person)
    assert (len(own), listed) == (2, own)


def test_nobody_signs_up_alone(pages: Client, google: RealProvider) -> None:
    google.knows("a2", email="vreemd@elders.test", email_verified=True)
    answer = through(pages, google, "a2")
    assert answer.status_code == 403
    assert "Er is hier geen account voor jou." in answer.text
    assert not is_in(pages)
    assert not Person.objects.filter(email="vreemd@elders.test").exists()
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_address_that_is_not_verified_links_nobody(
    pages: Client, google: RealProvider, person: Person, verified: object
) -> None:
    google.knows("a3", email=person.email, email_verified=verified)
    answer = through(pages, google, "a3")
    assert answer.status_code == 403
    assert "heeft niet gecontroleerd" in answer.text
    assert not is_in(pages)
    assert not SocialAccount.objects.exists()


def test_a_provider_speaks_for_its_own_domains_only(
    pages: Client, real_provider: RealProvider, settings: Settings, person: Person
) -> None:
    use(settings, "anders", real_provider.issuer, domains=("school-a.test",))
    real_provider.knows("d1", email=person.email, email_verified=True)
    answer = through(pages, real_provider, "d1", "anders")
    assert answer.status_code == 403
    assert "Dit e-mailadres hoort niet bij de scholen" in answer.text
    assert not is_in(pages)
    assert not SocialAccount.objects.exists()
    # Who was linked before goes on, whatever the address is by now.
    Person.objects.filter(pk=person.pk).update(email="juf@school-a.test")
    real_provider.knows("d1", email="juf@school-a.test", email_verified=True)
    assert through(Client(), real_provider, "d1", "anders").status_code == 302
    real_provider.knows("d1", email="nieuw@elders.test", email_verified=True)
    assert through(pages, real_provider, "d1", "anders").status_code == 302
    assert is_in(pages)


def test_who_is_not_active_stays_out(pages: Client, google: RealProvider, person: Person) -> None:
    google.knows("a4", email=person.email, email_verified=True)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert through(Client(), google, "a4").status_code == 403
    assert not SocialAccount.objects.exists()
    Person.objects.filter(pk=person.pk).update(is_active=True)
    through(pages, google, "a4")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    for browser in (pages, Client()):
        through(browser, google, "a4")
        assert not is_in(browser)


def test_the_second_step_is_asked_here_too(
    pages: Client, google: RealProvider, person: Person
) -> None:
    sign_in(pages, person)
    set_up(pages)
    google.knows("a5", email=person.email, email_verified=True)
    later = Client()
    assert through(later, google, "a5")["Location"] == CODE
    assert not is_in(later)


def test_a_school_that_demands_it_sees_it_set_up(
    pages: Client, google: RealProvider, person: Person
) -> None:
    school = school_of(person)
    with scopes_disabled():
        School.objects.filter(pk=school.pk).update(second_factor_required=True)
    google.knows("a6", email=person.email, email_verified=True)
    through(pages, google, "a6")
    assert pages.get("/mijn-gegevens")["Location"] == SET_UP


def test_one_unlinks_an_account_but_not_the_only_way_in(
    pages: Client, google: RealProvider, person: Person
) -> None:
    google.knows("a7", email=person.email, email_verified=True)
    through(pages, google, "a7")
    assert "<strong>Google</strong>" in pages.get("/mijn-account").text
    number = SocialAccount.objects.get().pk
    sent = {"doe": "ontkoppel", "welke": str(number)}
    stranger, other = Client(), make_person(password=LONG_PASSWORD)
    sign_in(stranger, other)
    assert stranger.post("/mijn-account", sent).status_code == 404
    assert "<strong>Google</strong>" not in stranger.get("/mijn-account").text
    # What somebody else has linked is no way in for this one.
    google.knows("a8", email=other.email, email_verified=True)
    through(stranger, google, "a8")
    person.set_unusable_password()
    password, person.password = Person.objects.get(pk=person.pk).password, person.password
    Person.objects.filter(pk=person.pk).update(password=person.password)
    through(pages, google, "a7")
    assert "Kies eerst een wachtwoord." in pages.post("/mijn-account", sent).text
    Person.objects.filter(pk=person.pk).update(password=password)
    through(pages, google, "a7")
    pages.post("/mijn-account", sent)
    assert [one.user for one in SocialAccount.objects.all()] == [other]
    # Linked anew by an address that is known to be the own one by now.
    again = Client()
    through(again, google, "a7")
    assert is_in(again)


# --- State, and what comes back ------------------------------------------------------------------
def test_an_answer_counts_once_and_in_the_own_browser(
    pages: Client, google: RealProvider, person: Person
) -> None:
    google.knows("b1", email=person.email, email_verified=True)
    address = google.back_from(off(pages), "b1")
    # Somebody else is sent along with the link of another.
    other = Client()
    assert other.get(address).status_code == 401
    assert not is_in(other)
    # A state that was made up.
    made_up = re.sub(r"state=[^&]+", "state=verzonnen", address)
    assert pages.get(made_up).status_code == 401
    assert pages.get(address).status_code == 302
    pages.post("/accounts/logout/")
    assert pages.get(address).status_code == 401
    assert not is_in(pages)


def test_who_stops_at_the_provider_is_told_so(pages: Client, liar: LyingProvider) -> None:
    assert liar.issuer
    state = re.findall(r"state=([^&]+)", off(pages))[0]
    answer = pages.get(f"/accounts/oidc/google/login/callback/?error=access_denied&state={state}")
    assert (answer.status_code, "Je hebt het aanmelden bij Google gestopt" in answer.text) == (
        200,
        True,
    )


def test_a_provider_that_is_away_is_a_plain_page(pages: Client, settings: Settings) -> None:
    # Nobody listens on port 1.
    use(settings, "google", "http://127.0.0.1:1")
    answer = pages.post("/accounts/oidc/google/login/")
    assert (answer.status_code, "Aanmelden is niet gelukt" in answer.text) == (401, True)


OTHER_KEY = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
LIES: dict[str, dict[str, Any]] = {
    "issuer of the document": {"config": {"issuer": "https://elders.test"}},
    "issuer of the token": {"claims": {"iss": "https://elders.test"}},
    "no issuer": {"claims": {"iss": None}},
    "audience": {"claims": {"aud": "een-ander-programma"}},
    "no audience": {"claims": {"aud": None}},
    "too old": {"claims": {"exp": 1_700_000_000}},
    "nonce": {"claims": {"nonce": "verzonnen"}},
    "no nonce": {"claims": {"nonce": None}},
    "another person in the second answer": {"userinfo": {"sub": "8"}},
    "no person": {"claims": {"sub": None}, "userinfo": {"sub": None}},
    "signed by another": {"signing_key": OTHER_KEY},
    "not signed": {"signing_key": None, "algorithm": "none"},
    "signed with what everybody knows": {"signing_key": "x" * 32, "algorithm": "HS256"},
}


def test_the_other_provider_is_believed_when_it_does_not_lie(
    pages: Client, liar: LyingProvider, person: Person
) -> None:
    liar.person["email"] = person.email
    assert pages.get(liar.back_from(off(pages))).status_code == 302
    assert is_in(pages)


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_lets_nobody_in(pages: Client, liar: LyingProvider, person: Person, lie: str) -> None:
    liar.person["email"] = person.email
    told = LIES[lie]
    # The document is read before anybody leaves: there it shows at the return.
    address = off(pages) if "config" not in told else ""
    for name, value in told.items():
        setattr(liar, name, value)
    answer = (
        pages.get(liar.back_from(address))
        if address
        else pages.post("/accounts/oidc/google/login/")
    )
    assert (answer.status_code, "Aanmelden is niet gelukt" in answer.text) == (401, True)
    assert not is_in(pages)
    assert not SocialAccount.objects.exists()


def test_a_token_of_an_earlier_sign_in_is_refused(
    pages: Client, liar: LyingProvider, person: Person
) -> None:
    liar.person["email"] = person.email
    pages.get(liar.back_from(off(pages)))
    first = liar.nonce
    later = Client()
    address = liar.back_from(off(later))
    liar.nonce = first
    assert later.get(address).status_code == 401
    assert not is_in(later)


def test_a_nonsense_token_is_a_plain_page(pages: Client, liar: LyingProvider) -> None:
    address = liar.back_from(off(pages))
    liar.answer = lambda path: {"access_token": "x", "id_token": "geen.echt.token"}  # type: ignore[method-assign]  # noqa: ARG005
    assert pages.get(address).status_code == 401
