"""What holds for every page in a real browser: in light, in dark, and on a phone."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from routekaart.models import Person
from tests.browser.judging import judge
from tests.page_table import Page as Case
from tests.page_table import every_page
from tests.page_world import World


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
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert answer is not None
    assert answer.status == 200
    assert said == []
    assert [one.url for one in loaded if not one.url.startswith(base_url)] == []
    assert sum(len(gzip.compress(one.body())) for one in loaded) <= case.most_bytes
    judge(page)
