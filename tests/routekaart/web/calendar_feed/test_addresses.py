"""Zet dit in je agenda: the page on which one makes and stops the own addresses."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from routekaart.clock import standing_at
from routekaart.models import CalendarFeed
from tests.makers import join, make_team
from tests.stages import Stage
from tests.underway import put_in_state, underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "_monday")]
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
PAGE = "/mijn-week/agenda"


@pytest.fixture
def _monday() -> Iterator[None]:
    with standing_at(NOW):
        yield


@pytest.fixture
def stage() -> Stage:
    return underway()


@pytest.fixture
def client(stage: Stage) -> Client:
    client = Client()
    client.force_login(stage.member)
    return client


def _address(answer: Any) -> str:
    [found] = re.findall(r'<input id="adres"[^>]* value="([^"]+)"', answer.content.decode())
    return str(found)


def _made(client: Client, which: object = "mijn") -> str:
    answer = client.post(PAGE, {"maak": which})
    assert answer.status_code == 200
    return _address(answer)


def _works(address: str) -> bool:
    return Client().get(urlsplit(address).path).status_code == 200


def test_an_address_is_shown_once_and_works(client: Client) -> None:
    answer: Any = client.post(PAGE, {"maak": "mijn"})
    address = _address(answer)
    assert address.startswith("http://testserver/agenda/")
    assert f'href="webcal{address.removeprefix("http")}"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert _works(address)
    later = client.get(PAGE).content.decode()
    assert 'id="adres"' not in later
    assert "/agenda/" not in later.replace("/mijn-week/agenda", "")
    assert "Je agenda haalde het voor het laatst op" in later


def test_a_new_address_stops_the_old_one(client: Client) -> None:
    old, new = _made(client), _made(client)
    assert (_works(old), _works(new)) == (False, True)


def test_stopping(client: Client) -> None:
    address = _made(client)
    answer = client.post(PAGE, {"stop": CalendarFeed.objects.get().pk}, follow=True)
    assert "Gestopt. Dit adres werkt niet meer." in answer.content.decode()
    assert not _works(address)


def test_of_the_own_team(client: Client, stage: Stage) -> None:
    assert "De agenda van Onderbouw" in client.get(PAGE).content.decode()
    assert _works(_made(client, stage.team.pk))


@pytest.mark.parametrize("which", ["", "iets", str(uuid4())])
def test_of_nothing_there_is(client: Client, which: str) -> None:
    assert client.post(PAGE, {"maak": which}).status_code == 404
    assert client.post(PAGE, {"stop": which}).status_code == 404


def test_of_a_team_that_one_is_not_in(client: Client, stage: Stage) -> None:
    assert client.post(PAGE, {"maak": make_team(stage.school, "Bovenbouw").pk}).status_code == 404
    client.force_login(stage.director)
    assert client.post(PAGE, {"maak": stage.team.pk}).status_code == 403


def test_the_ways_to_it(client: Client, stage: Stage) -> None:
    assert f'href="{PAGE}"' in client.get("/mijn-week").content.decode()
    year = f"/routekaart/{stage.routekaart.pk}/jaar"
    there = f'href="{PAGE}#agenda-{stage.team.pk}"'
    assert there in client.get(year).content.decode()
    day = f"/studiedag/{stage.study_day.pk}"
    file = f'href="{day}/agenda.ics"'
    assert file in client.get(day).content.decode()
    put_in_state(stage, "draft")
    assert file not in client.get(day).content.decode()
    # Who is not in the team has no calendar of it.
    client.force_login(stage.director)
    assert there not in client.get(year).content.decode()


def test_as_many_queries_with_thirty_teams(client: Client, stage: Stage) -> None:
    taken = []
    for number in (1, 29):
        for place in range(number - 1):
            join(stage.member, make_team(stage.school, f"Team {place}"))
        _made(client, stage.team.pk)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1]
