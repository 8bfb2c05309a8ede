"""What does not fit, why, and what would help: searched for apart, done with one click."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from routekaart.clock import standing_at
from routekaart.models import Person
from tests.routekaart.web.route.reading import client_of, html, plan_address
from tests.short_of_time import set_planning, short_stage
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def _august() -> Iterator[None]:
    with standing_at(datetime(2026, 8, 24, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))):
        yield


def fitting(stage: Stage, person: Person, query: str = "?zoek=ja") -> str:
    return html(client_of(person).get(f"{plan_address(stage)}/past-het{query}"))


def test_searching_is_asked_for_apart() -> None:
    stage, _ = short_stage(goals=2, goals_per_day=1)
    stage.make_plan()
    plain = fitting(stage, stage.lead, "")
    assert 'hx-get="?zoek=ja"' in plain
    assert "Doe dit" not in plain
    assert "1 ding past nog niet." in plain


def test_a_repair_is_one_click_and_says_what_to_do_next() -> None:
    stage, _ = short_stage(goals=2, goals_per_day=1)
    stage.make_plan()
    page = fitting(stage, stage.lead)
    assert "Hoogstens 2 doelen per studiedag" in page
    repair = page.split('name="oplossing" value="')[-1].split('"')[0]
    client = client_of(stage.lead)
    answer = client.post(f"{plan_address(stage)}/past-het", {"oplossing": repair}, follow=True)
    assert answer.redirect_chain == [(plan_address(stage), 302)]
    assert "Gedaan: " in html(answer)
    again = client.post(f"{plan_address(stage)}/past-het", {"oplossing": repair})
    assert "past niet meer bij wat er nu staat" in html(again, 422)


def test_a_member_reads_why_without_names_and_changes_nothing() -> None:
    stage, _ = short_stage(goals=2, goals_per_day=1)
    set_planning(stage, weekly_minutes=5)
    stage.make_plan()
    lead, member = fitting(stage, stage.lead), fitting(stage, stage.member)
    assert "Mo Lid" in lead
    assert "Lies Leider" not in member.split("<main")[1]
    assert "heeft nog geen studiedag" in member
    assert "Doe dit" not in member
    post = client_of(stage.member).post(f"{plan_address(stage)}/past-het", {"oplossing": "0" * 32})
    assert post.status_code == 403


def test_when_everything_fits_it_says_so() -> None:
    stage = Stage().planned()
    set_planning(stage, weekly_minutes=120)
    for person in (stage.lead, stage.member):
        assert "Alles past in de tijd die er is." in fitting(stage, person)
