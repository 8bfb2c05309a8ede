"""Two ways to go through the pages: with a mouse, and by keyboard alone."""

import re
from typing import Literal

from playwright.sync_api import Locator, Page

# What people activate here.
Role = Literal["button", "link", "checkbox", "radio"]


class Mouse:
    """Goes through the pages and counts those that were loaded on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.steps = 0

    def go(self, name: str, role: Role = "button") -> None:
        """Activates what is named so, and waits for the page that it leads to."""
        target = self.page.get_by_role(role, name=re.compile(f"^{name}")).first
        with self.page.expect_navigation():
            self.activate(target)
        self.steps += 1

    def activate(self, target: Locator) -> None:
        target.click()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)


class Keyboard(Mouse):
    """The same without a mouse: Tab until it is there, then Enter."""

    def activate(self, target: Locator) -> None:
        self._tab_to(target)
        self.page.keyboard.press("Enter")

    def fill(self, label: str, text: str) -> None:
        self._tab_to(self.page.get_by_label(label))
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def _tab_to(self, target: Locator) -> None:
        for _ in range(150):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reached by Tab: {target}")
