"""A team fills in its routekaart: a newcomer, two people at once, a session that ends."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from routekaart.access import Role
from routekaart.models import Person
from tests.browser.hands import Keyboard, Mouse
from tests.browser.judging import fits
from tests.makers import make_colleague, make_school, make_team
from tests.stages import Stage

PASSWORD = "een-lang-wachtwoord"
MOST_STEPS = 12
Sign = Callable[[BrowserContext, Person], None]


def from_sign_in_to_submitted(newcomer: Mouse) -> None:
    page = newcomer.page
    person = make_colleague(
        make_team(make_school(name="De Es")), Role.TEAM_LEAD, name="Noor Nieuw", password=PASSWORD
    )
    page.goto("/accounts/login/")
    newcomer.fill("E-mailadres", person.email)
    newcomer.fill("Wachtwoord", PASSWORD)
    newcomer.go("Aanmelden")
    newcomer.go("Beginnen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Het team")
    newcomer.go("Bewaren en verder")
    newcomer.fill("Waarom willen jullie dit leren?", "Leerlingen weten niet waar ze staan.")
    newcomer.go("Bewaren en verder")
    newcomer.go("Kiezen.*Feedback")
    newcomer.go("Verder naar de doelen", "link")
    newcomer.fill("Wat gaan jullie zelf leren?", "Wij leren feedback te geven.")
    newcomer.go("Doel bewaren")
    newcomer.go("Verder", "link")
    newcomer.go("Kies deze dag")
    newcomer.go("Verder", "link")
    newcomer.go("Bewaren en verder")
    newcomer.go("Indienen bij de trainer")
    main = page.get_by_role("main")
    expect(main.get_by_text("De trainer kijkt ernaar en maakt een advies.")).to_be_visible()
    expect(main.get_by_text("Leerlingen weten niet waar ze staan.")).to_be_visible()
    assert newcomer.steps <= MOST_STEPS


@pytest.mark.usefixtures("db")
def test_a_newcomer_hands_in_within_twelve_steps(page: Page) -> None:
    from_sign_in_to_submitted(Mouse(page))


@pytest.mark.usefixtures("db")
def test_a_newcomer_hands_in_by_keyboard_alone(page: Page) -> None:
    from_sign_in_to_submitted(Keyboard(page))


@pytest.mark.browser_context_args(java_script_enabled=False, viewport={"width": 360, "height": 740})
@pytest.mark.usefixtures("db")
def test_a_newcomer_hands_in_on_a_phone_without_javascript(page: Page) -> None:
    from_sign_in_to_submitted(Mouse(page))


# --- Two people, and an ended session ----------------------------------------------------------
REASON = "Waarom willen jullie dit leren?"
LOOKING_BACK = "Wat nemen jullie mee van vorig jaar?"


@pytest.fixture
def stage(db: None) -> Stage:  # noqa: ARG001  (gives the tables)
    return Stage(make_school(name="De Linde"))


@pytest.fixture
def beside(browser: Browser, base_url: str) -> Iterator[Page]:
    """The page of a second person."""
    context = browser.new_context(base_url=base_url, locale="nl-NL")
    yield context.new_page()
    context.close()


def test_two_people_fill_in_the_same_page(
    page: Page, context: BrowserContext, beside: Page, stage: Stage, sign_in: Sign
) -> None:
    address = f"/routekaart/{stage.routekaart.pk}/aanleiding"
    sign_in(context, stage.lead)
    sign_in(beside.context, stage.member)
    page.goto(address)
    beside.goto(address)
    expect(beside.get_by_text("Ook bezig: Lies Leider (bij Aanleiding)")).to_be_visible()

    page.goto(f"/routekaart/{stage.routekaart.pk}/doelen")
    expect(page.get_by_text("Ook bezig: Mo Lid (bij Aanleiding)")).to_be_visible()
    page.goto(address)

    # Different fields: both stay.
    page.get_by_label(REASON).fill("Van Lies.")
    expect(page.get_by_text("Bewaard om")).to_be_visible()
    beside.get_by_label(LOOKING_BACK).fill("Van Mo.")
    expect(beside.get_by_text("Bewaard om")).to_be_visible()
    row = stage.fresh()
    assert (row.reason, row.looking_back) == ("Van Lies.", "Van Mo.")

    # The same field: the second one is told, and keeps what was typed.
    beside.get_by_label(REASON).fill("Toch van Mo.")
    clash = "maakte hier intussen dit van: ‘Van Lies.’"
    expect(beside.get_by_text(clash)).to_be_visible()
    assert stage.fresh().reason == "Van Lies."
    expect(beside.get_by_label(REASON)).to_have_value("Toch van Mo.")
    beside.get_by_role("button", name="Bewaren en verder").click()
    expect(beside).to_have_url(re.compile("/interventies$"))
    assert stage.fresh().reason == "Toch van Mo."


def sign_in_again(page: Page, person: Person) -> None:
    person.set_password(PASSWORD)
    person.save()
    page.get_by_label("E-mailadres").fill(person.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_text("Wat je had ingevuld, staat er nog.")).to_be_visible()
    expect(page.get_by_label(REASON)).to_have_value("Nog niet bewaard.")
    page.get_by_role("button", name="Bewaren en verder").click()
    expect(page).to_have_url(re.compile("/interventies$"))


def test_a_session_that_ends_while_it_saves_by_itself_loses_nothing(
    page: Page, context: BrowserContext, stage: Stage, sign_in: Sign
) -> None:
    sign_in(context, stage.lead)
    page.goto(f"/routekaart/{stage.routekaart.pk}/aanleiding")
    Session.objects.all().delete()
    page.get_by_label(REASON).fill("Nog niet bewaard.")
    page.get_by_role("button", name="Meld je aan en bewaar het").click()
    sign_in_again(page, stage.lead)
    assert stage.fresh().reason == "Nog niet bewaard."


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_a_session_that_ends_without_javascript_loses_nothing(
    page: Page, context: BrowserContext, stage: Stage, sign_in: Sign
) -> None:
    sign_in(context, stage.lead)
    page.goto(f"/routekaart/{stage.routekaart.pk}/aanleiding")
    Session.objects.all().delete()
    page.get_by_label(REASON).fill("Nog niet bewaard.")
    page.get_by_role("button", name="Bewaren en verder").click()
    sign_in_again(page, stage.lead)
    assert stage.fresh().reason == "Nog niet bewaard."


@pytest.mark.browser_context_args(viewport={"width": 360, "height": 740})
def test_category_f_is_linked_on_a_phone(
    page: Page, context: BrowserContext, stage: Stage, sign_in: Sign
) -> None:
    stage.choose("feedback", "samenwerkend-leren", "professionalisering")
    sign_in(context, stage.member)
    page.goto(f"/routekaart/{stage.routekaart.pk}/randvoorwaarden")
    page.get_by_text("Feedback vraagt hierom").click()
    assert Axe().run(page).response["violations"] == []
    fits(page)
    page.get_by_label("Waarom vraagt ‘Feedback’ hierom?").fill("Wij oefenen samen.")
    expect(page.get_by_text("Bewaard om")).to_be_visible()
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/step-randvoorwaarden-met-f.png", full_page=True)
    page.get_by_role("button", name="Bewaren en verder").click()
    page.goto(f"/routekaart/{stage.routekaart.pk}")
    expect(page.get_by_text("1 koppeling.")).to_be_visible()
