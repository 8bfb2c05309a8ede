"""The trainer's advice and the team's answer over HTTP."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.catalogue import current_catalogue
from routekaart.models import AdviceVersion
from tests.makers import client_for
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def at(stage: Stage, rest: str = "") -> str:
    return f"/routekaarten/{stage.routekaart.pk}{rest}"


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_given_read_and_accepted() -> None:
    stage = Stage().submitted()
    trainer, lead = client_for(stage.trainer), client_for(stage.lead)
    response = trainer.call("post", at(stage, "/advise"), {"note": "Begin klein."})
    made = response.json()
    assert response.status_code == 201
    assert {
        name: made[name] for name in ("routekaart", "version", "note", "catalogue_version")
    } == {
        "routekaart": str(stage.routekaart.pk),
        "version": 1,
        "note": "Begin klein.",
        "catalogue_version": current_catalogue().version,
    }
    assert [one["slug"] for one in made["advice"]["interventions"]] == [INTERVENTION]
    with stage.as_lead.entered():
        stored = AdviceVersion.objects.get()
    assert made["advice"] == stored.content
    assert lead.call("get", at(stage, "/advice")).json() == {"items": [made], "count": 1}
    for version, expected in ((2, (409, "newer_advice")), (0, (422, "invalid_input"))):
        assert codes(lead.call("post", at(stage, "/accept"), {"version": version})) == expected
    assert stage.fresh().state == "advised"
    accepted = lead.call("post", at(stage, "/accept"))
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    assert codes(trainer.call("post", at(stage, "/advise"), {})) == (409, "wrong_state")


def test_only_what_was_read_is_accepted() -> None:
    stage = Stage().advised()
    stage.advise()
    lead = client_for(stage.lead)
    refused = lead.call("post", at(stage, "/accept"), {"version": 1})
    assert codes(refused) == (409, "newer_advice")
    accepted = lead.call("post", at(stage, "/accept"), {"version": 2})
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")


def test_the_newest_comes_first_in_as_many_queries() -> None:
    stage = Stage().submitted()
    trainer = client_for(stage.trainer)
    found = []
    for _ in range(3):
        trainer.call("post", at(stage, "/advise"), {})
        with CaptureQueriesContext(connection) as captured:
            items = trainer.call("get", at(stage, "/advice")).json()["items"]
        found.append(([item["version"] for item in items], len(captured)))
    assert [versions for versions, _ in found] == [[1], [2, 1], [3, 2, 1]]
    assert len({queries for _, queries in found}) == 1


def test_a_repeated_request_gives_one_version() -> None:
    stage = Stage().submitted()
    trainer = client_for(stage.trainer)
    first, again = (
        trainer.call("post", at(stage, "/advise"), {}, headers={"Idempotency-Key": "advies"})
        for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert json.loads(first.content) == json.loads(again.content)
    assert trainer.call("get", at(stage, "/advice")).json()["count"] == 1


def test_what_cannot_be_read() -> None:
    stage = Stage().submitted()
    trainer = client_for(stage.trainer)
    for body in ({"note": "x" * 10_001}, {"note": None}, {"notitie": "x"}, {"note": "\x07"}):
        assert codes(trainer.call("post", at(stage, "/advise"), body)) == (422, "invalid_input")


def test_who_may() -> None:
    stage = Stage().submitted()
    for person, advise, accept, read in (
        (stage.member, 403, 403, 200),
        (stage.lead, 403, 409, 200),
        (stage.director, 403, 403, 200),
        (Stage().trainer, 404, 404, 404),
    ):
        client = client_for(person)
        assert (
            client.call("post", at(stage, "/advise"), {}).status_code,
            client.call("post", at(stage, "/accept")).status_code,
            client.call("get", at(stage, "/advice")).status_code,
        ) == (advise, accept, read)
