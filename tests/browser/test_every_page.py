"""What holds for every page in a real browser: in light, in dark, and on a phone."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Response

from routekaart.models import Person
from tests.page_table import Page as Case
from tests.page_table import every_page
from tests.page_world import World

_PHONE = {"width": 360, "height": 740}
_AXE: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# How far Tab is followed: past the menu and into the page.
_TABS = 12


@pytest.mark.parametrize("case", every_page(), ids=str)
def test_a_page_is_for_everybody(
    case: Case,
    page: Page,
    context: BrowserContext,
    world: World,
    sign_in: Callable[[BrowserContext, Person], None],
    base_url: str,
) -> None:
    """One visit answers all questions: a visit is what takes time."""
    if case.roles:
        sign_in(context, world.people[case.roles[0]])
    loaded: list[Response] = []
    said: list[str] = []
    page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 - it marks its listeners
    # A refusal of the content security policy is said here too.
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(case.address(world))
    # What the page asks for by itself once it is there.
    page.wait_for_function("!document.querySelector('.htmx-request')")
    assert answer is not None
    assert answer.status == 200
    assert said == []
    assert [one.url for one in loaded if not one.url.startswith(base_url)] == []
    assert sum(len(gzip.compress(one.body())) for one in loaded) <= case.most_bytes
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" – Routekaart")
    assert _violations(page) == []
    # In the dark on a phone: two questions in one.
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(_PHONE)  # type: ignore[arg-type]  # a plain dict is one
    assert _violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= _PHONE["width"]
    assert _without_visible_focus(page) == []


def _violations(page: Page) -> list[str]:
    # Colours that are still on their way to dark would be judged halfway.
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
    found = Axe().run(page, options=_AXE).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:3]]}"
        for one in found
    ]


def _without_visible_focus(page: Page) -> list[str]:
    """What gets the focus by keyboard and does not show it."""
    wrong = []
    for _ in range(_TABS):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if outline == "none" and page.evaluate("document.activeElement !== document.body"):
            wrong.append(page.evaluate("document.activeElement.outerHTML"))
    return wrong
