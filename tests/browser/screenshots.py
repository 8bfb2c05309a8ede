"""Pictures of every page, for the eye: `make screenshots`. No test: pytest finds it by name only.

They go to the folder in SCREENSHOTS, else to `var/schermen/`: a phone and a desk, light and dark.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page

from routekaart.models import Person
from tests.page_table import Page as Case
from tests.page_table import every_page
from tests.page_world import World

FOLDER = Path(os.environ.get("SCREENSHOTS", "var/schermen"))
_SIZES = {"telefoon": 360, "bureau": 1200}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", sorted(_SIZES))
@pytest.mark.parametrize("case", every_page(), ids=str)
def test_take(
    case: Case,
    size: str,
    scheme: Literal["light", "dark"],
    page: Page,
    context: BrowserContext,
    world: World,
    sign_in: Callable[[BrowserContext, Person], None],
) -> None:
    if case.roles:
        sign_in(context, world.people[case.roles[0]])
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": _SIZES[size], "height": 800})
    page.goto(case.address(world), wait_until="networkidle")
    name = case.name.replace(" ", "-")
    page.screenshot(path=FOLDER / f"{name}-{size}-{scheme}.png", full_page=True)
