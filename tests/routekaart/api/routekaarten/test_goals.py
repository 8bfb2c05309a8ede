"""Goals, answers and study days over HTTP."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.catalogue import current_catalogue
from tests.makers import ApiClient, client_for
from tests.stages import INTERVENTION, Stage, coming_year, study_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DAY: dict[str, Any] = {"date": "2026-11-04", "starts_at": "08:30", "minutes": 420}


def at(stage: Stage, rest: str = "") -> str:
    return f"/routekaarten/{stage.routekaart.pk}{rest}"


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def fields(response: Any) -> list[str]:
    return [error["field"] for error in response.json()["errors"]]


def counts(client: ApiClient, path: str, add: Any) -> list[tuple[int, int]]:
    """How many there are, and how many queries the list takes, while `add` adds two."""
    client.call("get", path)  # the first use of a token is noted
    found = []
    for number in range(3):
        with CaptureQueriesContext(connection) as captured:
            listed = client.call("get", path).json()["count"]
        found.append((listed, len(captured)))
        add(number)
    return found


class TestGoals:
    def test_there_and_back_again(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        client = client_for(stage.member)
        course = current_catalogue().courses[0].slug
        response = client.call(
            "post",
            at(stage, "/goals"),
            {
                "wording": "  Wij leren kijken.  ",
                "noticeable": "Rust.",
                "interventions": [INTERVENTION],
                "courses": [{"course": course, "reason": "Past goed."}],
            },
        )
        made = response.json()
        expected: dict[str, Any] = {
            "id": made["id"],
            "routekaart": str(stage.routekaart.pk),
            "wording": "Wij leren kijken.",
            "noticeable": "Rust.",
            "indicator": "",
            "priority": 1,
            "interventions": [INTERVENTION],
            "courses": [{"course": course, "reason": "Past goed."}],
            "after": [],
            "stops": "",
            "carried_from": None,
        }
        assert (response.status_code, made) == (201, expected)
        changed = client.call(
            "patch", f"/goals/{made['id']}", {"priority": 4, "courses": [], "noticeable": None}
        )
        expected |= {"priority": 4, "courses": []}
        assert changed.json() == expected
        assert client.call("get", at(stage, "/goals")).json() == {"items": [expected], "count": 1}
        gone = client.call("delete", f"/goals/{made['id']}")
        assert (gone.status_code, gone.content) == (204, b"")
        assert client.call("get", at(stage, "/goals")).json() == {"items": [], "count": 0}
        assert codes(client.call("delete", f"/goals/{made['id']}")) == (404, "not_found")

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "wording"),
            ({"wording": " \n "}, "wording"),
            ({"wording": "x" * 10_001}, "wording"),
            ({"wording": "a\x00"}, "wording"),
            ({"wording": "x", "priority": 0}, "priority"),
            ({"wording": "x", "priority": 1.5}, "priority"),
            ({"wording": "x", "interventions": ["a", "a"]}, "interventions"),
            ({"wording": "x", "interventions": ["A b"]}, "interventions.0"),
            ({"wording": "x", "courses": [{"course": "c", "uren": 3}]}, "courses.0.uren"),
            ({"wording": "x", "doel": "y"}, "doel"),
            ({"wording": "x", "after": ["eerst"]}, "after.0"),
            ({"wording": "x", "after": [str(uuid4())] * 51}, "after"),
        ],
    )
    def test_what_cannot_be_read(self, body: dict[str, Any], field: str) -> None:
        stage = Stage()
        response = client_for(stage.lead).call("post", at(stage, "/goals"), body)
        assert (codes(response), fields(response)) == ((422, "invalid_input"), [field])

    def test_one_after_another(self) -> None:
        stage = Stage().filled()
        client = client_for(stage.lead)
        first = str(stage.goal.pk)
        second = client.call(
            "post", at(stage, "/goals"), {"wording": "Wij leren.", "after": [first]}
        ).json()
        assert second["after"] == [first]
        path = f"/goals/{second['id']}"
        # What is not named stays; a list replaces what stood there.
        assert client.call("patch", path, {"wording": "Anders."}).json()["after"] == [first]
        for after, code in (
            ([second["id"]], "goal_after_itself"),
            ([first, str(uuid4())], "unknown_goal"),
            ([str(Stage().filled().goal.pk)], "unknown_goal"),
        ):
            response = client.call("patch", path, {"after": after})
            assert (codes(response), fields(response)) == ((422, code), ["after"])
        back = client.call("patch", f"/goals/{first}", {"after": [second["id"]]})
        assert back.json()["after"] == [second["id"]]
        findings = client.call("get", at(stage, "/findings")).json()
        assert {
            (one["goal"], one["severity"])
            for one in findings["findings"]
            if one["code"] == "goal_order_cycle"
        } == {(first, "warning"), (second["id"], "warning")}
        assert findings["blocks_submit"] is False
        assert client.call("patch", path, {"after": []}).json()["after"] == []

    def test_unknown_and_unchosen(self) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        client = client_for(stage.lead)
        for extra, field in (
            ({"interventions": ["bestaat-niet"]}, "interventions"),
            ({"interventions": ["directe-instructie"]}, "interventions"),
            ({"courses": [{"course": "bestaat-niet"}]}, "courses"),
        ):
            response = client.call("post", at(stage, "/goals"), {"wording": "x"} | extra)
            assert (codes(response)[0], fields(response)) == (422, [field])
        assert client.call("get", at(stage, "/goals")).json()["count"] == 0

    def test_a_repeated_request_adds_one(self) -> None:
        stage = Stage()
        client = client_for(stage.lead)
        for _ in range(2):
            response = client.call(
                "post",
                at(stage, "/goals"),
                {"wording": "Wij leren."},
                headers={"Idempotency-Key": "doel-1"},
            )
            assert response.status_code == 201
        assert client.call("get", at(stage, "/goals")).json()["count"] == 1

    def test_as_many_queries_for_three_as_for_one(self) -> None:
        stage = Stage().filled()
        found = counts(
            client_for(stage.lead),
            at(stage, "/goals"),
            lambda _: stage.add_goal(after=[stage.goal.pk]),
        )
        assert [listed for listed, _ in found] == [1, 2, 3]
        assert len({queries for _, queries in found}) == 1

    def test_who_may(self) -> None:
        stage = Stage().filled()
        body = {"wording": "Wij leren."}
        for person, post, patch, get in (
            (stage.member, 201, 200, 200),
            (stage.trainer, 403, 403, 200),
            (stage.director, 403, 403, 200),
            (Stage().lead, 404, 404, 404),
        ):
            client = client_for(person)
            assert (
                client.call("post", at(stage, "/goals"), body).status_code,
                client.call("patch", f"/goals/{stage.goal.pk}", body).status_code,
                client.call("get", at(stage, "/goals")).status_code,
            ) == (post, patch, get)

    def test_not_once_it_was_submitted(self) -> None:
        stage = Stage().submitted()
        client = client_for(stage.lead)
        for response in (
            client.call("post", at(stage, "/goals"), {"wording": "x"}),
            client.call("patch", f"/goals/{stage.goal.pk}", {"wording": "x"}),
            client.call("delete", f"/goals/{stage.goal.pk}"),
            client.call("put", at(stage, "/answers"), {"answers": []}),
        ):
            assert codes(response) == (409, "wrong_state")


class TestAnswers:
    @pytest.fixture
    def point(self) -> str:
        return current_catalogue().intervention_by_slug[INTERVENTION].attention_points[0].slug

    def test_given_and_taken_back(self, point: str) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        client = client_for(stage.member)
        answer = {"intervention": INTERVENTION, "point": point, "text": "Ja,\nelke week."}
        given = client.call("put", at(stage, "/answers"), {"answers": [answer]})
        assert (given.status_code, given.json()["answers"]) == (200, [answer])
        assert given.json()["revision"] == 3
        back = client.call("put", at(stage, "/answers"), {"answers": [answer | {"text": ""}]})
        assert back.json()["answers"] == []

    def test_what_cannot_be_answered(self, point: str) -> None:
        stage = Stage()
        stage.choose(INTERVENTION)
        client = client_for(stage.lead)
        for answer, code in (
            ({"intervention": INTERVENTION, "point": "nee", "text": "x"}, "unknown_point"),
            ({"intervention": "nee", "point": point, "text": "x"}, None),
            ({"intervention": INTERVENTION, "point": point}, "invalid_input"),
            ({"intervention": INTERVENTION, "point": point, "text": 1}, "invalid_input"),
        ):
            status, found = codes(client.call("put", at(stage, "/answers"), {"answers": [answer]}))
            assert status == 422
            assert code in (None, found)
        many = [{"intervention": INTERVENTION, "point": point, "text": "x"}] * 301
        response = client.call("put", at(stage, "/answers"), {"answers": many})
        assert (codes(response), fields(response)) == ((422, "invalid_input"), ["answers"])

    def test_only_by_the_team(self, point: str) -> None:
        stage = Stage()
        body = {"answers": [{"intervention": INTERVENTION, "point": point, "text": "x"}]}
        assert client_for(stage.trainer).call("put", at(stage, "/answers"), body).status_code == 403
        assert client_for(Stage().lead).call("put", at(stage, "/answers"), body).status_code == 404


class TestStudyDays:
    def test_there_and_back_again(self) -> None:
        stage = Stage(year=coming_year())
        client = client_for(stage.member)
        wanted = DAY | {"date": study_date(stage.year).isoformat(), "free_groups": [7, 8]}
        response = client.call("post", at(stage, "/study-days"), wanted)
        made = response.json()
        expected = wanted | {
            "id": made["id"],
            "routekaart": str(stage.routekaart.pk),
            "kind": "day",
            "title": "",
            "fixed": True,
            "room": "",
            "trainer": None,
            "state": "preparing",
            "programme_revision": 0,
            "follow_up_on": None,
            "evaluation_on": None,
            "outcome": "",
        }
        assert (response.status_code, made) == (201, expected | {"findings": []})
        changed = client.call(
            "patch",
            f"/study-days/{made['id']}",
            {"kind": "afternoon", "starts_at": "13:15", "minutes": 180, "title": "Feedback"},
        )
        expected |= {"kind": "afternoon", "starts_at": "13:15", "minutes": 180, "title": "Feedback"}
        assert changed.json() == expected | {"findings": []}
        assert client.call("get", at(stage, "/study-days")).json() == {
            "items": [expected],
            "count": 1,
        }
        assert client.call("delete", f"/study-days/{made['id']}").status_code == 204
        assert codes(client.call("patch", f"/study-days/{made['id']}", {"title": "x"})) == (
            404,
            "not_found",
        )

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"date": "2026-02-30"}, "date"),
            ({"date": "04-11-2026"}, "date"),
            ({"date": "1999-12-31"}, "date"),
            ({"date": None}, "date"),
            ({"starts_at": "24:00"}, "starts_at"),
            ({"starts_at": "8:30"}, "starts_at"),
            ({"minutes": 59}, "minutes"),
            ({"minutes": 601}, "minutes"),
            ({"kind": "avond"}, "kind"),
            ({"title": "a\nb"}, "title"),
            ({"free_groups": [0]}, "free_groups.0"),
            ({"free_groups": [9]}, "free_groups.0"),
            ({"free_groups": [1, 1]}, "free_groups"),
            ({"fixed": "ja"}, "fixed"),
            ({"room": "a\nb"}, "room"),
            ({"trainer": "Tess"}, "trainer"),
            ({"uren": 3}, "uren"),
        ],
    )
    def test_what_cannot_be_read(self, change: dict[str, Any], field: str) -> None:
        stage = Stage()
        response = client_for(stage.lead).call("post", at(stage, "/study-days"), DAY | change)
        assert (codes(response), fields(response)) == ((422, "invalid_input"), [field])

    def test_a_candidate_with_a_room_and_a_trainer(self) -> None:
        stage = Stage()
        client = client_for(stage.lead)
        wanted = {"fixed": False, "room": "Aula", "trainer": str(stage.trainer.pk)}
        made = client.call("post", at(stage, "/study-days"), DAY | wanted).json()
        assert {name: made[name] for name in wanted} == wanted
        path = f"/study-days/{made['id']}"
        # Null leaves what is there, save for the trainer.
        changed = client.call("patch", path, {"room": None, "fixed": None, "title": "Samen"}).json()
        assert {name: changed[name] for name in wanted} == wanted
        emptied = client.call("patch", path, {"fixed": True, "room": "", "trainer": None}).json()
        assert {name: emptied[name] for name in wanted} == {
            "fixed": True,
            "room": "",
            "trainer": None,
        }
        for trainer in (str(uuid4()), str(Stage().trainer.pk)):
            response = client.call("patch", path, {"trainer": trainer})
            assert (codes(response), fields(response)) == ((422, "not_at_this_school"), ["trainer"])

    def test_outside_the_year_and_twice_on_a_date(self) -> None:
        stage = Stage()
        client = client_for(stage.lead)
        outside = client.call("post", at(stage, "/study-days"), DAY | {"date": "2027-08-01"})
        assert (codes(outside), fields(outside)) == ((422, "outside_school_year"), ["date"])
        assert client.call("post", at(stage, "/study-days"), DAY).status_code == 201
        again = client.call("post", at(stage, "/study-days"), DAY)
        assert codes(again) == (409, "study_day_exists")

    def test_as_many_queries_for_three_as_for_one(self) -> None:
        stage = Stage().filled()
        client = client_for(stage.lead)
        found = counts(
            client,
            at(stage, "/study-days"),
            lambda number: client.call(
                "post", at(stage, "/study-days"), DAY | {"date": f"2027-02-0{number + 1}"}
            ),
        )
        assert [listed for listed, _ in found] == [1, 2, 3]
        assert len({queries for _, queries in found}) == 1

    def test_who_may(self) -> None:
        stage = Stage().filled()
        path = f"/study-days/{stage.study_day.pk}"
        for person, write, read in (
            (stage.trainer, 403, 200),
            (stage.director, 403, 200),
            (Stage().lead, 404, 404),
        ):
            client = client_for(person)
            assert (
                client.call("post", at(stage, "/study-days"), DAY).status_code,
                client.call("patch", path, {"title": "x"}).status_code,
                client.call("delete", path).status_code,
                client.call("get", at(stage, "/study-days")).status_code,
            ) == (write, write, write, read)
        assert client_for(stage.lead).call("delete", f"/study-days/{uuid4()}").status_code == 404
