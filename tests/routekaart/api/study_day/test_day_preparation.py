"""Notes, topics, the programme and the steps of a study day over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.clock import standing_at
from routekaart.models import StudyDay, Topic
from tests.makers import ApiClient, client_for
from tests.stages import Stage
from tests.underway import colleague, noted, put_day_in_state, put_in_state, underway

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
BLOCK: dict[str, Any] = {"start": "08:30", "minutes": 420, "kind": "practice", "title": "Doen"}


def at(stage: Stage, rest: str = "") -> str:
    return f"/study-days/{stage.study_day.pk}{rest}"


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def fields(response: Any) -> list[str]:
    return [error["field"] for error in response.json()["errors"]]


def queries(client: ApiClient, path: str) -> int:
    client.call("get", path)  # the first use of a token is noted
    with CaptureQueriesContext(connection) as captured:
        assert client.call("get", path).status_code == 200
    return len(captured)


class TestNotes:
    def test_there_and_back_again(self) -> None:
        stage = underway()
        client, lead = client_for(stage.member), client_for(stage.lead)
        body = {"kind": "question", "text": " Hoe begin je? ", "goal": str(stage.goal.pk)}
        response = client.call("post", at(stage, "/notes"), body)
        made = response.json()
        expected = {
            "id": made["id"],
            "study_day": str(stage.study_day.pk),
            "kind": "question",
            "text": "Hoe begin je?",
            "goal": str(stage.goal.pk),
            "course": None,
            "work_group": None,
            "author": str(stage.member.pk),
            "author_name": "Mo Lid",
            "revision": 1,
            "shared_at": None,
            "topic": None,
            "created_at": made["created_at"],
            "changed_at": made["changed_at"],
            "findings": [],
        }
        assert (response.status_code, made) == (201, expected)
        path = f"/notes/{made['id']}"
        assert codes(lead.call("patch", path, {"revision": 1, "text": "x"})) == (404, "not_found")
        changed = client.call(
            "patch", path, {"revision": 1, "text": "Nr 123456782?", "goal": None, "kind": None}
        ).json()
        assert (changed["text"], changed["goal"], changed["revision"]) == (
            "Nr 123456782?",
            None,
            2,
        )
        assert [finding["code"] for finding in changed["findings"]] == ["bsn_in_text"]
        stale = client.call("patch", path, {"revision": 1, "text": "Te laat"})
        assert codes(stale) == (409, "stale_revision")
        versions = client.call("get", f"{path}/versions").json()
        (version,) = versions["items"]
        assert versions["count"] == 1
        assert version == {
            "revision": 1,
            "kind": "question",
            "text": "Hoe begin je?",
            "replaced_at": version["replaced_at"],
            "replaced_by": "Mo Lid",
        }
        assert lead.call("get", at(stage, "/notes")).json()["count"] == 0
        assert client.call("post", f"{path}/share").json()["shared_at"] is not None
        assert lead.call("get", at(stage, "/notes")).json()["count"] == 1
        assert codes(lead.call("get", f"{path}/versions")) == (403, "forbidden")
        assert client.call("post", f"{path}/unshare").json()["shared_at"] is None
        assert client.call("delete", path).status_code == 204
        assert codes(client.call("delete", path)) == (404, "not_found")

    def test_lists_are_filtered(self) -> None:
        stage = underway()
        noted(stage, "van mij")
        noted(stage, "wens", author=stage.lead, kind="wish")
        client = client_for(stage.member)

        def listed(query: str) -> list[str]:
            items = client.call("get", at(stage, f"/notes?{query}")).json()["items"]
            return [item["text"] for item in items]

        assert listed("") == ["van mij", "wens"]
        assert listed("kind=wish") == ["wens"]
        assert listed("own=true") == ["van mij"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"kind": "idee"}, "kind"),
            ({"text": " \n"}, "text"),
            ({"text": "a\x00"}, "text"),
            ({"text": "x" * 10_001}, "text"),
            ({"goal": "doel"}, "goal"),
            ({"course": "Een cursus"}, "course"),
            ({"prive": True}, "prive"),
        ],
    )
    def test_what_cannot_be_read(self, change: dict[str, Any], field: str) -> None:
        stage = underway()
        body = {"kind": "wish", "text": "Meer tijd"} | change
        response = client_for(stage.member).call("post", at(stage, "/notes"), body)
        assert (codes(response), fields(response)) == ((422, "invalid_input"), [field])

    def test_a_repeated_request_adds_one(self) -> None:
        stage = underway()
        client = client_for(stage.member)
        body, key = {"kind": "wish", "text": "Meer tijd"}, {"HTTP_IDEMPOTENCY_KEY": "a"}
        first, again = (client.call("post", at(stage, "/notes"), body, **key) for _ in range(2))
        assert (again.status_code, again.json()) == (201, first.json())
        assert client.call("get", at(stage, "/notes")).json()["count"] == 1

    def test_a_closed_day(self) -> None:
        stage = underway()
        put_day_in_state(stage.study_day, "closed")
        response = client_for(stage.member).call(
            "post", at(stage, "/notes"), {"kind": "wish", "text": "Meer tijd"}
        )
        assert codes(response) == (409, "day_closed")


class TestTopics:
    def test_there_and_back_again(self) -> None:
        stage = underway()
        note = noted(stage, "Rekenen buiten?")
        client, member = client_for(stage.trainer), client_for(stage.member)
        assert member.call("get", at(stage, "/topic-suggestions")).json() == {
            "items": [
                {
                    "title": "Rekenen buiten?",
                    "kind": "question",
                    "goal": None,
                    "reason": "Deze notitie staat op zichzelf.",
                    "notes": [str(note.pk)],
                }
            ],
            "count": 1,
        }
        body = {"programme_revision": 0, "title": "Buiten", "notes": [str(note.pk)]}
        response = client.call("post", at(stage, "/topics"), body)
        made = response.json()
        expected = {
            "id": made["id"],
            "study_day": str(stage.study_day.pk),
            "programme_revision": 1,
            "title": "Buiten",
            "goal": None,
            "state": "open",
            "position": 1,
            "answer": "",
            "block": None,
            "notes": [str(note.pk)],
            "votes": 0,
            "voted": False,
        }
        assert (response.status_code, made) == (201, expected)
        path = f"/topics/{made['id']}"
        voted = member.call("post", f"{path}/vote").json()
        assert voted == expected | {"votes": 1, "voted": True}
        # Others see the number only.
        assert client.call("get", at(stage, "/topics")).json() == {
            "items": [expected | {"votes": 1}],
            "count": 1,
        }
        assert member.call("post", f"{path}/unvote").json() == expected
        stale = client.call("patch", path, {"programme_revision": 0, "title": "x"})
        assert codes(stale) == (409, "stale_revision")
        changed = client.call(
            "patch", path, {"programme_revision": 1, "title": None, "goal": str(stage.goal.pk)}
        ).json()
        expected |= {"programme_revision": 2, "goal": str(stage.goal.pk)}
        assert changed == expected
        parked = client.call("post", f"{path}/park", {"programme_revision": 2}).json()
        assert parked == expected | {"programme_revision": 3, "state": "parked"}
        body = {"programme_revision": 3, "blocks": [BLOCK]}
        block = client.call("put", at(stage, "/programme"), body).json()["blocks"][0]["id"]
        body = {"programme_revision": 4, "block": block}
        placed = client.call("post", f"{path}/schedule", body).json()
        assert (placed["state"], placed["block"]) == ("scheduled", block)
        body = {"programme_revision": 5, "answer": "Ja, met krijt."}
        answered = client.call("post", f"{path}/answer", body).json()
        assert (answered["state"], answered["answer"]) == ("answered", "Ja, met krijt.")
        again = client.call("post", f"{path}/reopen", {"programme_revision": 6}).json()
        assert (again["state"], again["block"]) == ("open", None)
        emptied = client.call("put", f"{path}/notes", {"programme_revision": 7, "notes": []}).json()
        assert emptied["notes"] == []

    def test_merging_answers_with_the_one_that_stays(self) -> None:
        stage = underway()
        client = client_for(stage.lead)
        one, two = (
            client.call(
                "post", at(stage, "/topics"), {"programme_revision": number, "title": "Buiten"}
            ).json()["id"]
            for number in range(2)
        )
        merged = client.call("post", f"/topics/{one}/merge", {"programme_revision": 2, "into": two})
        assert (merged.status_code, merged.json()["id"]) == (200, two)
        assert codes(client.call("post", f"/topics/{one}/vote")) == (404, "not_found")


class TestProgramme:
    def test_there_and_back_again(self) -> None:
        stage = underway()
        client = client_for(stage.lead)
        body: dict[str, Any] = {
            "programme_revision": 0,
            "blocks": [
                BLOCK
                | {
                    "room": "Aula",
                    "goal": str(stage.goal.pk),
                    "items": ["Vraag"],
                    "people": [{"person": str(stage.trainer.pk), "leads": True}],
                }
            ],
        }
        saved = client.call("put", at(stage, "/programme"), body)
        made = saved.json()
        assert (saved.status_code, made) == (
            200,
            {
                "study_day": str(stage.study_day.pk),
                "programme_revision": 1,
                "suggested": False,
                "blocks": [
                    body["blocks"][0]
                    | {"id": made["blocks"][0]["id"], "text": "", "track": "", "topics": []}
                ],
                "findings": [],
            },
        )
        assert client.call("get", at(stage, "/programme")).json() == made
        assert codes(client.call("put", at(stage, "/programme"), body)) == (409, "stale_revision")
        short = {"programme_revision": 1, "blocks": [BLOCK | {"minutes": 60}]}
        refused = client.call("put", at(stage, "/programme"), short)
        assert codes(refused) == (422, "rules_broken")
        assert [(one["code"], one["field"]) for one in refused.json()["findings"]] == [
            ("programme_gap", "blocks")
        ]
        assert client.call("get", at(stage, "/programme")).json() == made

    def test_what_is_suggested_can_be_stored(self) -> None:
        stage = Stage().planned()
        client = client_for(stage.trainer)
        suggested = client.call("get", at(stage, "/programme")).json()
        assert (suggested["suggested"], suggested["blocks"][0]["id"]) == (True, None)
        stored = client.call(
            "post", at(stage, "/programme/suggest"), {"programme_revision": 0}
        ).json()
        assert (stored["suggested"], stored["programme_revision"]) == (False, 1)

        def plain(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
            return [
                {name: value for name, value in block.items() if name != "id"} for block in blocks
            ]

        assert plain(stored["blocks"]) == plain(suggested["blocks"])
        # What comes out goes in again.
        again = client.call(
            "put",
            at(stage, "/programme"),
            {"programme_revision": 1, "blocks": plain(suggested["blocks"])},
        )
        assert (again.status_code, plain(again.json()["blocks"])) == (200, plain(stored["blocks"]))

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"minutes": 0}, "blocks.0.minutes"),
            ({"start": "24:00"}, "blocks.0.start"),
            ({"kind": "pauze"}, "blocks.0.kind"),
            ({"title": ""}, "blocks.0.title"),
            ({"track": "x" * 101}, "blocks.0.track"),
            ({"items": [""]}, "blocks.0.items.0"),
            ({"people": [{"person": "Mo"}]}, "blocks.0.people.0.person"),
        ],
    )
    def test_what_cannot_be_read(self, change: dict[str, Any], field: str) -> None:
        stage = underway()
        body = {"programme_revision": 0, "blocks": [BLOCK | change]}
        response = client_for(stage.lead).call("put", at(stage, "/programme"), body)
        assert (codes(response), fields(response)) == ((422, "invalid_input"), [field])


class TestSteps:
    def test_readiness_and_moments(self) -> None:
        stage = underway()
        client = client_for(stage.lead)
        found = client.call("get", at(stage, "/readiness")).json()
        board = client.call("get", f"/routekaarten/{stage.routekaart.pk}/readiness").json()
        assert board == {"items": [found], "count": 1}
        assert (found["date"], found["state"]) == ("2026-11-04", "preparing")
        assert (found["preparation_asked"], found["preparation_done"]) == (None, None)
        assert [(check["code"], check["ok"]) for check in found["checks"]] == [
            ("goal", False),
            ("preparation", False),
            ("follow_up", False),
            ("conflicts", True),
            ("programme", False),
            ("open_questions", True),
        ]
        assert [
            (moment["working_days_before"], moment["date"], moment["ok"])
            for moment in found["moments"]
        ] == [(5, "2026-10-28", False), (1, "2026-11-03", False)]
        body = {"follow_up_on": "2026-12-02"}
        moved = client.call("patch", at(stage, "/moments"), body).json()
        assert (moved["follow_up_on"], moved["evaluation_on"]) == ("2026-12-02", None)
        assert moved["findings"] == []
        closed = {"evaluation_on": "2026-12-28"}
        (told,) = client.call("patch", at(stage, "/moments"), closed).json()["findings"]
        assert (told["code"], told["field"]) == ("appointment_on_closed_day", "evaluation_on")
        assert told["message"] == (
            "De evaluatie is op maandag 28 december 2026. Dan is de school dicht "
            "(Kerstvakantie). Kies een andere dag."
        )
        found = client.call("get", at(stage, "/readiness")).json()
        assert found["follow_up_on"] == "2026-12-02"

    def test_from_step_to_step(self) -> None:
        stage = underway()
        client = client_for(stage.lead)
        assert codes(client.call("post", at(stage, "/ready"))) == (422, "rules_broken")
        assert client.call("post", at(stage, "/back-to-preparing")).json()["state"] == "preparing"
        assert codes(client.call("post", at(stage, "/close"), {})) == (409, "wrong_state")
        put_day_in_state(stage.study_day, "closed")
        assert client.call("post", at(stage, "/reopen")).json()["state"] == "ready"
        day_before = datetime(2026, 11, 3, 12, tzinfo=UTC)
        with standing_at(day_before):
            early = client.call("post", at(stage, "/close"), {"outcome": "Veel geleerd."})
        assert codes(early) == (409, "day_not_held")
        with standing_at(day_before + timedelta(days=1)):
            refused = client.call("post", at(stage, "/close"), {"outcome": "Veel geleerd."})
        assert [finding["code"] for finding in refused.json()["findings"]] == [
            "day_without_agreement",
            "day_without_evaluation",
        ]
        with scopes_disabled():
            assert StudyDay.objects.get(pk=stage.study_day.pk).outcome == ""


def test_lists_take_as_many_queries_for_three_as_for_one() -> None:
    stage = underway()
    client = client_for(stage.lead)
    paths = [
        at(stage, "/notes"),
        at(stage, "/topics"),
        at(stage, "/topic-suggestions"),
        at(stage, "/programme"),
        f"/routekaarten/{stage.routekaart.pk}/readiness",
    ]

    def more(number: int) -> None:
        with scopes_disabled():
            topic = Topic.objects.create(study_day=stage.study_day, title=f"Topic {number}")
        note = noted(stage, author=colleague(stage))
        with scopes_disabled():
            type(note).objects.filter(pk=note.pk).update(topic=topic)
        noted(stage, f"los {number}", author=colleague(stage))

    def programme(revision: int, count: int) -> None:
        minutes = 420 // count
        blocks = [
            BLOCK
            | {
                "start": f"{(510 + minutes * number) // 60:02}:{(510 + minutes * number) % 60:02}",
                "minutes": minutes,
                "people": [{"person": str(stage.member.pk)}],
            }
            for number in range(count)
        ]
        body = {"programme_revision": revision, "blocks": blocks}
        assert client.call("put", at(stage, "/programme"), body).status_code == 200

    more(0)
    programme(0, 1)
    before = [queries(client, path) for path in paths]
    for number in (1, 2):
        more(number)
    programme(1, 3)
    put_in_state(stage, "accepted")
    for month in (12, 2):
        stage.add_study_day(date=stage.study_day.date.replace(month=month, year=2027 - month // 12))
    assert [queries(client, path) for path in paths] == before
