"""A trainer assigns, gathers questions and makes a programme: by mouse, by keyboard, on a phone."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from routekaart.models import Person, PreparationNote
from tests.makers import make_school
from tests.stages import Stage

SignIn = Callable[[BrowserContext, Person], None]


@pytest.fixture
def stage(db: None) -> Stage:  # noqa: ARG001  (gives the tables)
    return Stage(make_school(name="De Linde")).planned()


def share(stage: Stage, *texts: str) -> None:
    with stage.as_lead.entered():
        for text in texts:
            PreparationNote.objects.create(
                study_day=stage.study_day,
                author=stage.member,
                kind="question",
                text=text,
                shared_at=timezone.now(),
            )


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a_trainer_prepares_a_study_day(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    share(stage, "Hoe geef je een compliment?", "Mag het ook zonder woorden?")
    sign_in(context, stage.trainer)
    page.goto(f"/routekaart/{stage.routekaart.pk}/toewijzen")
    page.get_by_label("Alle cursussen van het advies").check()
    page.get_by_role("button", name="Bekijk wie wat krijgt").click()
    heading(page, "Wie krijgt wat?")
    page.get_by_role("button", name="Toewijzen", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Gedaan: ")
    page.get_by_role("link", name="Draai terug").first.click()
    page.get_by_role("button", name="Draai terug").click()
    expect(page.get_by_role("status")).to_contain_text("ingetrokken")

    page.goto(f"/studiedag/{stage.study_day.pk}/vragen")
    page.get_by_label("Hoe geef je een compliment?").check()
    page.get_by_label("Naam van een nieuw onderwerp").fill("Complimenten")
    page.get_by_role("button", name="Zet in dit onderwerp").click()
    topic = page.get_by_role("article", name="Complimenten")
    expect(topic).to_contain_text("Hoe geef je een compliment?")
    # Dragging does the same as the ticks and the button.
    page.locator("[data-note]").first.drag_to(topic)
    expect(topic).to_contain_text("Mag het ook zonder woorden?")
    expect(page.get_by_text("Alles heeft een plek.")).to_be_visible()

    page.get_by_role("link", name="Programma maken").click()
    page.locator("#blok-1").get_by_role("button", name="Omhoog").click()
    expect(page.locator("#blok-0").get_by_label("Titel")).to_have_value("Verdieping")
    expect(page.get_by_text("Nog niet bewaard.")).to_be_visible()
    page.get_by_role("button", name="Bewaar het programma").click()
    expect(page.get_by_role("status")).to_contain_text("Het programma is bewaard.")
    page.get_by_role("link", name="Hoe ver zijn we").click()
    page.get_by_role("button", name="Zet de dag klaar").click()
    expect(page.get_by_role("status")).to_contain_text("De studiedag staat klaar.")


def test_by_keyboard_alone(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    share(stage, "Hoe geef je een compliment?")
    sign_in(context, stage.trainer)

    def tab_to(text: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if text in page.evaluate(
                "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
            ):
                return
        raise AssertionError(f"{text} is not reached by Tab")

    page.goto(f"/studiedag/{stage.study_day.pk}/vragen")
    tab_to("Hoe geef je een compliment?")
    page.keyboard.press("Space")
    tab_to("Naam van een nieuw onderwerp")
    page.keyboard.type("Complimenten")
    tab_to("Zet in dit onderwerp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="Complimenten")).to_be_visible()
    page.goto(f"/studiedag/{stage.study_day.pk}/programma-maken")
    tab_to("Omlaag")
    page.keyboard.press("Enter")
    expect(page.locator("#blok-1").get_by_label("Titel")).to_have_value("Opening")
    tab_to("Bewaar het programma")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Het programma is bewaard.")


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 360, "height": 740})
def test_on_a_phone_without_javascript(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    sign_in(context, stage.lead)
    page.goto(f"/routekaart/{stage.routekaart.pk}/toewijzen/zelf-kiezen")
    page.get_by_label("Collega's die ik zelf kies").check()
    page.get_by_role("button", name="Bekijk wie wat krijgt").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies ten minste één collega.")
    page.get_by_label("Mo Lid").check()
    page.get_by_role("button", name="Bekijk wie wat krijgt").click()
    expect(page.get_by_text("Iedereen heeft dit al.")).to_be_visible()
    page.get_by_role("button", name="Wijzigen").click()
    expect(page.get_by_label("Mo Lid")).to_be_checked()
    page.goto(f"/studiedag/{stage.study_day.pk}/programma-maken")
    page.get_by_role("button", name="Bewaar het programma").click()
    expect(page.get_by_role("status")).to_contain_text("Het programma is bewaard.")
    page.goto(f"/studiedag/{stage.study_day.pk}/voorbereiding")
    page.get_by_role("button", name="Zet de dag klaar").click()
    expect(page.get_by_role("status")).to_contain_text("De studiedag staat klaar.")
