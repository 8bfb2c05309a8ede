"""Pictures of the pages, for the eye: `make screenshots`. No test: pytest finds it by name only.

`-k docs` takes the main pages of the demo school into `docs/schermen/`. `-k every` takes every page
of the table into the folder in SCREENSHOTS, else `var/schermen/`: phone and desk, light and dark.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.demo.in_process import InProcess
from routekaart.demo.school import DemoSchool, load_demo_school
from routekaart.demo.story import tell_until_plan
from routekaart.models import Person, StudyDay
from tests.page_table import Page as Case
from tests.page_table import every_page
from tests.page_world import World

ROOT = Path(__file__).resolve().parents[2]
EVERY = Path(os.environ.get("SCREENSHOTS", ROOT / "var/schermen"))
DOCS = ROOT / "docs/schermen"
_DESK, _PHONE = (1200, 860), (390, 844)
# The story is told on a summer day; in the autumn its first study day comes near.
_TOLD = date(2026, 7, 1)
_SHOWN = datetime(2026, 9, 14, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@dataclass
class Demo:
    """The demo school with its routekaart planned."""

    school: DemoSchool
    routekaart: str
    study_day: str

    def person(self, role: Role) -> Person:
        email = self.school.account(role).email
        return Person.objects.get(email=email)


@pytest.fixture(scope="module")
def demo(db: None) -> Demo:  # noqa: ARG001  (gives the tables)
    school = load_demo_school()
    moment = datetime.combine(_TOLD, datetime.min.time(), tzinfo=_SHOWN.tzinfo)
    with standing_at(moment):
        story = tell_until_plan(
            lead=InProcess(school.account(Role.TEAM_LEAD).token),
            trainer=InProcess(school.account(Role.TRAINER).token),
            team=str(school.team.pk),
            region=school.school.region,
            today=_TOLD,
        )
        while True:
            try:
                next(story)
            except StopIteration as end:
                routekaart = end.value.routekaart
                break
    day = StudyDay._base_manager.filter(routekaart=routekaart).order_by("date")[0]
    return Demo(school, routekaart, str(day.pk))


_TRIED = (
    "interventie=feedback&interventie=directe-instructie&functie=leerkracht"
    "&platform=microsoft&sector=po&pakket=academie&pakket=leerblokken"
)
_SHOTS: tuple[tuple[str, Role | None, str, tuple[int, int]], ...] = (
    ("start", None, "/", _DESK),
    ("kiezen", None, "/probeer?interventie=feedback", _DESK),
    (
        "advies-proberen",
        None,
        f"/probeer/advies?{_TRIED}",
        _DESK,
    ),
    ("advies", Role.TEAM_LEAD, "/routekaart/{routekaart}/advies", _DESK),
    ("jaar", Role.TEAM_LEAD, "/routekaart/{routekaart}/jaar", _DESK),
    ("mijn-week", Role.MEMBER, "/mijn-week", _PHONE),
    ("studiedag", Role.MEMBER, "/studiedag/{study_day}", _PHONE),
    ("voorbereiding", Role.TRAINER, "/studiedag/{study_day}/voorbereiding", _DESK),
    ("overzicht", Role.DIRECTOR, "/overzicht", _DESK),
    ("besluit", Role.DIRECTOR, "/routekaart/{routekaart}/besluit", _DESK),
)


@pytest.mark.parametrize(
    ("name", "role", "address", "size"), _SHOTS, ids=[one[0] for one in _SHOTS]
)
def test_docs(
    name: str,
    role: Role | None,
    address: str,
    size: tuple[int, int],
    page: Page,
    context: BrowserContext,
    demo: Demo,
    sign_in: Callable[[BrowserContext, Person], None],
    at: Callable[[datetime], None],
) -> None:
    at(_SHOWN)
    if role is not None:
        sign_in(context, demo.person(role))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(
        address.format(routekaart=demo.routekaart, study_day=demo.study_day),
        wait_until="networkidle",
    )
    page.screenshot(path=DOCS / f"{name}.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("case", every_page(), ids=str)
def test_every(
    case: Case,
    width: int,
    scheme: Literal["light", "dark"],
    page: Page,
    context: BrowserContext,
    world: World,
    sign_in: Callable[[BrowserContext, Person], None],
) -> None:
    if case.roles:
        sign_in(context, world.people[case.roles[0]])
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(case.address(world), wait_until="networkidle")
    name = case.name.replace(" ", "-")
    shown: dict[str, Any] = {"path": EVERY / f"{name}-{width}-{scheme}.png", "full_page": True}
    page.screenshot(**shown)
