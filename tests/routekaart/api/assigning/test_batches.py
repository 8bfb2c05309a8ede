"""Assigning in one action over HTTP."""

from typing import Any
from uuid import uuid4

import pytest

from routekaart.models import Assignment, AssignmentBatch, School
from tests.makers import client_for
from tests.routekaart.api.routekaarten.test_goals import at, codes, counts, fields
from tests.stages import Stage, coming_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

MINDSET = "de-mindset-theorie-van-carol-dweck"
PLAY = "spel-en-begeleiding"


def body(stage: Stage, *courses: str, **values: Any) -> dict[str, Any]:
    asked = [{"course": course, "goals": [str(stage.goal.pk)]} for course in courses or [MINDSET]]
    return {
        "courses": asked,
        "target": {"kind": "team"},
        "mandatory": True,
        "reason": "omdat: past",
    } | values


def test_looked_at_done_and_undone() -> None:
    stage = Stage(year=coming_year()).accepted()
    client = client_for(stage.lead)
    first = f"{stage.year}-09-01"
    asked = body(stage, MINDSET, PLAY, mandatory=False, starts_on=first)
    preview = client.call("post", at(stage, "/assignments/preview"), asked)
    assert preview.status_code == 200
    seen = preview.json()
    new = {
        "course": MINDSET,
        "course_title": seen["people"][0]["courses"][0]["course_title"],
        "outcome": "new",
        "goals": [str(stage.goal.pk)],
        "mandatory": False,
        "minutes": 240,
        "code": "",
        "detail": "",
    }
    refused = {
        "course": PLAY,
        "course_title": seen["people"][0]["courses"][1]["course_title"],
        "outcome": "refused",
        "goals": [],
        "mandatory": False,
        "minutes": 0,
        "code": "outside_function",
        "detail": "Deze cursus is voor een andere functie bedoeld. "
        "Wijs hem op naam toe als je hem toch wilt geven.",
    }
    assert seen["people"] == [
        {
            "person": str(person.pk),
            "person_name": person.name,
            "minutes": 240,
            "courses": [new, refused],
        }
        for person in (stage.lead, stage.member)
    ]
    assert seen["totals"] == {
        "people": 2,
        "receiving": 2,
        "new": 2,
        "present": 0,
        "elsewhere": 0,
        "refused": 2,
        "minutes": 480,
    }
    batches = at(stage, "/assignment-batches")
    assert client.call("get", batches).json() == {"items": [], "count": 0}
    response = client.call("post", batches, asked)
    made = response.json()
    assert (response.status_code, made["created"], made["existing"], made["findings"]) == (
        201,
        2,
        0,
        [],
    )
    batch = made["batch"]
    assert {name: batch[name] for name in ("target", "title", "starts_on", "made_by", "asked")} == {
        "target": "team",
        "title": "2 cursussen voor het team",
        "starts_on": first,
        "made_by": "Lies Leider",
        "asked": 2,
    }
    assert client.call("get", batches).json() == {"items": [batch], "count": 1}
    # Asked once more nobody gets anything, and it is still about two people.
    again = client.call("post", at(stage, "/assignments/preview"), asked).json()
    assert again["totals"] == {
        "people": 2,
        "receiving": 0,
        "new": 0,
        "present": 2,
        "elsewhere": 0,
        "refused": 2,
        "minutes": 0,
    }
    assert client.call("get", at(stage, "/assignments")).json()["items"][0]["starts_on"] == first
    own = client_for(stage.member).call("get", at(stage, "/assignments")).json()
    assert own == {"items": [], "count": 0}
    with stage.as_lead.entered():
        Assignment.objects.filter(person=stage.lead).update(state="started")
    path = f"/assignment-batches/{batch['id']}/undo"
    # How far she is may not be said without the consent of the PMR.
    kept = [{"reason": "begun", "count": 1}]
    assert client.call("post", path).json() == {"withdrawn": 1, "kept": kept}
    with stage.as_lead.entered():
        School.objects.update(progress_by_name_since="2026-01-01")
    kept = [{"reason": "started", "count": 1}]
    assert client.call("post", path).json() == {"withdrawn": 0, "kept": kept}
    assert client.call("get", batches).json()["items"][0]["undone_at"] is not None
    assert codes(client.call("post", f"/assignment-batches/{uuid4()}/undo")) == (404, "not_found")


def test_sent_twice_with_one_key_it_is_done_once() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    path = at(stage, "/assignment-batches")
    answers = [
        client.call("post", path, body(stage), headers={"Idempotency-Key": "een"}).json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    with stage.as_lead.entered():
        assert AssignmentBatch.objects.count() == 1


def test_what_cannot_be_read() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    path = at(stage, "/assignment-batches")
    unreadable: tuple[dict[str, Any], ...] = (
        {"target": {"kind": "advice"}},
        {"target": {"kind": "person", "persons": []}},
        {"target": {"kind": "team", "persons": []}},
        {"courses": []},
        {"reason": ""},
        {"starts_on": "morgen"},
        {"mandatory": "ja"},
    )
    for changed in unreadable:
        assert codes(client.call("post", path, body(stage, **changed))) == (422, "invalid_input")
    twice = body(stage, MINDSET, MINDSET)
    assert codes(client.call("post", path, twice)) == (422, "invalid_input")
    locked = client.call("post", path, body(stage, "feedback-en-toetsen"))
    assert codes(locked) == (422, "course_locked")
    assert fields(locked) == ["courses.0.course"]
    bsn = client.call("post", path, body(stage, reason="omdat: 123456782 dit vroeg")).json()
    assert [finding["code"] for finding in bsn["findings"]] == ["bsn_in_text"]


def test_rules_are_listed_and_taken_away() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    target = {"kind": "function", "function": "leerkracht"}
    made = client.call("post", at(stage, "/assignment-batches"), body(stage, target=target)).json()
    listed = client.call("get", at(stage, "/assignment-rules")).json()
    [rule] = listed["items"]
    assert rule == {
        "id": rule["id"],
        "goal": str(stage.goal.pk),
        "course": MINDSET,
        "course_title": rule["course_title"],
        "function": "leerkracht",
        "mandatory": True,
        "reason": "omdat: past",
        "batch": made["batch"]["id"],
    }
    gone = client.call("delete", f"/assignment-rules/{rule['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert client.call("get", at(stage, "/assignment-rules")).json() == {"items": [], "count": 0}
    assert codes(client.call("delete", f"/assignment-rules/{rule['id']}")) == (404, "not_found")


@pytest.mark.parametrize("rest", ["/assignment-batches", "/assignment-rules"])
def test_as_many_queries_for_more(rest: str) -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    asked = [
        (MINDSET, "leerkracht"),
        ("complimenten-geven-en-corrigeren", "kleuterleerkracht"),
        (PLAY, "kleuterleerkracht"),
    ]

    def add(number: int) -> None:
        course, function = asked[number]
        target = {"kind": "function", "function": function}
        made = client.call(
            "post", at(stage, "/assignment-batches"), body(stage, course, target=target)
        )
        assert made.status_code == 201

    add(0)
    found = counts(client, at(stage, rest), lambda number: add(min(number + 1, 2)))
    assert [listed for listed, _ in found] == [1, 2, 3]
    assert len({queries for _, queries in found}) == 1
