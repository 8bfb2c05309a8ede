"""The story of a director: what waits, the plan, the decision, and the document of it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import BrowserContext, Page, expect

from routekaart.access import Role
from routekaart.models import Document, Job, Person
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength, JobState
from routekaart.storage import Storage
from tests.browser.judging import fits
from tests.makers import make_board, make_colleague, make_school
from tests.stages import Stage

SignIn = Callable[[BrowserContext, Person], None]


@pytest.fixture
def stage(db: None) -> Stage:  # noqa: ARG001  (the tables that the server sees)
    """A school of its own, where a plan waits for the director."""
    return Stage().planned()


def make_it(stage: Stage) -> None:
    """What a worker does."""
    stored = Storage(Path(django_settings.STORAGE_DIR)).put(b"%PDF proef")
    with stage.as_lead.entered():
        document = Document.objects.create(
            routekaart=stage.routekaart,
            plan=stage.plan,
            school=stage.school,
            kind=DocumentKind.TEAM,
            format=DocumentFormat.PDF,
            length=DocumentLength.FULL,
            input_hash="2" * 64,
            content_hash=stored.content_hash,
            size=stored.size,
            media_type="application/pdf",
            file_name="scholingsplan.pdf",
        )
    Job.objects.filter(routekaart=stage.routekaart).update(
        state=JobState.DONE, progress=100, document=document
    )


def test_a_director_approves_and_makes_the_document(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    sign_in(context, stage.director)
    page.goto("/overzicht")
    page.get_by_role("link", name="1 team wacht op jou").click()
    page.get_by_role("link", name="Bekijk en beslis over Onderbouw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keur je dit plan goed?")
    # What the rules say comes by itself.
    expect(page.locator("#controle")).to_contain_text("Let op.")
    # First a mistake: the day of the MR has yet to come.
    page.get_by_label("Instemming van de MR op").fill("2026-12-24")
    page.get_by_role("button", name="Plan goedkeuren").click()
    expect(page).to_have_title(re.compile("^Fout: "))
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Deze dag moet nog komen").click()
    expect(page.get_by_label("Instemming van de MR op")).to_be_focused()
    page.get_by_label("Instemming van de MR op").fill("2026-09-30")
    page.get_by_role("button", name="Plan goedkeuren").click()
    expect(page.get_by_text("Vastgesteld op maandag 5 oktober 2026.")).to_be_visible()
    assert stage.fresh().mr_date == date(2026, 9, 30)
    page.get_by_role("link", name="Documenten").click()
    page.get_by_role("button", name="Maak het document").click()
    expect(page.get_by_text("Het document staat in de rij.")).to_be_visible()
    Job.objects.update(state=JobState.RUNNING, progress=40)
    expect(page.get_by_text("40 procent klaar")).to_be_visible()
    make_it(stage)
    expect(page.get_by_text("Het document is klaar.")).to_be_visible()
    # The list on the page has it too, without loading anew.
    expect(page.locator("#lijst").get_by_role("link", name="plan versie 1")).to_be_visible()
    with page.expect_download() as loaded:
        page.get_by_role("link", name="Download het document").click()
    assert loaded.value.suggested_filename == "scholingsplan.pdf"


def test_given_back_by_keyboard_alone_on_a_phone(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(context, stage.director)
    page.goto(f"/routekaart/{stage.routekaart.pk}/besluit")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "id_comment":
            break
    page.keyboard.type("Liever na de herfst.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Liever na de herfst.")).to_be_visible()
    fits(page)
    assert stage.fresh().state == "accepted"


def test_approved_by_keyboard_alone_on_a_phone(
    page: Page, context: BrowserContext, stage: Stage, sign_in: SignIn
) -> None:
    def tab_to(text: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            on = page.evaluate(
                "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
            )
            if text in " ".join(on.split()):
                return
        raise AssertionError(f"{text} is not reached by Tab")

    def press(text: str, leads_to: str) -> None:
        tab_to(text)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(leads_to)
        fits(page)

    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(context, stage.director)
    page.goto("/overzicht")
    press("1 team wacht op jou", page.get_by_role("heading", level=1).inner_text())
    press("Bekijk en beslis over Onderbouw", "Keur je dit plan goed?")
    tab_to("Instemming van de MR op")
    # In the order of the browser's own language, month first.
    page.keyboard.type("09302026")
    tab_to("Plan goedkeuren")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vastgesteld op maandag 5 oktober 2026.")).to_be_visible()
    assert stage.fresh().mr_date == date(2026, 9, 30)
    press("Documenten", "Documenten van Onderbouw")
    tab_to("Maak het document")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Het document staat in de rij.")).to_be_visible()
    make_it(stage)
    expect(page.get_by_text("Het document is klaar.")).to_be_visible()
    tab_to("Download het document")
    with page.expect_download() as loaded:
        page.keyboard.press("Enter")
    assert loaded.value.suggested_filename == "scholingsplan.pdf"


def test_a_board_goes_from_schools_to_a_team(
    page: Page,
    context: BrowserContext,
    db: None,  # noqa: ARG001  (the tables that the server sees)
    sign_in: SignIn,
) -> None:
    board = make_board()
    wilg = Stage(make_school(board, "De Wilg"), "Bovenbouw").planned()
    Stage(make_school(board, "De Eik"), year=2025).filled()
    sign_in(context, make_colleague(wilg.team, Role.BOARD))
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/overzicht")
    fits(page)
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="De Wilg").click()
    page.get_by_role("link", name="Bovenbouw").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bovenbouw")
    expect(page.locator("main")).not_to_contain_text("Lies Leider")
    page.get_by_role("link", name="Het plan in het kort").click()
    expect(page.get_by_text("Wacht op de directie")).to_be_visible()
    expect(page.get_by_role("button", name="Plan goedkeuren")).to_have_count(0)


def test_without_javascript(
    browser_context_args: dict[str, Any],
    context: BrowserContext,
    stage: Stage,
    sign_in: SignIn,
) -> None:
    assert context.browser is not None
    plain = context.browser.new_context(**browser_context_args, java_script_enabled=False)
    sign_in(plain, stage.director)
    page = plain.new_page()
    page.goto(f"/routekaart/{stage.routekaart.pk}/besluit")
    page.get_by_role("link", name="Laat de regels nakijken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat de regels zeggen")
    page.get_by_role("link", name="Terug naar het besluit").click()
    page.get_by_role("button", name="Plan goedkeuren").click()
    expect(page.get_by_text("Vastgesteld op")).to_be_visible()
    page.get_by_role("link", name="Documenten").click()
    page.get_by_role("button", name="Maak het document").click()
    make_it(stage)
    page.get_by_role("link", name="Ververs").click()
    expect(page.get_by_role("link", name="plan versie 1")).to_be_visible()
    plain.close()
