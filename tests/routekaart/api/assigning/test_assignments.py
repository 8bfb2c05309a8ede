"""Assigning over HTTP."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses import models as tables
from courses.catalogue import current_catalogue, forget_catalogue
from routekaart.models import Assignment
from tests.makers import client_for, make_colleague
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def at(stage: Stage, rest: str = "/assignments") -> str:
    return f"/routekaarten/{stage.routekaart.pk}{rest}"


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_assigned_listed_and_taken_back() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    response = client.call("post", at(stage), {})
    assert (response.status_code, response.json()) == (200, {"created": 2, "existing": 0})
    assert client.call("post", at(stage), {"selection": "smallest_set"}).json() == {
        "created": 0,
        "existing": 2,
    }
    listed = client.call("get", at(stage)).json()
    with stage.as_lead.entered():
        rows = list(Assignment.objects.select_related("person").order_by("person__name"))
    assert listed == {
        "items": [
            {
                "id": str(row.pk),
                "person": str(row.person_id),
                "person_name": row.person.name,
                "course": row.course_id,
                "course_title": current_catalogue().course_by_slug[row.course_id].title,
                "goals": [str(stage.goal.pk)],
                "reason": row.reason,
                "mandatory": True,
                "starts_on": None,
                "batch": str(row.batch_id),
                "hours_agreed_on": None,
                # Of others only with the PMR's consent.
                "state": "assigned" if row.person_id == stage.lead.pk else None,
                "state_label": "toegewezen" if row.person_id == stage.lead.pk else None,
                "state_since": None
                if row.person_id != stage.lead.pk
                else row.state_since.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            }
            for row in rows
        ],
        "count": 2,
    }
    for row, shown in zip(rows, listed["items"], strict=True):
        assert client.call("get", f"/assignments/{row.pk}").json() == shown
    gone = client.call("delete", f"/assignments/{rows[0].pk}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert client.call("delete", f"/assignments/{rows[0].pk}").status_code == 204
    left = client.call("get", at(stage)).json()
    assert [item["id"] for item in left["items"]] == [str(rows[1].pk)]
    assert codes(client.call("get", f"/assignments/{rows[0].pk}")) == (404, "not_found")


def test_an_agreement_on_own_hours() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        one = Assignment.objects.filter(person=stage.member)[0]
    path = f"/assignments/{one.pk}/hours-agreement"

    def listed() -> dict[str, str | None]:
        items = client_for(stage.lead).call("get", at(stage)).json()["items"]
        return {item["id"]: item["hours_agreed_on"] for item in items}

    before = listed()
    assert set(before.values()) == {None}
    made = client_for(stage.member).call("put", path, {"agreed_on": "2026-09-01"})
    assert made.status_code == 200
    assert (made.json()["id"], made.json()["hours_agreed_on"]) == (str(one.pk), "2026-09-01")
    assert listed() == before | {str(one.pk): "2026-09-01"}
    today = client_for(stage.lead).call("put", path, {}).json()["hours_agreed_on"]
    assert today == str(timezone.localdate())
    for _ in range(2):
        gone = client_for(stage.lead).call("delete", path)
        assert (gone.status_code, gone.content) == (204, b"")
    assert listed() == before


def test_an_agreement_that_cannot_be() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        one = Assignment.objects.filter(person=stage.lead)[0]
    path = f"/assignments/{one.pk}/hours-agreement"
    client = client_for(stage.lead)
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    for body, code in (
        ({"agreed_on": tomorrow}, "in_the_future"),
        ({"agreed_on": "morgen"}, "invalid_input"),
        ({"dag": "2026-09-01"}, "invalid_input"),
    ):
        assert codes(client.call("put", path, body)) == (422, code)
    with stage.as_lead.entered():
        Assignment.objects.filter(pk=one.pk).update(mandatory=False)
    assert codes(client.call("put", path, {})) == (409, "course_is_voluntary")


def test_everything_is_more_than_the_smallest_set() -> None:
    stage = Stage().accepted()
    client = client_for(stage.trainer)
    smallest = client.call("post", at(stage), {"selection": "smallest_set"}).json()
    everything = client.call("post", at(stage), {"selection": "all"}).json()
    assert everything["existing"] == smallest["created"]
    assert everything["created"] > 0


def test_as_many_queries_for_more_people() -> None:
    stage = Stage().assigned()
    client = client_for(stage.lead)
    client.call("get", at(stage))  # the first use of a token is noted
    found = []
    for number in range(3):
        with CaptureQueriesContext(connection) as captured:
            listed = client.call("get", at(stage)).json()["count"]
        found.append((listed, len(captured)))
        make_colleague(stage.team, name=f"Collega {number}")
        stage.assign()
    assert [listed for listed, _ in found] == [2, 3, 4]
    assert len({queries for _, queries in found}) == 1


def test_a_course_that_was_retired_keeps_its_title() -> None:
    stage = Stage().assigned()
    client = client_for(stage.lead)
    before = client.call("get", at(stage)).json()
    tables.Course.objects.filter(pk=before["items"][0]["course"]).update(retired_at=timezone.now())
    tables.CatalogueState.objects.all().update(stamp=stage.lead.pk)
    forget_catalogue()
    assert client.call("get", at(stage)).json() == before


def test_what_cannot_be_read() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    for body in ({"selection": "alles"}, {"selection": None}, {"keuze": "all"}):
        assert codes(client.call("post", at(stage), body)) == (422, "invalid_input")


def test_too_early() -> None:
    stage = Stage().advised()
    assert codes(client_for(stage.lead).call("post", at(stage), {})) == (409, "wrong_state")


def test_who_may() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        one = Assignment.objects.filter(person=stage.lead)[0]
    path = f"/assignments/{one.pk}"
    for person, assign, withdraw, read in (
        (stage.member, 403, 403, 200),
        (stage.director, 403, 404, 403),
        (Stage().lead, 404, 404, 404),
    ):
        client = client_for(person)
        assert (
            client.call("post", at(stage), {}).status_code,
            client.call("delete", path).status_code,
            client.call("get", at(stage)).status_code,
        ) == (assign, withdraw, read)
    own = client_for(stage.member).call("get", at(stage)).json()
    assert {item["person"] for item in own["items"]} == {str(stage.member.pk)}
    missing = client_for(stage.lead).call("delete", f"/assignments/{uuid4()}")
    assert codes(missing) == (404, "not_found")
