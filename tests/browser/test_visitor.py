"""A visitor tries the routekaart, and keeps it after signing in."""

import re

import pytest
from playwright.sync_api import Page, expect

from routekaart.models import Person
from tests.browser.hands import Role
from tests.makers import make_colleague, make_school, make_team

PASSWORD = "een-lang-wachtwoord"


@pytest.fixture
def teacher(db: None) -> Person:  # noqa: ARG001  (gives the tables)
    return make_colleague(make_team(make_school(name="De Es")), password=PASSWORD)


@pytest.mark.usefixtures("db")
def test_from_start_to_advice_in_six_clicks(page: Page) -> None:
    clicks = 0

    def click(name: str, role: Role = "link") -> None:
        nonlocal clicks
        page.get_by_role(role, name=name, exact=True).click()
        clicks += 1

    page.goto("/")
    click("Probeer het, zonder account")
    click("Feedback", "checkbox")
    click("Directe instructie", "checkbox")
    click("Verder: voor wie?", "button")
    click("Toon het advies", "button")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit past bij jullie keuze")
    expect(page.get_by_text("Omdat: Feedback + leerkracht").first).to_be_visible()
    assert clicks == 5


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 360, "height": 740})
def test_on_a_phone_without_javascript_up_to_a_routekaart(page: Page, teacher: Person) -> None:
    page.goto("/probeer")
    page.get_by_role("button", name="Verder: voor wie?").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies ten minste één interventie.")
    page.get_by_role("checkbox", name="Samenwerkend leren", exact=True).check()
    page.get_by_role("button", name="Verder: voor wie?").click()
    page.get_by_role("checkbox", name="Onderwijsassistenten", exact=True).check()
    page.get_by_role("button", name="Toon het advies").click()
    expect(page.get_by_role("heading", name="Samenwerkend leren")).to_be_visible()
    page.get_by_role("link", name="Bewaar in een routekaart").click()
    page.get_by_label("E-mailadres").fill(teacher.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bewaar in een routekaart")
    page.get_by_role("button", name="Bewaren en verder invullen").click()
    expect(page).to_have_url(re.compile(r"/routekaart/[0-9a-f-]{36}$"))


@pytest.mark.usefixtures("db")
def test_by_keyboard_alone(page: Page) -> None:
    def tab_to(text: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if text in page.evaluate(
                "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
            ):
                return
        raise AssertionError(f"{text} is not reached by Tab")

    page.goto("/")
    tab_to("Probeer het")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat willen jullie aanpakken?")
    tab_to("Feedback")
    page.keyboard.press("Space")
    tab_to("Verder")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Voor wie zoeken jullie scholing?")
    tab_to("Toon het advies")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit past bij jullie keuze")
