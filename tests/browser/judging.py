"""What is asked of a page that stands open in a browser, in light and in dark, large and small."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
_AXE: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
# How far Tab is followed: past the menu and into the page.
_TABS = 12


def judge(page: Page) -> None:
    """One h1, a title, nothing that axe refuses, no wider than a phone, focus that is seen."""
    assert page.locator("h1").count() == 1
    assert page.title().endswith(" – Routekaart")
    assert _violations(page) == []
    # In the dark on a phone: two questions in one.
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    assert _violations(page) == []
    fits(page)
    assert _without_visible_focus(page) == []


def fits(page: Page) -> None:
    """Nothing of the page is wider than a phone. Waits, for a page may still be on its way."""
    page.wait_for_function(
        "width => document.documentElement.scrollWidth <= width", arg=PHONE["width"]
    )


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
