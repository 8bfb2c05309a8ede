"""Signing in with an account of elsewhere, against a real OpenID provider and a lying one."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.mail import EmailMessage
from django.test import Client
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import access_of
from routekaart.models import Person, RoleGrant, School
from routekaart.sign_in_providers import PRESETS, Provider, as_apps
from tests.makers import make_colleague, make_person, make_team
from tests.oidc_providers import (
    CLIENT,
    LyingProvider,
    RealProvider,
    start_lying_provider,
    start_real_provider,
)
from tests.routekaart.web.account.signing_in import (
    CODE,
    LONG_PASSWORD,
    SET_UP,
    is_in,
    set_up,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProvider]:
    with start_real_provider(tmp_path_factory.mktemp("oidc") / "log") as provider:
        yield provider


@pytest.fixture
def google(_program: RealProvider, settings: Settings) -> RealProvider:
    """The real provider, set up as Google is."""
    use(settings, "google", _program.issuer)
    return _program


@pytest.fixture
def entree(_program: RealProvider, settings: Settings) -> RealProvider:
    """The same, set up as Entree Federatie is."""
    use(settings, "entree", _program.issuer, domains=("school.test",))
    return _program


@pytest.fixture
def liar(settings: Settings) -> Iterator[LyingProvider]:
    with start_lying_provider() as provider:
        use(settings, "google", provider.issuer)
        yield provider


def use(settings: Settings, slug: str, issuer: str, domains: tuple[str, ...] = ()) -> None:
    preset = PRESETS[slug]
    found = (Provider(slug, preset.title or "Anders", issuer, CLIENT, "geheim", preset, domains),)
    settings.SIGN_IN_PROVIDERS = found
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": as_apps(found)}}


@pytest.fixture
def person() -> Person:
    return make_colleague(make_team(), password=LONG_PASSWORD)


def school_of(person: Person) -> School:
    (school,) = access_of(person).schools
    with scopes_disabled():
        return School.objects.get(pk=school)


def off(browser: Client, slug: str = "google") -> str:
    """Presses the button; gives the address at the provider."""
    page = browser.post(f"/accounts/oidc/{slug}/login/")
    assert page.status_code == 200, page.text
    found = re.search(r'<a class="button" href="([^"]+)">Ga verder', page.text)
    assert found is not None
    address = found[1].replace("&amp;", "&")
    assert page["Refresh"] == f"0; url={address}"
    return address


def through(browser: Client, provider: RealProvider, sub: str, slug: str = "google") -> Any:
    """What a browser sees at its return from the provider."""
    return browser.get(provider.back_from(off(browser, slug), sub))


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
    stranger = Client()
    sign_in(stranger, make_person(password=LONG_PASSWORD))
    assert stranger.post("/mijn-account", sent).status_code == 404
    person.set_unusable_password()
    password, person.password = Person.objects.get(pk=person.pk).password, person.password
    Person.objects.filter(pk=person.pk).update(password=person.password)
    through(pages, google, "a7")
    assert "Kies eerst een wachtwoord." in pages.post("/mijn-account", sent).text
    Person.objects.filter(pk=person.pk).update(password=password)
    through(pages, google, "a7")
    pages.post("/mijn-account", sent)
    assert not SocialAccount.objects.exists()


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


# --- Entree Federatie ----------------------------------------------------------------------------
@pytest.fixture
def teacher(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(email="juf@school.test")
    person.refresh_from_db()
    return person


def entree_claims(brin: str, *affiliation: str, **other: object) -> dict[str, object]:
    return {
        "mail": "juf@school.test",
        "nlEduPersonHomeOrganizationId": brin,
        "eduPersonAffiliation": list(affiliation),
        **other,
    }


@pytest.mark.parametrize("whole", [True, False])
def test_staff_of_the_own_school_gets_in_with_what_the_school_gave(
    pages: Client, entree: RealProvider, teacher: Person, whole: bool
) -> None:
    brin = school_of(teacher).brin
    before = access_of(teacher)
    entree.knows("e1", **entree_claims(brin if whole else brin[:4].lower(), "Employee"))
    assert through(pages, entree, "e1", "entree").status_code == 302
    assert is_in(pages)
    assert access_of(teacher) == before


@pytest.mark.parametrize(
    "affiliation", [("student",), ("student", "employee"), ("affiliate",), ()], ids=str
)
def test_pupils_and_who_is_no_staff_stay_out(
    pages: Client, entree: RealProvider, teacher: Person, affiliation: tuple[str, ...]
) -> None:
    brin = school_of(teacher).brin
    # Also when the account was linked before.
    entree.knows("e2", **entree_claims(brin, "employee"))
    through(pages, entree, "e2", "entree")
    entree.knows("e2", **entree_claims(brin, *affiliation))
    later = Client()
    answer = through(later, entree, "e2", "entree")
    assert answer.status_code == 403
    assert "Routekaart is voor medewerkers van scholen." in answer.text
    assert not is_in(later)


@pytest.mark.parametrize("brin", ["99ZZ00", "", "99ZZ"])
def test_a_school_that_did_not_add_this_person_lets_nobody_in(
    pages: Client, entree: RealProvider, teacher: Person, brin: str
) -> None:
    entree.knows("e3", **entree_claims(brin, "employee"))
    answer = through(pages, entree, "e3", "entree")
    assert answer.status_code == 403
    assert "werk je bij een school die je hier niet heeft toegevoegd" in answer.text
    assert not SocialAccount.objects.filter(user=teacher).exists()


def test_an_address_outside_the_named_domains_is_not_verified(
    pages: Client, entree: RealProvider, teacher: Person
) -> None:
    brin = school_of(teacher).brin
    Person.objects.filter(pk=teacher.pk).update(email="juf@elders.test")
    entree.knows("e4", **entree_claims(brin, "employee", mail="juf@elders.test"))
    assert "heeft niet gecontroleerd" in through(pages, entree, "e4", "entree").text
