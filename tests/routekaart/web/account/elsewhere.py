"""Setting up a provider of elsewhere, and going there and back as a browser does."""

import re
from typing import Any

from django.core import mail
from django.test import Client
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import access_of
from routekaart.models import Person, School
from routekaart.sign_in_providers import PRESETS, Provider, as_apps
from tests.oidc_providers import CLIENT, RealProvider

MAILBOX = "/aanmelden/code"


def use(settings: Settings, slug: str, issuer: str, domains: tuple[str, ...] = ()) -> None:
    preset = PRESETS[slug]
    found = (Provider(slug, preset.title or "Anders", issuer, CLIENT, "geheim", preset, domains),)
    settings.SIGN_IN_PROVIDERS = found
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": as_apps(found)}}


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


def code_in_mail() -> str:
    """The code in the latest mail."""
    (code,) = re.findall(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)
    return str(code)


def through_mailbox(browser: Client, provider: RealProvider, sub: str, slug: str = "entree") -> Any:
    """The same for a first time at a provider that asks for proof of the mailbox; gives the answer
    to the right code."""
    assert through(browser, provider, sub, slug)["Location"] == MAILBOX
    return browser.post(MAILBOX, {"code": code_in_mail()})


def tells(entree: RealProvider, sub: str, school: School, email: str = "", **other: Any) -> None:
    """What the provider of a school says of somebody."""
    told = {
        "mail": email or "directie@school.test",
        "nlEduPersonHomeOrganizationId": school.brin,
        "eduPersonAffiliation": ["employee"],
        **other,
    }
    entree.knows(sub, **told)


def asked(browser: Client, entree: RealProvider, sub: str, **to_the_button: str) -> str:
    """Comes back from the provider to the question; gives the code."""
    onward = browser.post("/accounts/oidc/entree/login/", to_the_button)
    answer = browser.get(entree.back_from(onward.context["address"], sub))
    assert (answer.status_code, answer["Location"]) == (302, MAILBOX)
    return code_in_mail()


def wrong(code: str) -> str:
    """Another code than that one."""
    return str((int(code) + 1) % 1_000_000).zfill(6)
