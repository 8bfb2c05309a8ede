"""Pages that come only after something was done: no address in a table leads to them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.models import Person
from tests.browser.judging import judge
from tests.makers import make_colleague, make_school, make_team
from tests.oidc_providers import start_real_provider
from tests.routekaart.web.account.elsewhere import MAILBOX, code_in_mail, through, use
from tests.stages import Stage

SignIn = Callable[[BrowserContext, Person], None]
LIST = "e-mail;naam;rol;team;functie;wtf;werkdagen\n"


@pytest.fixture
def stage(db: None) -> Stage:  # noqa: ARG001  (the tables that the server sees)
    return Stage(make_school(name="De Beuk"))


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_choosing_a_password(page: Page, stage: Stage) -> None:
    cache.clear()
    mail.outbox.clear()
    page.goto("/accounts/password/reset/")
    page.get_by_label("E-mailadres").fill(stage.member.email)
    page.get_by_role("main").get_by_role("button").click()
    heading(page, "Kijk in je mail")
    (message,) = mail.outbox
    found = re.search(r"https?://[^/\s]+(/\S+)", str(message.body))
    assert found is not None
    page.goto(found[1])
    first = page.locator("input[name=password1]")
    first.fill("kort")
    page.locator("input[name=password2]").fill("anders")
    first.press("Enter")
    expect(page).to_have_title(re.compile("^Fout: "))
    judge(page)
    for name in ("password1", "password2"):
        page.locator(f"input[name={name}]").fill("een-lang-wachtwoord")
    first.press("Enter")
    judge(page)
    stage.member.refresh_from_db()
    assert stage.member.check_password("een-lang-wachtwoord")


def test_a_wrong_password(page: Page, stage: Stage) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mailadres").fill(stage.member.email)
    page.get_by_label("Wachtwoord").fill("niet-goed")
    page.get_by_role("button", name="Aanmelden").click()
    expect(page).to_have_title(re.compile("^Fout: "))
    expect(page.get_by_role("alert")).to_be_focused()
    judge(page)


def test_the_code_of_a_first_time_elsewhere(
    page: Page,
    context: BrowserContext,
    stage: Stage,
    base_url: str,
    settings: Settings,
    tmp_path: Path,
) -> None:
    cache.clear()
    browser = Client()
    with start_real_provider(tmp_path / "log") as entree:
        use(settings, "entree", entree.issuer, domains=("voorbeeld.test",))
        told = {"eduPersonAffiliation": "employee", "mail": stage.member.email}
        entree.knows("1", nlEduPersonHomeOrganizationId=stage.school.brin, **told)
        assert through(browser, entree, "1", "entree")["Location"] == MAILBOX
    session = browser.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": base_url}])
    page.goto(MAILBOX)
    heading(page, "Kijk in je mail")
    field = page.get_by_label("Code")
    expect(field).to_be_focused()
    judge(page)
    # By keyboard alone.
    field.fill("1")
    field.press("Enter")
    expect(page).to_have_title(re.compile("^Fout: "))
    expect(page.get_by_role("alert")).to_be_focused()
    judge(page)
    field.fill(code_in_mail())
    field.press("Enter")
    expect(page).to_have_url(f"{base_url}/mijn-week")
    assert SocialAccount.objects.get().user == stage.member


def test_a_list_of_people(
    page: Page,
    context: BrowserContext,
    sign_in: SignIn,
    db: None,  # noqa: ARG001  (gives the tables)
) -> None:
    school = make_school(name="De Iep")
    sign_in(context, make_colleague(make_team(school), Role.SCHOOL_ADMIN))
    for row, said in (
        ("noor;Noor Nieuw;koning;Bovenbouw;;;", "Controleer de lijst"),
        ("noor@es.test;Noor Nieuw;;;;;", "Controleer de lijst"),
    ):
        page.goto(f"/beheer/{school.pk}/medewerkers/inlezen")
        page.get_by_label("Bestand met medewerkers").set_input_files(
            {"name": "lijst.csv", "mimeType": "text/csv", "buffer": (LIST + row).encode()}
        )
        page.get_by_role("button", name="Bekijk wat er verandert").click()
        heading(page, said)
        judge(page)
    page.get_by_role("button", name="Nu invoeren").click()
    heading(page, "De lijst is ingevoerd")
    judge(page)


def test_the_address_of_a_calendar(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    sign_in(context, stage.member)
    page.goto("/mijn-week/agenda")
    page.get_by_role("button", name="Maak een adres").first.click()
    address = page.get_by_label("Adres van je agenda").input_value()
    judge(page)
    answer = page.request.get(address)
    assert (answer.status, answer.text()[:15]) == (200, "BEGIN:VCALENDAR")


def test_what_the_rules_and_the_planner_say(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    stage.planned()
    sign_in(context, stage.trainer)
    here = f"/routekaart/{stage.routekaart.pk}"
    for path in (
        "besluit/controle",
        "plan?controle=ja",
        "plan/past-het?zoek=ja",
        f"wat-als/uitkomst?wijziging=soort%3Dremove_study_day%26studiedag%3D{stage.study_day.pk}",
    ):
        page.goto(f"{here}/{path}")
        expect(page).to_have_url(re.compile(re.escape(path)))
        judge(page)
    page.goto(f"{here}/toewijzen")
    page.get_by_label("Alle cursussen van het advies").check()
    page.get_by_role("button", name="Bekijk wie wat krijgt").click()
    heading(page, "Wie krijgt wat?")
    judge(page)


def test_what_is_refused_or_not_there(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    sign_in(context, stage.member)
    for path, status in (("/nergens", 404), ("/wachtrij", 403)):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status
        judge(page)
