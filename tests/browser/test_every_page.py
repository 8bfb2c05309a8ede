"""What holds for every page in a real browser, in light and in dark."""

import gzip
from collections.abc import Callable
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Response

from routekaart.models import Person
from tests.page_table import Page as Case
from tests.page_table import every_page
from tests.page_world import World

# Bytes, compressed, of everything that a first visit loads.
MOST_BYTES = 40_000
_WIDTH = 360
_AXE: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


@pytest.fixture
def shown(
    page: Page,
    context: BrowserContext,
    world: World,
    sign_in: Callable[[BrowserContext, Person], None],
) -> Callable[[Case], list[Response]]:
    """Opens a page as its first role, and gives all that was loaded for it."""

    def show(case: Case) -> list[Response]:
        if case.roles:
            sign_in(context, world.people[case.roles[0]])
        loaded: list[Response] = []
        page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 - it marks its listeners
        answer = page.goto(case.address(world), wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, answer.status
        return loaded

    return show


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("case", every_page(), ids=str)
def test_a_page_is_accessible(
    case: Case,
    scheme: Literal["light", "dark"],
    page: Page,
    shown: Callable[[Case], list[Response]],
) -> None:
    page.emulate_media(color_scheme=scheme)
    shown(case)
    found = Axe().run(page, options=_AXE).response["violations"]
    told = [
        f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:3]]}"
        for one in found
    ]
    assert told == []


@pytest.mark.parametrize("case", every_page(), ids=str)
def test_a_page_fits_a_phone_and_stays_small(
    case: Case, page: Page, base_url: str, shown: Callable[[Case], list[Response]]
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": _WIDTH, "height": 740})
    loaded = shown(case)
    assert page.evaluate("document.documentElement.scrollWidth") <= _WIDTH
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" – Routekaart")
    # A refusal of the content security policy is said here too.
    assert said == []
    assert [one.url for one in loaded if not one.url.startswith(base_url)] == []
    assert sum(len(gzip.compress(one.body())) for one in loaded) <= MOST_BYTES
    # Whatever gets the focus by keyboard shows it.
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        on = page.evaluate("document.activeElement.tagName")
        assert on == "BODY" or outline != "none", page.evaluate("document.activeElement.outerHTML")
