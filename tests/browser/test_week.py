"""The week of a member in a real browser: on a phone, by keyboard, without JavaScript."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from routekaart.models import Agreement, Assignment, Person, PreparationNote, ProgrammeBlock
from tests.browser.judging import PHONE, fits
from tests.progressed import COURSE, states
from tests.stages import Stage
from tests.underway import underway

SignIn = Callable[[BrowserContext, Person], None]
ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def stage(db: None) -> Stage:  # noqa: ARG001  (gives the tables)
    """A team underway; the member has a course, the day a programme."""
    stage = underway()
    with scopes_disabled():
        Assignment.objects.create(
            routekaart=stage.routekaart, person=stage.member, course_id=COURSE, reason="omdat"
        )
        for start, title in ((time(8, 30), "Opening"), (time(9, 30), "Verdieping")):
            ProgrammeBlock.objects.create(
                study_day=stage.study_day,
                starts_at=start,
                minutes=60,
                kind="deepening",
                title=title,
            )
    return stage


def follow(link: Locator) -> None:
    """A click that has arrived: what is asked next is asked of the new page."""
    with link.page.expect_navigation():
        link.click()


def test_the_story_on_a_phone(
    page: Page,
    context: BrowserContext,
    stage: Stage,
    sign_in: SignIn,
    at: Callable[[datetime], None],
) -> None:
    sign_in(context, stage.member)
    page.set_viewport_size(PHONE)
    page.goto("/mijn-week")
    fits(page)
    page.get_by_role("button", name="Begonnen aan Complimenten").click()
    expect(page.get_by_text("je bent begonnen")).to_be_visible()
    follow(page.get_by_role("link", name="Complimenten geven en corrigeren").first)
    fits(page)
    page.get_by_label("Wat neem je mee?").fill("Meer wachttijd.")
    page.get_by_role("button", name="Klaar").click()
    expect(page.get_by_text("Al je cursussen zijn klaar.")).to_be_visible()
    assert states(stage.routekaart) == {"Mo Lid": "done"}

    page.get_by_role("link", name="Studiedag: Feedback").click()
    follow(page.get_by_role("link", name="Bevindingen, vragen en wensen"))
    fits(page)
    page.get_by_label("Wens: dit wil ik op de dag doen").check()
    page.get_by_label("Je notitie").fill("Oefenen in tweetallen.")
    expect(page.get_by_text("alleen voor jou")).to_be_visible()
    # Then more, and the button: it is still one note.
    page.get_by_label("Je notitie").press_sequentially(" Samen.")
    page.get_by_role("button", name="Delen met het team").click()
    expect(page.get_by_text("Gedeeld", exact=True)).to_be_visible()
    with scopes_disabled():
        note = PreparationNote.objects.get(study_day=stage.study_day)
    assert note.text == "Oefenen in tweetallen. Samen."
    assert note.shared_at is not None

    at(datetime(2026, 11, 4, 9, 45, tzinfo=ZONE))
    page.goto(f"/studiedag/{stage.study_day.pk}")
    fits(page)
    expect(page.locator('[aria-current="time"]')).to_contain_text("Verdieping")
    follow(page.get_by_role("link", name="Afspraak toevoegen"))
    fits(page)
    page.get_by_label("Wat spreken jullie af?").fill("Elke les een exit-ticket.")
    page.get_by_label("Wie komt het na?").select_option(label="Mo Lid")
    page.get_by_label("Wanneer is het klaar?").fill("2026-12-01")
    page.get_by_role("button", name="Afspraak bewaren").click()
    expect(page.get_by_text("Elke les een exit-ticket.")).to_be_visible()
    with scopes_disabled():
        assert Agreement.objects.get(study_day=stage.study_day).due_on == date(2026, 12, 1)


def test_by_keyboard_alone(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    sign_in(context, stage.member)
    page.goto("/mijn-week")

    def tab_to(text: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if text in page.evaluate("document.activeElement.textContent").strip():
                return
        raise AssertionError(f"no way to {text}")

    tab_to("Begonnen")
    page.keyboard.press("Enter")
    expect(page.get_by_text("je bent begonnen")).to_be_visible()
    tab_to("Studiedag: Feedback")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Feedback")
    tab_to("Bevindingen, vragen en wensen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevindingen, vragen en wensen")
    while page.evaluate("document.activeElement.name") != "text":
        page.keyboard.press("Tab")
    page.keyboard.type("Hoe begin je?")
    tab_to("Delen met het team")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Gedeeld", exact=True)).to_be_visible()


def test_without_javascript(browser: Browser, base_url: str, stage: Stage, sign_in: SignIn) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    sign_in(context, stage.member)
    page = context.new_page()
    page.goto("/mijn-week")
    page.get_by_role("button", name="Klaar met Complimenten").click()
    expect(page.get_by_text("Al je cursussen zijn klaar.")).to_be_visible()
    page.goto(f"/studiedag/{stage.study_day.pk}/notities")
    page.get_by_label("Je notitie").fill("Zonder.")
    page.get_by_role("button", name="Bewaren als klad").click()
    expect(page.get_by_text("Klad: alleen jij")).to_be_visible()
    context.close()


def test_a_session_that_ends_while_writing_loses_nothing(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    sign_in(context, stage.member)
    stage.member.set_password("een-lang-wachtwoord")
    stage.member.save()
    sign_in(context, stage.member)
    page.goto(f"/studiedag/{stage.study_day.pk}/notities")
    context.clear_cookies()
    page.get_by_label("Je notitie").fill("Dit mag niet weg.")
    page.get_by_role("button", name="Meld je aan en bewaar het").click()
    page.locator('input[name="login"]').fill(stage.member.email)
    page.locator('input[name="password"]').fill("een-lang-wachtwoord")
    page.locator("main").get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_label("Je notitie")).to_have_value("Dit mag niet weg.")
