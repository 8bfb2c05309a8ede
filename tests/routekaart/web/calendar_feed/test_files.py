"""Calendars over the web: behind a secret address without signing in, and a day as a file."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from routekaart.actions.calendar_feed.addresses import make_address
from routekaart.clock import standing_at
from routekaart.logs.lines import Story
from routekaart.models import ToldEvent
from tests.calendar_client import read
from tests.stages import Stage
from tests.underway import put_in_state, underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
SECRET_HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def _asked(method: str, address: str, **headers: Any) -> Any:
    with standing_at(NOW):
        return Client().generic(method, address, headers=headers)


@pytest.fixture
def stage() -> Stage:
    return underway()


@pytest.fixture
def address(stage: Stage) -> str:
    return f"/agenda/{make_address(by=stage.as_member).secret}.ics"


def test_a_calendar_comes_without_signing_in(address: str) -> None:
    answer = _asked("GET", address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert {name: answer[name] for name in SECRET_HEADERS} == SECRET_HEADERS
    assert not answer.cookies
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]
    assert [event.summary for event in read(answer.content).events] == ["Studiedag: Feedback"]


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_who_has_it_already_gets_it_only_when_it_changed(
    stage: Stage, address: str, encoding: str
) -> None:
    first = _asked("GET", address, accept_encoding=encoding)
    assert first.headers.get("Content-Encoding", "") == encoding
    again = _asked("GET", address, if_none_match=first["ETag"])
    known = first["ETag"].removeprefix("W/")
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", known)
    assert {name: again[name] for name in SECRET_HEADERS} == SECRET_HEADERS
    put_in_state(stage, "draft")
    assert _asked("GET", address, if_none_match=first["ETag"]).status_code == 200


def test_only_the_head(address: str) -> None:
    answer = _asked("HEAD", address)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == _asked("GET", address)["ETag"]


def test_every_address_that_does_not_work_gets_the_same_answer(stage: Stage, address: str) -> None:
    _asked("GET", address)
    make_address(by=stage.as_member)
    answers = [_asked("GET", one) for one in (address, "/agenda/x.ics", "/agenda/%C3%A9.ics")]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (404, b"Dit adres van een agenda werkt niet.\n")
    }
    for answer in answers:
        assert {name: answer[name] for name in SECRET_HEADERS} == SECRET_HEADERS
        assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_nothing_else_can_be_done_with_it(address: str) -> None:
    assert _asked("POST", address).status_code == 405
    assert not ToldEvent.objects.exists()


def test_the_secret_is_not_in_the_log(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Also not when something goes wrong."""

    def broken(**_values: object) -> bytes:
        raise RuntimeError

    monkeypatch.setattr("routekaart.web.views.calendar_feed.files.serve_feed", broken)
    monkeypatch.setattr(caplog.handler, "filters", [Story()])
    client = Client(raise_request_exception=False)
    assert client.get(address).status_code == 500
    secret = address.removeprefix("/agenda/").removesuffix(".ics")
    assert "Internal Server Error: /agenda/<str:secret>.ics" in caplog.text
    assert secret not in caplog.text


def test_the_log_of_the_product_hides_secrets(settings: Any) -> None:
    logs = settings.LOGGING
    assert all("story" in one["filters"] for one in logs["handlers"].values())
    assert logs["filters"]["story"]["()"].endswith(Story.__name__)


def test_a_day_as_a_file(stage: Stage) -> None:
    client = Client()
    client.force_login(stage.director)
    answer: Any = client.get(f"/studiedag/{stage.study_day.pk}/agenda.ics")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="studiedag.ics"'
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = read(answer.content).events
    assert event.start == datetime(2026, 11, 4, 7, 30, tzinfo=UTC)


def test_a_day_as_a_file_is_for_who_may_see_it(stage: Stage) -> None:
    address = f"/studiedag/{stage.study_day.pk}/agenda.ics"
    assert Client().get(address).status_code == 302
    client = Client()
    client.force_login(Stage().lead)
    assert client.get(address).status_code == 404


def test_a_day_that_is_not_fixed_yet_says_so(stage: Stage) -> None:
    put_in_state(stage, "draft")
    client = Client()
    client.force_login(stage.member)
    answer = client.get(f"/studiedag/{stage.study_day.pk}/agenda.ics")
    assert answer.status_code == 409
    assert "staat nog niet vast" in answer.content.decode()
