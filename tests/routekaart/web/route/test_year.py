"""The drawn school year, and the list that says the same."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import Person
from tests.makers import make_colleague
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
_ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture(autouse=True)
def _october() -> Iterator[None]:
    with standing_at(datetime(2026, 10, 5, 9, tzinfo=_ZONE)):
        yield


def shown(stage: Stage, person: Person) -> str:
    client = Client()
    client.force_login(person)
    response = client.get(f"/routekaart/{stage.routekaart.pk}/jaar")
    assert response.status_code == 200
    return response.content.decode()


def test_drawing_and_list_hold_the_same_year() -> None:
    stage = Stage().approved()
    page = shown(stage, stage.member)
    drawings = re.findall(r"<svg class=\"drawing.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 2
    for drawing in drawings:
        assert 'role="img"' in drawing
        assert "<title id=" in drawing
        assert "<desc id=" in drawing
        assert "Herfstvakantie" in drawing
        assert "vandaag" in drawing
        assert 'class="d-pale"' in drawing
        assert 'class="d-accent"' in drawing
        assert 'class="d-good"' in drawing
    words = page.split('id="maanden"')[1]
    for text in (
        "Herfstvakantie",
        "Wij leren feedback geven.",
        "Voorbereiding klaar: Feedback",
        "PLG-bijeenkomst",
        "Vervolgmoment: Feedback",
        "Evaluatie: Feedback",
    ):
        assert text in words
    assert f'<a href="/studiedag/{stage.study_day.pk}">Feedback</a>' in words
    assert words.count("<section") == 12
    assert 'href="#maand-2026-10"' in page
    assert 'id="maand-2026-10"' in page


def test_no_number_of_the_drawing_is_written_the_dutch_way() -> None:
    stage = Stage().approved()
    page = shown(stage, stage.lead)
    for drawing in re.findall(r"<svg class=\"drawing.*?</svg>", page, re.DOTALL):
        values = re.findall(r' (?:x|y|width|height|cx|cy|r)="([^"]*)"', drawing)
        assert values
        assert [value for value in values if not re.fullmatch(r"-?\d+", value)] == []


def test_before_the_plan_there_are_study_days_and_who_is_to_make_it() -> None:
    stage = Stage().accepted()
    lead, member = shown(stage, stage.lead), shown(stage, stage.member)
    assert f'<a href="/routekaart/{stage.routekaart.pk}/plan">Maak het plan</a>' in lead
    assert "Je teamleider of trainer maakt" in member
    assert "Feedback" in lead.split('id="maanden"')[1]


def test_outside_the_year_nothing_is_now() -> None:
    stage = Stage().approved()
    with standing_at(datetime(2026, 7, 1, 9, tzinfo=_ZONE)):
        page = shown(stage, stage.lead)
    assert "vandaag" not in page
    assert "Naar deze maand" not in page


def test_no_names_for_anybody() -> None:
    stage = Stage().approved()
    for person in (stage.lead, stage.director):
        year = shown(stage, person).split("<main")[1]
        assert "Mo Lid" not in year
        assert "Tess" not in year


def test_another_school_finds_nothing() -> None:
    stage = Stage().planned()
    client = Client()
    client.force_login(Stage().lead)
    assert client.get(f"/routekaart/{stage.routekaart.pk}/jaar").status_code == 404


def test_as_many_queries_for_a_full_year() -> None:
    counts = []
    for days in (1, 12):
        stage = Stage()
        for number in range(1, days):
            stage.add_study_day(date=date(2026, 11, 9 + number), title=f"Dag {number}")
            make_colleague(stage.team, Role.MEMBER)
        stage.planned()
        client = Client()
        client.force_login(stage.member)
        client.get(f"/routekaart/{stage.routekaart.pk}/jaar")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/routekaart/{stage.routekaart.pk}/jaar")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15
