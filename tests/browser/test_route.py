"""The route in a real browser: from the advice to the drawn year."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from routekaart.access import Role
from routekaart.models import AdviceDecision, Person
from tests.browser.judging import fits
from tests.makers import make_colleague
from tests.short_of_time import short_stage
from tests.stages import Stage

pytestmark = pytest.mark.usefixtures("db")
SignIn = Callable[[BrowserContext, Person], None]
COURSE = "Complimenten geven en corrigeren"


def declined(stage: Stage) -> list[str]:
    with stage.as_lead.entered():
        rows = AdviceDecision.objects.filter(advice__routekaart=stage.routekaart, accepted=False)
        return list(rows.values_list("reason", flat=True))


def test_a_team_lead_takes_the_advice_and_makes_the_plan(
    page: Page, context: BrowserContext, sign_in: SignIn
) -> None:
    stage = Stage().advised()
    sign_in(context, stage.lead)
    page.goto(f"/routekaart/{stage.routekaart.pk}/advies")
    card = page.get_by_role("article", name=COURSE)
    why = card.get_by_label("Waarom liever niet?")
    expect(why).to_be_hidden()
    card.get_by_text("Liever niet", exact=True).click()
    expect(page.locator("#bewaard")).to_contain_text("Nog niet bewaard.")
    why.fill("Dat deden we vorig jaar.")
    expect(page.locator("#bewaard")).to_contain_text("Bewaard om 09.00 uur.")
    assert declined(stage) == ["Dat deden we vorig jaar."]
    page.get_by_role("button", name="Aannemen").click()
    expect(page.get_by_role("status")).to_contain_text("Jullie hebben het advies aangenomen.")
    stage.assign()
    page.get_by_role("button", name="Maak het plan").click()
    expect(page.get_by_text("Versie 1 van het plan staat klaar.")).to_be_visible()
    # Asked for in the background: it comes by itself.
    expect(page.locator("#actueel")).to_contain_text("Er is niets veranderd")
    page.get_by_role("link", name="Bekijk het jaar").click()
    expect(page.get_by_role("img", name=re.compile("als route"))).to_have_count(1)
    make_colleague(stage.team, Role.MEMBER, name="Nina Nieuw")
    page.goto(f"/routekaart/{stage.routekaart.pk}/plan")
    page.get_by_role("button", name="Maak het plan opnieuw").click()
    expect(page.get_by_text("Versie 2 van het plan staat klaar.")).to_be_visible()


def test_by_keyboard_alone(page: Page, context: BrowserContext, sign_in: SignIn) -> None:
    stage = Stage().advised()
    sign_in(context, stage.lead)
    page.goto(f"/routekaart/{stage.routekaart.pk}/advies")

    def reach(text: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            told = page.evaluate(
                "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
            )
            if text in told:
                return
        raise AssertionError(f"no way to {text} by keyboard")

    reach("Doen we")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Waarom liever niet?").first).to_be_visible()
    reach("Waarom liever niet?")
    page.keyboard.type("Te veel tegelijk.")
    reach("Aannemen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Het plan van Onderbouw")
    assert declined(stage) == ["Te veel tegelijk."]
    stage.assign()
    reach("Maak het plan")
    page.keyboard.press("Enter")
    expect(page.locator("#actueel")).to_contain_text("Er is niets veranderd")
    reach("Bekijk het jaar")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Het jaar van Onderbouw")
    reach("Naar deze maand")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#maand-2026-10$"))


def test_on_a_phone_the_year_runs_down(
    page: Page, context: BrowserContext, sign_in: SignIn
) -> None:
    stage = Stage().approved()
    sign_in(context, stage.member)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/routekaart/{stage.routekaart.pk}/jaar")
    expect(page.locator("svg.down")).to_be_visible()
    expect(page.locator("svg.across")).to_be_hidden()
    fits(page)
    page.emulate_media(media="print")
    expect(page.locator("svg.across")).to_be_visible()
    expect(page.locator("svg.down")).to_be_hidden()


def test_without_javascript_an_error_leads_to_its_field(
    new_context: Callable[..., BrowserContext], sign_in: SignIn
) -> None:
    stage = Stage().advised()
    context = new_context(java_script_enabled=False)
    sign_in(context, stage.lead)
    page = context.new_page()
    page.goto(f"/routekaart/{stage.routekaart.pk}/advies")
    page.get_by_role("article", name=COURSE).get_by_text("Liever niet", exact=True).click()
    page.get_by_role("button", name="Aannemen").click()
    assert page.title().startswith("Fout: ")
    page.get_by_role("link", name=re.compile("Zeg waarom")).click()
    expect(page.locator("textarea:focus")).to_have_count(1)
    page.keyboard.type("Al gedaan.")
    page.get_by_role("button", name="Aannemen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Het plan van Onderbouw")
    assert declined(stage) == ["Al gedaan."]


def test_what_helps_is_searched_by_itself_and_done_with_one_click(
    page: Page, context: BrowserContext, sign_in: SignIn, at: Callable[[datetime], None]
) -> None:
    at(datetime(2026, 8, 24, 9, tzinfo=ZoneInfo("Europe/Amsterdam")))
    stage, _ = short_stage(goals=2, goals_per_day=1)
    stage.make_plan()
    sign_in(context, stage.lead)
    page.goto(f"/routekaart/{stage.routekaart.pk}/plan/past-het")
    page.get_by_role("button", name=re.compile("hoogstens 2 doelen")).click()
    expect(page.get_by_text("Gedaan:")).to_be_visible()
    # The plan does not fit what it was made from any more.
    page.get_by_role("button", name="Maak het plan opnieuw").click()
    expect(page.get_by_text("Versie 2 van het plan staat klaar.")).to_be_visible()
