"""A school admin sets up a school, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from routekaart.access import Role
from routekaart.models import Person, School
from tests.makers import employ, grant, make_person, make_school, make_team

SignIn = Callable[[BrowserContext, Person], None]
_AXE: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
HEADINGS = "e-mail;naam;rol;team;functie;wtf;werkdagen"


@pytest.fixture
def school(db: None) -> School:  # noqa: ARG001  (gives the tables)
    return make_school(name="De Es")


@pytest.fixture
def admin(school: School, context: BrowserContext, sign_in: SignIn) -> Person:
    """Who runs the school, signed in."""
    made = make_person("Ada Beheer")
    employ(made, school, ())
    grant(made, Role.SCHOOL_ADMIN, school=school)
    sign_in(context, made)
    return made


def table(*rows: str) -> FilePayload:
    text = "\n".join([HEADINGS, *rows])
    return {"name": "lijst.csv", "mimeType": "text/csv", "buffer": text.encode()}


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def accessible(page: Page) -> None:
    found = Axe().run(page, options=_AXE).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.usefixtures("admin")
def test_from_an_empty_school_to_people_in_a_team(page: Page) -> None:
    page.goto("/thuis")
    heading(page, "Beheer van De Es")
    page.get_by_role("link", name="Teams invullen").click()
    page.get_by_label("Naam van het team").fill("Onderbouw")
    page.get_by_role("button", name="Team maken").click()
    expect(page.get_by_role("status")).to_have_text("Team Onderbouw is gemaakt.")
    page.get_by_role("link", name="Beheer van De Es").click()
    page.get_by_role("link", name="Medewerkers", exact=True).click()
    page.get_by_role("link", name="Een lijst inlezen").click()
    right = "noor@es.test;Noor Nieuw;teamleider;Onderbouw;leerkracht;0,8;ma, di, do"
    page.get_by_label("Bestand met medewerkers").set_input_files(
        table(right, "sam;Sam Visser;;Onderbau;;;")
    )
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    heading(page, "Controleer de lijst")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_text("Het team ‘Onderbau’ is er niet.")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Kies het verbeterde bestand").click()
    page.get_by_label("Bestand met medewerkers").set_input_files(
        table(right, "sam@es.test;Sam Visser;;Onderbouw;;;")
    )
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(page.get_by_text("lijst.csv: 2 nieuw.")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Nu invoeren").click()
    heading(page, "De lijst is ingevoerd")
    expect(page.get_by_text("2 nieuw, 0 gewijzigd.")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Naar de medewerkers").click()
    page.get_by_role("link", name="Noor Nieuw").click()
    expect(page.get_by_text("maandag, dinsdag en donderdag")).to_be_visible()
    page.get_by_role("link", name="Wijzig rollen").click()
    page.get_by_role("checkbox", name="Trainer").check()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Teamleider en trainer")).to_be_visible()


@pytest.mark.usefixtures("admin")
def test_by_keyboard_alone(page: Page) -> None:
    def tab_to(text: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if text in page.evaluate(
                "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
            ):
                return
        raise AssertionError(f"{text} is not reached by Tab")

    page.goto("/beheer")
    tab_to("Vakanties en vrije dagen")
    page.keyboard.press("Enter")
    heading(page, "Vakanties en vrije dagen")
    tab_to("Eigen dag toevoegen")
    page.keyboard.press("Enter")
    heading(page, "Eigen dag toevoegen")
    tab_to("Omschrijving")
    page.keyboard.type("Carnaval")
    page.keyboard.press("Enter")
    # The errors have the focus, and lead to their fields.
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to("Eerste dag")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Eerste dag")).to_be_focused()
    # In the order of the browser's own language, month first.
    page.keyboard.type("02082027")
    tab_to("Laatste dag")
    page.keyboard.type("02092027")
    tab_to("Toevoegen")
    page.keyboard.press("Enter")
    heading(page, "Vakanties en vrije dagen")
    expect(page.get_by_text("8 februari 2027 tot en met 9 februari 2027")).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 360, "height": 740})
@pytest.mark.usefixtures("admin")
def test_on_a_phone_without_javascript(page: Page, school: School) -> None:
    make_team(school, "Onderbouw")
    page.goto(f"/beheer/{school.pk}/medewerkers/inlezen")
    long = "een-heel-lang-adres-dat-nergens-afbreekt@een-heel-lang-domein-voor-een-school.test"
    page.get_by_label("Bestand met medewerkers").set_input_files(
        table(f"{long};Sam Visser;;Onderbouw;;;")
    )
    page.get_by_role("button", name="Bekijk wat er verandert").click()
    box = page.get_by_text(long).bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360
    page.get_by_role("button", name="Nu invoeren").click()
    heading(page, "De lijst is ingevoerd")
    page.goto(f"/beheer/{school.pk}/voortgang-op-naam")
    page.get_by_role("button", name="Zet aan").click()
    expect(page.get_by_role("alert")).to_contain_text("Vul een datum in.")
    page.get_by_label("Wanneer stemde de PMR in?").fill("2026-09-01")
    page.get_by_role("button", name="Zet aan").click()
    expect(page.get_by_text("besluit van de PMR van 1 september 2026")).to_be_visible()
    page.get_by_role("button", name="Zet uit").click()
    expect(page.get_by_role("button", name="Zet aan")).to_be_visible()
