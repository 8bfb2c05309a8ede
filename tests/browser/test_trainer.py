"""A trainer clears the queue: from the list to an advice, and a look at what if."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from routekaart.models import AdviceVersion, Person
from tests.makers import make_school
from tests.stages import Stage

SignIn = Callable[[BrowserContext, Person], None]
COURSE = "De mindset-theorie van Carol Dweck"


@pytest.fixture
def stage(db: None, context: BrowserContext, sign_in: SignIn) -> Stage:  # noqa: ARG001  (gives the tables)
    made = Stage(make_school(name="De Es")).submitted()
    sign_in(context, made.trainer)
    return made


def notes(stage: Stage) -> list[str]:
    with stage.as_trainer.entered():
        return [one.note for one in AdviceVersion.objects.filter(routekaart=stage.routekaart)]


def test_from_the_queue_to_an_advice_without_leaving_the_desk(page: Page, stage: Stage) -> None:
    page.goto("/wachtrij")
    page.get_by_role("link", name="Maak het advies").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Advies voor Onderbouw")
    page.get_by_text("Antwoorden bij de interventies").click()
    expect(page.get_by_text("geen vragen beantwoord")).to_be_visible()
    page.get_by_label("Bericht aan het team").fill("Begin klein.")
    page.get_by_role("link", name=f"Wijzig {COURSE}").click()
    expect(page.get_by_role("heading", name=COURSE)).to_be_focused()
    page.get_by_role("radio", name="Laat weg").check()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Zeg in een zin waarom.")
    page.get_by_label("Waarom?").fill("Deden we vorig jaar.")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.get_by_role("button", name="Bewaren").click()
    # The desk comes back with what it saves, and with the words that were typed elsewhere.
    expect(page.get_by_role("status").filter(has_text="Weggelaten.")).to_contain_text(
        "alles 12 uur (alles was 16 uur)"
    )
    expect(page.get_by_role("button", name=f"Zet terug {COURSE}")).to_be_focused()
    expect(page.get_by_label("Bericht aan het team")).to_have_value("Begin klein.")
    page.get_by_role("button", name="Advies geven").click()
    expect(page.get_by_role("status")).to_contain_text("Het advies is gegeven.")
    assert notes(stage) == ["Begin klein."]


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 360, "height": 740})
def test_on_a_phone_without_javascript(page: Page, stage: Stage) -> None:
    page.goto(f"/routekaart/{stage.routekaart.pk}/advies-maken")
    page.get_by_role("link", name="Voeg een cursus toe").click()
    page.get_by_label("Woorden uit de titel").fill("flitsbezoeken")
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name="Kies Flitsbezoeken").click()
    page.get_by_label("Waarom?").fill("De schoolleider kijkt mee.")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard.")
    expect(page.get_by_text("toegevoegd")).to_be_visible()
    page.get_by_role("button", name="Advies geven").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Niets te doen")
    assert notes(stage) == [""]


def test_an_ended_session_loses_nothing_of_a_course(page: Page, stage: Stage) -> None:
    page.goto(f"/routekaart/{stage.routekaart.pk}/advies-maken")
    page.get_by_role("link", name=f"Wijzig {COURSE}").click()
    page.get_by_label("Waarom?").fill("Deden we vorig jaar.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Je bent afgemeld.")).to_be_visible()
    expect(page.get_by_label("Waarom?")).to_have_value("Deden we vorig jaar.")
    page.get_by_role("button", name="Meld je aan en bewaar het").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_by_keyboard_alone(page: Page, stage: Stage) -> None:
    def tab_to(text: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            on = page.evaluate(
                "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
            )
            if text in " ".join(on.split()):
                return
        raise AssertionError(f"{text} is not reached by Tab")

    page.goto("/wachtrij")
    tab_to("Maak het advies")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Advies voor Onderbouw")
    tab_to(f"Wijzig {COURSE}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=COURSE)).to_be_focused()
    tab_to("Laat zo staan")
    page.keyboard.press("ArrowDown")
    tab_to("Waarom?")
    page.keyboard.type("Dat kan later.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Bewaard.")).to_be_visible()
    expect(page.get_by_role("link", name=f"Wijzig {COURSE}")).to_be_focused()
    tab_to("Bericht aan het team")
    page.keyboard.type("Succes!")
    tab_to("Advies geven")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Niets te doen")
    assert notes(stage) == ["Succes!"]


def test_what_if_a_study_day_goes(page: Page, stage: Stage) -> None:
    stage.advise()
    page.goto(f"/routekaart/{stage.routekaart.pk}/wat-als")
    page.get_by_role("link", name="Een studiedag vervalt").click()
    page.get_by_label("Welke studiedag?").select_option("woensdag 4 november 2026")
    page.get_by_role("button", name="Toon wat er verandert").click()
    expect(
        page.get_by_text("De studiedag van woensdag 4 november 2026 laten").first
    ).to_be_visible()
    expect(page.get_by_role("term").filter(has_text="Moet wachten")).to_be_visible()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    page.get_by_role("link", name="Haal weg").click()
    expect(page.get_by_role("heading", name="Wat wil je proberen?")).to_be_visible()
