"""Choosing interventions, goals and study days in a real browser: by mouse, by keyboard, on a
phone, by two people at once, without JavaScript, and past the end of a session."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from routekaart.models import Person
from tests.browser.judging import fits
from tests.makers import make_school
from tests.stages import Stage

pytestmark = pytest.mark.usefixtures("db")
SignIn = Callable[[BrowserContext, Person], None]
WORDING = "Wij leren om beter uit te leggen."
FIRST = "Hebben jullie eerst gekeken naar instructie in kleine groepen"
# Far more than any page needs.
_MOST_TABS = 200


@pytest.fixture
def stage(db: None) -> Stage:  # noqa: ARG001  (gives the tables)
    return Stage(make_school(name="De Esdoorn"))


def at(stage: Stage, path: str) -> str:
    return f"/routekaart/{stage.routekaart.pk}/{path}"


def tab_to(page: Page, text: str) -> None:
    """Presses Tab until something with this text, label or value has the focus."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "(() => { const on = document.activeElement; return on === document.body"
            " ? '' : [on.textContent, on.labels?.[0]?.textContent].join(' '); })()"
        )
        if text in found:
            return
    raise AssertionError(f"the keyboard does not reach {text}")


def press(page: Page, text: str) -> None:
    tab_to(page, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_team_fills_in_its_choices(
    stage: Stage, page: Page, context: BrowserContext, sign_in: SignIn
) -> None:
    sign_in(context, stage.lead)
    page.goto(at(stage, "interventies"))
    page.get_by_role("button", name="Kiezen Een-op-een-begeleiding").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Een-op-een-begeleiding")
    expect(page.get_by_text("overweeg eerst: nog te beantwoorden")).to_be_visible()
    # Saves by itself, and the page tells how far it is.
    page.get_by_label(FIRST).fill("In groepjes lukte het niet.")
    page.get_by_label("Sessies per week").fill("2")
    expect(page.get_by_text("Bewaard om")).to_be_visible()
    expect(page.get_by_text("overweeg eerst: nog te beantwoorden")).to_be_hidden()
    expect(page.get_by_text("jullie plannen 2, de bron noemt 3 tot 5")).to_be_visible()
    page.get_by_role("button", name="Bewaren en terug naar de keuze").click()
    page.get_by_role("link", name="Verder naar de doelen").click()
    page.get_by_label("Wat gaan jullie zelf leren?").fill(WORDING)
    page.get_by_role("button", name="Doel bewaren").click()
    expect(page.get_by_role("heading", name=WORDING)).to_be_visible()
    page.get_by_role("link", name="Verder", exact=True).click()
    page.get_by_role("button", name="Kies ze alle 3").click()
    expect(page.locator(".day-list > li")).to_have_count(3)
    # While a date is filled in, the advice comes along.
    page.get_by_role("link", name="Wijzigen").first.click()
    page.get_by_label("Welke datum?").fill("2026-12-23")
    expect(page.locator("#advies")).to_contain_text("Woensdag 23 december 2026")
    expect(page.locator("#advies")).to_contain_text("liever niet")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator(".day-list")).to_contain_text("Woensdag 23 december 2026")


def test_by_keyboard_alone_on_a_phone(
    stage: Stage, page: Page, context: BrowserContext, sign_in: SignIn
) -> None:
    sign_in(context, stage.lead)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(at(stage, "interventies"))
    press(page, "Kiezen Zomerschool")
    tab_to(page, "extra leertijd")
    page.keyboard.type("Dat paste niet in het rooster.")
    press(page, "Bewaren en terug naar de keuze")
    press(page, "Verder naar de doelen")
    tab_to(page, "Wat gaan jullie zelf leren?")
    page.keyboard.press("End")
    goal = f"om te kijken naar {'onderwijs' * 8}."
    page.keyboard.type(goal)
    press(page, "Doel bewaren")
    expect(page.get_by_role("heading", name=f"Wij leren {goal}")).to_be_visible()
    fits(page)
    press(page, "Verder")
    press(page, "Kies deze dag")
    expect(page.locator(".day-list > li")).to_have_count(1)
    fits(page)


def test_two_people_in_one_routekaart(
    stage: Stage, browser: Browser, base_url: str, sign_in: SignIn
) -> None:
    stage.choose("feedback")
    both = []
    for person in (stage.lead, stage.member):
        context = browser.new_context(base_url=base_url)
        sign_in(context, person)
        page = context.new_page()
        page.goto(at(stage, "interventies/feedback"))
        both.append(page)
    lead, member = both
    problems, training = "Welke problemen verwachten", "Welke scholing hebben"
    # Each in an own field: both stay.
    lead.get_by_label(problems).fill("Te weinig tijd.")
    member.get_by_label(training).fill("Samen oefenen.")
    for page in both:
        expect(page.get_by_text("Bewaard om")).to_be_visible()
    # In the same field: who comes second is told, and loses nothing.
    member.get_by_label(problems).fill("Te veel tegelijk.")
    expect(member.get_by_text("Nog niet bewaard.")).to_be_visible()
    expect(member.get_by_text("‘Te weinig tijd.’")).to_be_visible()
    expect(member.get_by_label(problems)).to_have_value("Te veel tegelijk.")
    lead.reload()
    expect(lead.get_by_label(problems)).to_have_value("Te weinig tijd.")
    expect(lead.get_by_label(training)).to_have_value("Samen oefenen.")
    for page in both:
        page.context.close()


def test_without_javascript(stage: Stage, browser: Browser, base_url: str, sign_in: SignIn) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    sign_in(context, stage.lead)
    page = context.new_page()
    page.goto(at(stage, "interventies"))
    page.get_by_role("button", name="Kiezen Feedback").click()
    page.get_by_role("link", name="Feedback", exact=True).click()
    page.get_by_label("Welke scholing hebben").fill("Samen oefenen.")
    page.get_by_role("button", name="Bewaren en terug naar de keuze").click()
    expect(page.get_by_text("1 van de 2 vragen beantwoord")).to_be_visible()
    page.goto(at(stage, "studiedagen/nieuw"))
    page.get_by_label("Welke datum?").fill("2026-11-04")
    page.get_by_role("button", name="Bekijk of deze datum past").click()
    expect(page.locator("#advies")).to_contain_text("Woensdag 4 november 2026")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator(".day-list > li")).to_have_count(1)
    context.close()


def test_a_session_that_ends_loses_nothing(
    stage: Stage, page: Page, context: BrowserContext, sign_in: SignIn
) -> None:
    stage.lead.set_password("een-lang-wachtwoord")
    stage.lead.save()
    sign_in(context, stage.lead)
    page.goto(at(stage, "doelen/nieuw"))
    page.get_by_label("Wat gaan jullie zelf leren?").fill(WORDING)
    context.clear_cookies()
    page.get_by_role("button", name="Doel bewaren").click()
    page.locator("[name=login]").fill(stage.lead.email)
    page.locator("[name=password]").fill("een-lang-wachtwoord")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_text("Wat je had ingevuld, staat er nog.")).to_be_visible()
    expect(page.get_by_label("Wat gaan jullie zelf leren?")).to_have_value(WORDING)
    page.get_by_role("button", name="Doel bewaren").click()
    expect(page.get_by_role("heading", name=WORDING)).to_be_visible()
