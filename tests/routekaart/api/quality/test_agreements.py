"""Agreements over HTTP."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.models import Routekaart
from tests.makers import ApiClient, client_for
from tests.plg_stage import TODAY, at_work
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def _at_work() -> Iterator[None]:
    """A day of which it is known when the school is open after it."""
    with at_work():
        yield


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def path(stage: Stage) -> str:
    return f"/routekaarten/{stage.routekaart.pk}/agreements"


def body(stage: Stage, **values: Any) -> dict[str, Any]:
    return {"what": "Exit-ticket.", "owner": str(stage.member.pk), "due_on": day(7)} | values


def add(client: ApiClient, stage: Stage, **values: Any) -> Any:
    response = client.call("post", path(stage), body(stage, **values))
    assert response.status_code == 201, response.json()
    return response.json()


def test_there_and_back_again() -> None:
    stage = Stage().accepted()
    client = client_for(stage.member)
    made = add(client, stage, goal=str(stage.goal.pk))
    expected: dict[str, Any] = {
        "id": made["id"],
        "routekaart": str(stage.routekaart.pk),
        "what": "Exit-ticket.",
        "owner": str(stage.member.pk),
        "owner_name": "Mo Lid",
        "work_group": None,
        "work_group_name": None,
        "whole_team": False,
        "due_on": day(7),
        "check_on": day(7),
        "study_day": None,
        "plg_meeting": None,
        "goal": str(stage.goal.pk),
        "state": "open",
        "state_label": "loopt",
        "reason": "",
        "checks": [],
        "findings": [],
    }
    assert made == expected
    one = f"/agreements/{made['id']}"
    told = client.call("patch", one, {"check_on": day(10)}).json()["findings"]
    message = (
        "Terugkijken op een afspraak is op zaterdag 5 december 2026. Dan is de school dicht "
        "(weekend). Kies een andere dag."
    )
    assert [(item["code"], item["severity"], item["message"]) for item in told] == [
        ("appointment_on_closed_day", "warning", message)
    ]
    expected |= {"check_on": day(9)}
    client.call("patch", one, {"check_on": day(9)})
    changed = client.call("patch", one, {"what": "Elke les.", "goal": None})
    expected |= {"what": "Elke les.", "goal": None}
    assert (changed.status_code, changed.json()) == (200, expected)
    kept = client_for(stage.lead).call(
        "post", f"{one}/check", {"step": "keep", "note": "Half.", "back_on": day(20)}
    )
    assert kept.status_code == 200, kept.json()
    found = client.call("get", one).json()
    look = found["checks"][0]
    expected |= {
        "check_on": day(20),
        "checks": [
            {
                "checked_on": day(0),
                "step": "keep",
                "note": "Half.",
                "back_on": day(20),
                "checked_by": str(stage.lead.pk),
                "checked_by_name": "Lies Leider",
                "checked_at": look["checked_at"],
            }
        ],
    }
    assert found == expected == kept.json()
    assert client.call("get", path(stage)).json() == {"items": [expected], "count": 1}
    assert client.call("get", "/me/agreements").json() == {"items": [expected], "count": 1}


def test_problems_have_a_code_and_a_field() -> None:
    stage = Stage().accepted()
    client = client_for(stage.member)
    for extra, field, code in (
        ({"owner": None}, "owner", "agreement_without_owner"),
        ({"whole_team": True}, "whole_team", "agreement_with_several_owners"),
        ({"check_on": day(6)}, "check_on", "check_before_due"),
        ({"goal": str(stage.member.pk)}, "goal", "not_of_this_routekaart"),
        ({"what": " "}, "what", "invalid_input"),
    ):
        response = client.call("post", path(stage), body(stage, **extra))
        answer = response.json()
        assert (response.status_code, answer["code"]) == (422, code)
        assert [error["field"] for error in answer["errors"]] == [field]
    assert client.call("get", path(stage)).json()["count"] == 0
    made = add(client, stage)
    for step, code in (
        ({"step": "drop"}, "reason_required"),
        ({"step": "keep"}, "back_on_required"),
        ({"step": "keep", "back_on": day(7)}, "back_on_not_later"),
        ({"step": "finish", "back_on": day(9)}, "does_not_come_back"),
    ):
        response = client.call("post", f"/agreements/{made['id']}/check", step)
        assert (response.status_code, response.json()["code"]) == (422, code)
    assert client.call("get", f"/agreements/{made['id']}").json() == made


def test_a_number_that_may_be_a_bsn_is_warned_about() -> None:
    stage = Stage().accepted()
    client = client_for(stage.member)
    made = add(client, stage, what="Bel 123456782.")
    assert [(one["code"], one["field"]) for one in made["findings"]] == [("bsn_in_text", "what")]
    done = client.call(
        "post", f"/agreements/{made['id']}/check", {"step": "finish", "note": "1234.56.782"}
    ).json()
    assert [one["field"] for one in done["findings"]] == ["what", "note"]


def test_what_comes_back_and_what_is_mine() -> None:
    stage = Stage().accepted()
    client = client_for(stage.member)
    due = add(client, stage, due_on=day(-3))["id"]
    later = add(client, stage, due_on=day(3))["id"]
    theirs = add(client, stage, due_on=day(-1), owner=str(stage.lead.pk))["id"]

    def found(query: str, at: str = "") -> list[str]:
        listed = client.call("get", f"{at or path(stage)}?{query}").json()
        assert listed["count"] == len(listed["items"])
        return [item["id"] for item in listed["items"]]

    assert found("coming_back=true") == [due, theirs]
    assert found("mine=true") == [due, later]
    assert found(f"due_before={day(-1)}") == [due]
    assert found("state=done") == []
    assert found("coming_back=true", "/me/agreements") == [due]
    assert found("", "/me/agreements") == [due, later]
    # A closed year asks for nothing any more, until the team takes it along.
    with scopes_disabled():
        Routekaart.objects.update(state="closed")
    assert found("", "/me/agreements") == []
    assert found("") == [due, theirs, later]


def test_a_repeated_request_adds_one() -> None:
    stage = Stage().accepted()
    client = client_for(stage.member)
    for _ in range(2):
        headers = {"Idempotency-Key": "afspraak-1"}
        response = client.call("post", path(stage), body(stage), headers=headers)
        assert response.status_code == 201
    assert client.call("get", path(stage)).json()["count"] == 1


def test_as_many_queries_for_three_as_for_one() -> None:
    stage = Stage().accepted()
    client = client_for(stage.member)
    for where in (path(stage), "/me/agreements"):
        client.call("get", where)  # the first use of a token is noted
    found = []
    for _ in range(3):
        made = add(client, stage)
        client.call("post", f"/agreements/{made['id']}/check", {"step": "keep", "back_on": day(9)})
        for where in (path(stage), "/me/agreements"):
            with CaptureQueriesContext(connection) as captured:
                client.call("get", where)
            found.append((where, len(captured)))
    assert len(set(found)) == 2
