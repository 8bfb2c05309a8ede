"""The trainer's queue and desk, and the team's decisions, over HTTP."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.access import Role
from routekaart.models import AdviceVersion, AuditEntry
from routekaart.queries.advice.stored import advice_from_json
from tests.makers import client_for, grant, make_school
from tests.stages import INTERVENTION, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def at(stage: Stage, rest: str) -> str:
    return f"/routekaarten/{stage.routekaart.pk}{rest}"


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def fields(response: Any) -> list[str]:
    return [error["field"] for error in response.json()["errors"]]


def queue(person: Any, query: str = "") -> Any:
    return client_for(person).call("get", f"/trainer/queue{query}").json()


class TestQueue:
    def test_longest_waiting_first_over_all_schools(self) -> None:
        first, second, stranger = Stage().submitted(), Stage().submitted(), Stage().submitted()
        draft = Stage(first.school, "Bovenbouw").filled()
        grant(first.trainer, Role.TRAINER, school=second.school)
        with second.as_lead.entered():
            entry = AuditEntry.objects.get(action="submit", routekaart=second.routekaart)
            earlier = entry.at.replace(year=2025)
            AuditEntry.objects.filter(pk=entry.pk).update(at=earlier)
        found = queue(first.trainer)
        assert [item["routekaart"] for item in found["items"]] == [
            str(second.routekaart.pk),
            str(first.routekaart.pk),
        ]
        item = found["items"][0]
        assert item["since"][:19] == earlier.isoformat()[:19]
        del item["since"]
        assert item == {
            "routekaart": str(second.routekaart.pk),
            "state": "submitted",
            "waiting_for": "trainer",
            "team": str(second.team.pk),
            "team_name": "Onderbouw",
            "school": str(second.school.pk),
            "school_name": "De Proefschool",
            "school_year": "2026-2027",
            "goals": 1,
            "advice_version": None,
            "declined_items": 0,
            "comes_back": False,
        }
        for person in (first.lead, first.director, draft.member):
            assert queue(person) == {"items": [], "count": 0}
        assert queue(stranger.trainer)["count"] == 1

    def test_who_it_waits_for(self) -> None:
        stage = Stage().advised()
        [item] = queue(stage.trainer)["items"]
        assert (item["state"], item["waiting_for"], item["advice_version"]) == (
            "advised",
            "team",
            1,
        )
        assert queue(stage.trainer, "?waiting_for=trainer")["count"] == 0
        self.decline(stage, 1)
        assert queue(stage.trainer, "?waiting_for=team")["count"] == 0
        [item] = queue(stage.trainer, "?waiting_for=trainer")["items"]
        assert (item["comes_back"], item["declined_items"]) == (True, 1)
        # A new version in which the declined course is another one: the team looks again.
        client = client_for(stage.trainer)
        declined = self.course(stage)
        client.call(
            "put",
            at(stage, "/advice-desk"),
            {
                "revision": 0,
                "changes": [
                    {"kind": "change", "course": declined, "reason": "Mag.", "mandatory": False}
                ],
            },
        )
        stage.advise()
        [item] = queue(stage.trainer)["items"]
        assert (item["waiting_for"], item["advice_version"], item["declined_items"]) == (
            "team",
            2,
            0,
        )

    @staticmethod
    def course(stage: Stage) -> str:
        with stage.as_lead.entered():
            version = AdviceVersion.objects.filter(routekaart=stage.routekaart).first()
        assert version is not None
        return advice_from_json(version.content).items[0].course

    def decline(self, stage: Stage, version: int) -> None:
        response = client_for(stage.lead).call(
            "put",
            at(stage, "/advice-decisions"),
            {
                "version": version,
                "decisions": [
                    {"course": self.course(stage), "accepted": False, "reason": "Te lang."}
                ],
            },
        )
        assert response.status_code == 200

    def test_as_many_queries_for_three_as_for_one(self) -> None:
        stage = Stage().submitted()
        client = client_for(stage.trainer)
        client.call("get", "/trainer/queue")
        found = []
        for name in ("Midden", "Boven", "Plus"):
            with CaptureQueriesContext(connection) as captured:
                count = client.call("get", "/trainer/queue").json()["count"]
            found.append((count, len(captured)))
            Stage(stage.school, name).submitted()
        assert [count for count, _ in found] == [1, 2, 3]
        assert len({queries for _, queries in found}) == 1


class TestDesk:
    def test_there_and_back(self) -> None:
        stage = Stage().submitted()
        client = client_for(stage.trainer)
        desk = client.call("get", at(stage, "/advice-desk")).json()
        assert (desk["revision"], desk["changes"], desk["dropped"]) == (0, [], [])
        assert {item["status"] for item in desk["items"]} == {"kept"}
        assert [item["item"] for item in desk["items"]] == desk["advice"]["items"]
        first, second, third = (item["item"]["course"] for item in desk["items"][:3])
        own = client.call(
            "post",
            f"/schools/{stage.school.pk}/own-courses",
            {"title": "Kijken bij de buren", "minutes": 30, "provider": "De buren"},
        ).json()["course"]
        changes = [
            {"kind": "drop", "course": first, "reason": "Al gedaan."},
            {
                "kind": "add",
                "course": own,
                "reason": "Past bij jullie.",
                "interventions": [INTERVENTION],
                "goals": [str(stage.goal.pk)],
                "functions": [],
            },
            {"kind": "change", "course": second, "reason": "Wie wil.", "mandatory": False},
            {"kind": "note", "course": third, "text": "Leerling 123456782 doet mee."},
        ]
        saved = client.call("put", at(stage, "/advice-desk"), {"revision": 0, "changes": changes})
        body = saved.json()
        assert (saved.status_code, body["revision"], body["changes"]) == (200, 1, changes)
        assert body["left_out"] == []
        assert [item["course"] for item in body["dropped"]] == [first]
        assert {item["item"]["course"]: item["status"] for item in body["items"]}[own] == "added"
        changed = [
            (item["item"]["course"], item["may_be_mandatory"])
            for item in body["items"]
            if item["status"] == "changed"
        ]
        assert changed[0] == (second, False)
        assert [course for course, _ in changed] == [second, third]
        assert [(one["code"], one["field"]) for one in body["findings"]] == [
            ("bsn_in_text", "changes.3")
        ]
        assert client.call("get", at(stage, "/advice-desk")).json() == body
        stale = client.call("put", at(stage, "/advice-desk"), {"revision": 0, "changes": []})
        assert codes(stale) == (409, "stale_revision")
        advised = client.call("post", at(stage, "/advise"), {"desk_revision": 0})
        assert codes(advised) == (409, "stale_revision")
        advised = client.call("post", at(stage, "/advise"), {"desk_revision": 1})
        assert (advised.status_code, advised.json()["advice"]) == (201, body["advice"])
        empty = client.call("get", at(stage, "/advice-desk")).json()
        assert (empty["revision"], empty["changes"], empty["last_version"]) == (2, [], 1)
        assert empty["advice"] == body["advice"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"kind": "drop", "course": "a"}, "changes.0.drop.reason"),
            ({"kind": "drop", "course": "a", "reason": " "}, "changes.0.drop.reason"),
            ({"kind": "drop", "course": "A b", "reason": "x"}, "changes.0.drop.course"),
            ({"kind": "note", "course": "a", "text": "\x00"}, "changes.0.note.text"),
            (
                {"kind": "change", "course": "a", "reason": "x", "mandatory": "ja"},
                "changes.0.change.mandatory",
            ),
            (
                {"kind": "add", "course": "a", "reason": "x", "goals": ["doel"]},
                "changes.0.add.goals.0",
            ),
            ({"kind": "weg", "course": "a"}, "changes.0"),
        ],
    )
    def test_what_cannot_be_read(self, change: dict[str, Any], field: str) -> None:
        stage = Stage()
        response = client_for(stage.trainer).call(
            "put", at(stage, "/advice-desk"), {"revision": 0, "changes": [change]}
        )
        assert (codes(response), fields(response)) == ((422, "invalid_input"), [field])

    def test_what_cannot_be_done_names_its_place(self) -> None:
        stage = Stage().submitted()
        response = client_for(stage.trainer).call(
            "put",
            at(stage, "/advice-desk"),
            {
                "revision": 0,
                "changes": [{"kind": "drop", "course": "bestaat-niet", "reason": "x"}],
            },
        )
        assert (codes(response), fields(response)) == ((422, "not_in_advice"), ["changes.0"])


class TestDecisions:
    def test_declined_first_and_told_in_the_next_round(self) -> None:
        stage = Stage().advised()
        lead, trainer = client_for(stage.lead), client_for(stage.trainer)
        with stage.as_lead.entered():
            content = AdviceVersion.objects.get().content
        one, other = ((item["course"], item["title"]) for item in content["items"][:2])
        answer = lead.call(
            "put",
            at(stage, "/advice-decisions"),
            {
                "version": 1,
                "decisions": [
                    {"course": one[0], "accepted": True},
                    {"course": other[0], "accepted": False, "reason": "Te lang. 123456782"},
                ],
            },
        ).json()
        assert [
            {name: item[name] for name in item if name not in {"decided_at", "findings"}}
            for item in answer["items"]
        ] == [
            {
                "version": 1,
                "course": other[0],
                "course_title": other[1],
                "accepted": False,
                "reason": "Te lang. 123456782",
            },
            {
                "version": 1,
                "course": one[0],
                "course_title": one[1],
                "accepted": True,
                "reason": "",
            },
        ]
        assert [
            [(one["code"], one["field"]) for one in item["findings"]] for item in answer["items"]
        ] == [[("bsn_in_text", "reason")], []]
        assert lead.call("get", at(stage, "/advice-decisions")).json() == answer
        trainer.call(
            "put",
            at(stage, "/advice-desk"),
            {"revision": 0, "changes": [{"kind": "drop", "course": other[0], "reason": "Goed."}]},
        )
        trainer.call("post", at(stage, "/advise"), {})
        told = lead.call("get", at(stage, "/advice/2/changes")).json()
        assert told == {
            "version": 2,
            "before": 1,
            "changes": [
                {
                    "kind": "dropped",
                    "course": other[0],
                    "course_title": other[1],
                    "text": f"Vervallen: {other[1]}, omdat: Goed.",
                }
            ],
            "decisions": answer["items"],
        }
        assert lead.call("get", at(stage, "/advice/1/changes")).json() == {
            "version": 1,
            "before": None,
            "changes": [],
            "decisions": [],
        }
        assert codes(lead.call("get", at(stage, "/advice/3/changes"))) == (404, "not_found")
        # The new version keeps what was decided on what is the same.
        now = lead.call("get", at(stage, "/advice-decisions")).json()["items"]
        assert [(item["version"], item["course"]) for item in now] == [(2, one[0])]
        before = lead.call("get", at(stage, "/advice-decisions?version=1")).json()
        assert before == answer

    def test_only_on_the_latest_and_with_a_reason(self) -> None:
        stage = Stage().advised()
        lead = client_for(stage.lead)
        with stage.as_lead.entered():
            course = AdviceVersion.objects.get().content["items"][0]["course"]
        for version, decision, expected in (
            (2, {"course": course, "accepted": True}, (409, "newer_advice")),
            (1, {"course": course, "accepted": False}, (422, "reason_missing")),
            (1, {"course": "vreemd", "accepted": True}, (422, "not_in_advice")),
            (0, {"course": course, "accepted": True}, (422, "invalid_input")),
        ):
            body = {"version": version, "decisions": [decision]}
            assert codes(lead.call("put", at(stage, "/advice-decisions"), body)) == expected
        assert lead.call("get", at(stage, "/advice-decisions")).json()["count"] == 0

    def test_lists_take_as_many_queries_for_three_as_for_one(self) -> None:
        stage = Stage().advised()
        lead = client_for(stage.lead)
        with stage.as_lead.entered():
            items = AdviceVersion.objects.get().content["items"]
        found = []
        for item in items[:3]:
            decision = {"course": item["course"], "accepted": False, "reason": "Nee."}
            body = {"version": 1, "decisions": [decision]}
            lead.call("put", at(stage, "/advice-decisions"), body)
            with CaptureQueriesContext(connection) as captured:
                count = lead.call("get", at(stage, "/advice-decisions")).json()["count"]
            found.append((count, len(captured)))
        assert [count for count, _ in found] == [1, 2, 3]
        assert len({queries for _, queries in found}) == 1

    def test_before_there_is_an_advice_there_are_none(self) -> None:
        stage = Stage()
        response = client_for(stage.lead).call("get", at(stage, "/advice-decisions"))
        assert response.json() == {"items": [], "count": 0}


class TestOwnCourses:
    BODY: dict[str, Any] = {
        "title": "Kijken bij de buren",
        "minutes": 30,
        "provider": "De buren",
        "url": "https://buren.test/cursus",
        "note": "Vraag het Ans.",
    }

    def test_added_changed_and_read(self) -> None:
        stage = Stage()
        client = client_for(stage.trainer)
        path = f"/schools/{stage.school.pk}/own-courses"
        response = client.call("post", path, self.BODY)
        made = response.json()
        expected = self.BODY | {
            "id": made["id"],
            "course": made["course"],
            "school": str(stage.school.pk),
            "in_use": True,
            "findings": [],
        }
        assert (response.status_code, made) == (201, expected)
        changed = client.call(
            "patch", f"/own-courses/{made['id']}", {"minutes": 40, "url": "", "in_use": False}
        )
        expected |= {"minutes": 40, "url": "", "in_use": False}
        assert changed.json() == expected
        noted = client.call("patch", f"/own-courses/{made['id']}", {"note": "123456782"}).json()
        assert [(one["code"], one["field"]) for one in noted["findings"]] == [
            ("bsn_in_text", "note")
        ]
        client.call("patch", f"/own-courses/{made['id']}", {"note": self.BODY["note"]})
        listed = client_for(stage.member).call("get", path).json()
        assert listed == {"items": [expected], "count": 1}
        stranger = client_for(Stage().trainer)
        assert codes(stranger.call("get", path)) == (404, "not_found")
        assert codes(stranger.call("patch", f"/own-courses/{made['id']}", {})) == (
            404,
            "not_found",
        )

    def test_a_repeated_request_adds_one(self) -> None:
        stage = Stage()
        client = client_for(stage.trainer)
        path = f"/schools/{stage.school.pk}/own-courses"
        for _ in range(2):
            client.call("post", path, self.BODY, headers={"Idempotency-Key": "eigen"})
        assert client.call("get", path).json()["count"] == 1

    def test_the_public_never_sees_it(self, api: Any) -> None:
        stage = Stage()
        client_for(stage.trainer).call("post", f"/schools/{stage.school.pk}/own-courses", self.BODY)
        assert api.call("get", "/courses?q=buren").json()["count"] == 0

    def test_what_the_catalogue_does_not_ship_has_no_override(self) -> None:
        stage = Stage()
        client = client_for(stage.trainer)
        school = f"/schools/{stage.school.pk}"
        slug = client.call("post", f"{school}/own-courses", self.BODY).json()["course"]
        assert codes(client.call("get", f"{school}/course-overrides/{slug}")) == (404, "not_found")

    def test_what_cannot_be_read(self) -> None:
        school = make_school()
        stage = Stage(school)
        client = client_for(stage.trainer)
        for change, field in (
            ({"title": " "}, "title"),
            ({"minutes": 0}, "minutes"),
            ({"url": "javascript:alert(1)"}, "url"),
            ({"note": "\ud800"}, "note"),
            ({"origin": "shipped"}, "origin"),
        ):
            response = client.call("post", f"/schools/{school.pk}/own-courses", self.BODY | change)
            assert codes(response)[0] == 422
            assert field in fields(response)[0]

    def test_as_many_queries_for_three_as_for_one(self) -> None:
        stage = Stage()
        client = client_for(stage.trainer)
        path = f"/schools/{stage.school.pk}/own-courses"
        client.call("get", path)
        found = []
        for _ in range(3):
            client.call("post", path, self.BODY)
            with CaptureQueriesContext(connection) as captured:
                count = client.call("get", path).json()["count"]
            found.append((count, len(captured)))
        assert [count for count, _ in found] == [1, 2, 3]
        assert len({queries for _, queries in found}) == 1
