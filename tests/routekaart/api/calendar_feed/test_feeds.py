"""Addresses of calendars over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.test import Client

from routekaart.access import Role
from routekaart.actions.calendar_feed.addresses import make_address
from routekaart.clock import standing_at
from routekaart.models import CalendarFeed, IdempotencyKey
from tests.calendar_client import read
from tests.makers import client_for, grant, make_school
from tests.plg_stage import codes
from tests.stages import Stage
from tests.underway import put_in_state, underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "_monday")]
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
FEEDS = "/me/calendar-feeds"


@pytest.fixture
def _monday() -> Iterator[None]:
    with standing_at(NOW):
        yield


def test_made_listed_fetched_and_stopped() -> None:
    stage = underway()
    client = client_for(stage.member)
    made = client.call("post", FEEDS, {})
    assert made.status_code == 201
    body = made.json()
    address = body.pop("address")
    assert address.startswith("http://testserver/agenda/")
    assert client.call("get", FEEDS).json()["items"] == [body]
    assert body["team"] is None
    assert body["fetched_on"] is None
    fetched = Client().get(urlsplit(address).path)
    assert [event.summary for event in read(fetched.content).events] == ["Studiedag: Feedback"]
    assert client.call("get", FEEDS).json()["items"][0]["fetched_on"] == "2026-10-05"
    assert client.call("delete", f"{FEEDS}/{body['id']}").status_code == 204
    assert client.call("delete", f"{FEEDS}/{body['id']}").status_code == 204
    assert client.call("get", FEEDS).json()["items"] == []
    assert Client().get(urlsplit(address).path).status_code == 404


def test_of_a_team_comes_after_the_own_one() -> None:
    stage = Stage()
    client = client_for(stage.member)
    for team in (stage.team.pk, None):
        body = {"team": str(team) if team else None}
        assert client.call("post", FEEDS, body).status_code == 201
    teams = [one["team"] for one in client.call("get", FEEDS).json()["items"]]
    assert teams == [None, str(stage.team.pk)]


def test_the_address_is_not_kept_for_a_second_request() -> None:
    client = client_for(Stage().member)
    headers = {"headers": {"Idempotency-Key": "een"}}
    first, second = (client.call("post", FEEDS, {}, **headers).json() for _ in range(2))
    assert first["address"] != second["address"]
    assert not IdempotencyKey.objects.exists()


def test_a_key_for_one_school_opens_no_calendar_of_all() -> None:
    stage, other = Stage(), make_school()
    grant(stage.member, Role.TRAINER, school=other)
    narrow = client_for(stage.member, [other])
    assert codes(narrow.call("post", FEEDS, {})) == (403, "forbidden")
    body = {"team": str(stage.team.pk)}
    assert codes(narrow.call("post", FEEDS, body)) == (404, "not_found")
    # Nor does it see that there is one of a team elsewhere.
    make_address(by=stage.as_member, team_id=stage.team.pk)
    assert narrow.call("get", FEEDS).json()["items"] == []


def test_somebody_elses_address() -> None:
    stage = Stage()
    made = make_address(by=stage.as_member)
    client = client_for(stage.lead)
    assert client.call("get", FEEDS).json()["items"] == []
    answer = client.call("delete", f"{FEEDS}/{made.feed.pk}")
    assert codes(answer) == (404, "not_found")
    assert CalendarFeed.objects.get().digest is not None


def test_a_study_day_as_a_file() -> None:
    stage = underway()
    client = client_for(stage.director)
    path = f"/study-days/{stage.study_day.pk}/calendar"
    answer = client.call("get", path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = read(answer.content).events
    assert event.uid == f"study-day-{stage.study_day.pk}@routekaart"
    assert UUID(event.uid.removeprefix("study-day-").removesuffix("@routekaart"))
    put_in_state(stage, "draft")
    assert codes(client.call("get", path)) == (409, "date_not_fixed")
