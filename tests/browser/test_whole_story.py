"""One school year begins: each role does its part and finds its own way there, on a phone.

From an empty team to a member who has begun a course. Nobody types an address but the first one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Browser, BrowserContext, Page, expect

from routekaart.access import Role
from routekaart.models import Assignment, Person, Routekaart, Team
from tests.browser.hands import Keyboard, Mouse
from tests.browser.judging import PHONE, fits
from tests.makers import make_colleague, make_school, make_team

SignIn = Callable[[BrowserContext, Person], None]


class Story:
    """Lets one person after the other sit down at their start page."""

    def __init__(
        self, browser: Browser, base_url: str, sign_in: SignIn, hands: type[Mouse]
    ) -> None:
        self._browser, self._base_url, self._sign_in = browser, base_url, sign_in
        self._hands = hands
        self.team: Team = make_team(make_school(name="De Hazelaar"))

    @contextmanager
    def sits_down(self, person: Person) -> Iterator[Mouse]:
        """At the start page of `person`, on a phone."""
        context = self._browser.new_context(
            base_url=self._base_url,
            locale="nl-NL",
            viewport=PHONE,
        )
        self._sign_in(context, person)
        page = context.new_page()
        page.set_default_timeout(8_000)
        page.goto("/thuis")
        yield self._hands(page)
        context.close()


def h1(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    fits(page)


@pytest.mark.parametrize("hands", [Mouse, Keyboard])
def test_from_an_empty_team_to_a_course_that_somebody_does(
    browser: Browser,
    base_url: str,
    sign_in: SignIn,
    hands: type[Mouse],
    db: None,  # noqa: ARG001  (the tables that the server sees)
) -> None:
    story = Story(browser, base_url, sign_in, hands)
    lead = make_colleague(story.team, Role.TEAM_LEAD, name="Lies Leider")
    member = make_colleague(story.team, Role.MEMBER, name="Mo Lid")
    trainer = make_colleague(story.team, Role.TRAINER, name="Tess Trainer")
    director = make_colleague(story.team, Role.DIRECTOR, name="Dirk Directeur")
    with story.sits_down(lead) as one:
        fills_in(one)
    with story.sits_down(trainer) as one:
        one.go("Maak het advies", "link")
        h1(one.page, "Advies voor Onderbouw")
        one.fill("Bericht aan het team", "Begin klein.")
        one.go("Advies geven")
    with story.sits_down(lead) as one:
        one.go("Routekaarten", "link")
        one.go("Bekijk het advies", "link")
        h1(one.page, "Het advies voor Onderbouw")
        expect(one.page.get_by_text("Begin klein.")).to_be_visible()
        one.go("Aannemen")
        h1(one.page, "Het plan van Onderbouw")
    with story.sits_down(trainer) as one:
        one.go("Routekaarten", "link")
        one.go("Naar het plan", "link")
        one.go("Wijs eerst de cursussen toe", "link")
        one.go("Bekijk wie wat krijgt")
        h1(one.page, "Wie krijgt wat?")
        one.go("Toewijzen")
        expect(one.page.get_by_role("status")).to_contain_text("Gedaan: ")
        one.go("Routekaarten", "link")
        one.go("Naar het plan", "link")
        one.go("Maak het plan")
        expect(one.page.get_by_text("Versie 1 van het plan staat klaar.")).to_be_visible()
    with story.sits_down(director) as one:
        one.go("1 team wacht op jou", "link")
        one.go("Bekijk en beslis over Onderbouw", "link")
        one.go("Plan goedkeuren")
        expect(one.page.get_by_text("Vastgesteld op maandag 5 oktober 2026.")).to_be_visible()
    with story.sits_down(lead) as one:
        one.go("Routekaarten", "link")
        one.go("Begin met uitvoeren", "link")
        one.go("Begin het jaar")
    with story.sits_down(member) as one:
        one.go("Begonnen aan")
        expect(one.page.get_by_text("Genoteerd: je bent begonnen.")).to_be_visible()
    with scopes_disabled():
        assert Routekaart.objects.get(team=story.team).state == "running"
        assert Assignment.objects.get(person=member).state == "started"


def fills_in(one: Mouse) -> None:
    """What a team leader does, from nothing to submitted."""
    one.go("Beginnen")
    h1(one.page, "Het team")
    one.go("Bewaren en verder")
    one.fill("Waarom willen jullie dit leren?", "Leerlingen weten niet waar ze staan.")
    one.go("Bewaren en verder")
    one.go("Kiezen.*Feedback")
    one.go("Verder naar de doelen", "link")
    one.fill("Wat gaan jullie zelf leren?", "Wij leren feedback te geven.")
    one.go("Doel bewaren")
    one.go("Verder", "link")
    one.go("Kies deze dag")
    one.go("Verder", "link")
    one.go("Bewaren en verder")
    one.go("Indienen bij de trainer")
