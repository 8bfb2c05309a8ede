"""Routekaarten over HTTP: filling in, findings, the steps, and who gets what answer."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.catalogue import current_catalogue
from routekaart.access import Role
from routekaart.actions.routekaarten.goals import GivenAnswer, save_answers
from tests.makers import ApiClient, client_for, make_colleague, make_person, make_routekaart
from tests.stages import INTERVENTION, Stage
from tests.underway import put_in_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def at(stage: Stage, rest: str = "") -> str:
    return f"/routekaarten/{stage.routekaart.pk}{rest}"


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def empty_reply(stage: Stage, identity: str, **changes: Any) -> dict[str, Any]:
    reply: dict[str, Any] = {
        "id": identity,
        "team": str(stage.team.pk),
        "team_name": "Onderbouw",
        "school": str(stage.school.pk),
        "school_year": "2026-2027",
        "state": "draft",
        "state_label": "concept",
        "reason": "",
        "looking_back": "",
        "funding": "own",
        "platforms": [],
        "weekly_minutes": 60,
        "window_weeks": 6,
        "deadline_workdays": 5,
        "goals_per_day": None,
        "most_candidate_days": None,
        "wait_for_all": False,
        "plg_rhythm_weeks": 4,
        "plg_minutes": 90,
        "plg_minimum_meetings": 1,
        "follow_up_weeks": 4,
        "evaluation_weeks": 10,
        "lesson_visits": False,
        "meeting_weekday": None,
        "interventions": [],
        "facility_links": [],
        "answers": [],
        "return_comment": "",
        "approved_on": None,
        "mr_date": None,
        "revision": 1,
    }
    return reply | changes


class TestCreate:
    def test_a_new_draft(self) -> None:
        stage = Stage()
        response = client_for(stage.member).call(
            "post",
            f"/teams/{stage.team.pk}/routekaarten",
            {"school_year": "2027-2028", "reason": "Lezen.\r\nEn schrijven."},
        )
        made = response.json()
        assert response.status_code == 201
        assert made == empty_reply(
            stage, made["id"], school_year="2027-2028", reason="Lezen.\nEn schrijven."
        )

    def test_with_how_the_team_plans(self) -> None:
        stage = Stage()
        planning = {"window_weeks": 4, "most_candidate_days": 2, "wait_for_all": True}
        made = (
            client_for(stage.member)
            .call(
                "post",
                f"/teams/{stage.team.pk}/routekaarten",
                {"school_year": "2027-2028", "goals_per_day": None, **planning},
            )
            .json()
        )
        assert made == empty_reply(stage, made["id"], school_year="2027-2028", **planning)

    def test_one_per_year(self) -> None:
        stage = Stage()
        response = client_for(stage.lead).call(
            "post", f"/teams/{stage.team.pk}/routekaarten", {"school_year": "2026-2027"}
        )
        assert codes(response) == (409, "routekaart_exists")

    @pytest.mark.parametrize(
        "year", ["2026", "2026-2028", "2027-2026", "26-27", "2026/2027", "٢٠٢٦-٢٠٢٧", 2026, None]
    )
    def test_an_impossible_year(self, year: Any) -> None:
        stage = Stage()
        response = client_for(stage.lead).call(
            "post", f"/teams/{stage.team.pk}/routekaarten", {"school_year": year}
        )
        assert codes(response) == (422, "invalid_input")
        assert [error["field"] for error in response.json()["errors"]] == ["school_year"]

    def test_a_repeated_request_makes_one(self) -> None:
        stage = Stage()
        client = client_for(stage.lead)
        path, body = f"/teams/{stage.team.pk}/routekaarten", {"school_year": "2027-2028"}
        first = client.call("post", path, body, headers={"Idempotency-Key": "een"})
        again = client.call("post", path, body, headers={"Idempotency-Key": "een"})
        assert (first.status_code, again.status_code) == (201, 201)
        assert again.json() == first.json()
        assert codes(client.call("post", path, body)) == (409, "routekaart_exists")

    def test_who_may(self) -> None:
        stage = Stage()
        path, body = f"/teams/{stage.team.pk}/routekaarten", {"school_year": "2027-2028"}
        answers = {
            person.name: client_for(person).call("post", path, body).status_code
            for person in (stage.trainer, stage.director, make_person("Vreemd"), stage.member)
        }
        assert answers == {
            "Tess Trainer": 403,
            "Dirk Directeur": 403,
            "Vreemd": 404,
            "Mo Lid": 201,
        }
        assert ApiClient().call("post", path, body).status_code == 401


class TestRead:
    def test_one_and_the_list(self) -> None:
        stage = Stage()
        client = client_for(stage.director)
        reply = empty_reply(stage, str(stage.routekaart.pk))
        assert client.call("get", at(stage)).json() == reply
        assert client.call("get", f"/teams/{stage.team.pk}/routekaarten").json() == {
            "items": [reply],
            "count": 1,
        }

    def test_as_many_queries_for_three_as_for_one(self) -> None:
        stage = Stage()
        client = client_for(stage.lead)
        path = f"/teams/{stage.team.pk}/routekaarten"
        client.call("get", path)  # the first use of a token is noted
        counts = []
        for year in (2027, 2028, 2029):
            with CaptureQueriesContext(connection) as captured:
                listed = client.call("get", path).json()["count"]
            counts.append((listed, len(captured)))
            make_routekaart(stage.team, school_year=year)
        assert [listed for listed, _ in counts] == [1, 2, 3]
        assert len({queries for _, queries in counts}) == 1

    def test_pages(self) -> None:
        stage = Stage()
        for year in (2027, 2028):
            make_routekaart(stage.team, school_year=year)
        path = f"/teams/{stage.team.pk}/routekaarten"
        client = client_for(stage.lead)
        page = client.call("get", f"{path}?limit=1&offset=1").json()
        assert ([item["school_year"] for item in page["items"]], page["count"]) == (
            ["2027-2028"],
            3,
        )
        assert codes(client.call("get", f"{path}?limit=0")) == (422, "invalid_input")
        assert codes(client.call("get", f"{path}?jaar=2026")) == (422, "invalid_input")

    def test_a_stranger_gets_404(self) -> None:
        stage = Stage()
        stranger = client_for(Stage().lead)
        for path in (at(stage), at(stage, "/findings"), f"/teams/{stage.team.pk}/routekaarten"):
            assert codes(stranger.call("get", path)) == (404, "not_found")
        lead = client_for(stage.lead)
        assert codes(lead.call("get", f"/routekaarten/{uuid4()}")) == (404, "not_found")
        assert codes(lead.call("get", "/routekaarten/1")) == (404, "not_found")

    def test_a_token_for_another_school_of_the_same_person_gets_404(self) -> None:
        stage, other = Stage(), Stage()
        make_colleague(other.team, Role.TRAINER)
        narrowed = client_for(stage.lead, [other.school])
        assert codes(narrowed.call("get", at(stage))) == (404, "not_found")
        assert client_for(stage.lead, [stage.school]).call("get", at(stage)).status_code == 200


class TestChange:
    def test_everything_at_once(self) -> None:
        stage = Stage()
        body = {
            "revision": 1,
            "reason": "Rekenen.",
            "looking_back": "Vorig jaar.",
            "funding": "npo",
            "platforms": ["microsoft", "google"],
            "weekly_minutes": 45,
            "deadline_workdays": 3,
            "plg_rhythm_weeks": 6,
            "plg_minutes": 75,
            "window_weeks": 8,
            "goals_per_day": 2,
            "most_candidate_days": 0,
            "wait_for_all": True,
            "plg_minimum_meetings": 0,
            "follow_up_weeks": 5,
            "evaluation_weeks": 15,
            "lesson_visits": True,
            "meeting_weekday": 4,
            "interventions": [
                {"intervention": "directe-instructie"},
                {
                    "intervention": INTERVENTION,
                    "programme": "Programma",
                    "recognition": "effectief",
                    "parameters": {"sessions-per-week": 2.5},
                },
                {"intervention": "professionalisering"},
            ],
            "facility_links": [
                {
                    "facility": "professionalisering",
                    "intervention": INTERVENTION,
                    "reason": "Scholing nodig.",
                }
            ],
        }
        response = client_for(stage.lead).call("patch", at(stage), body)
        assert response.status_code == 200
        plain = {"programme": "", "recognition": "", "parameters": {}}
        assert response.json() == empty_reply(stage, str(stage.routekaart.pk)) | body | {
            "revision": 2,
            "interventions": [
                {"intervention": "directe-instructie"} | plain,
                # A JSON body has no type of its own.
                body["interventions"][1],  # type: ignore[index]
                {"intervention": "professionalisering"} | plain,
            ],
        }

    def test_null_and_left_out_change_nothing(self) -> None:
        stage = Stage()
        client = client_for(stage.lead)
        client.call("patch", at(stage), {"reason": "Blijft.", "platforms": ["google"]})
        client.call("patch", at(stage), {"wait_for_all": True})
        after = client.call(
            "patch", at(stage), {"reason": None, "funding": "other", "wait_for_all": None}
        ).json()
        assert after["wait_for_all"] is True
        assert (after["reason"], after["funding"], after["platforms"]) == (
            "Blijft.",
            "other",
            ["google"],
        )

    def test_null_takes_a_limit_away(self) -> None:
        stage = Stage()
        client = client_for(stage.lead)
        limits = ("goals_per_day", "most_candidate_days")
        client.call("patch", at(stage), dict.fromkeys(limits, 3))
        kept = client.call("patch", at(stage), {"reason": "x"}).json()
        assert [kept[name] for name in limits] == [3, 3]
        emptied = client.call("patch", at(stage), dict.fromkeys(limits)).json()
        assert [emptied[name] for name in limits] == [None, None]

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"funding": "geld"}, "funding"),
            ({"platforms": ["apple"]}, "platforms.0"),
            ({"platforms": ["google", "google"]}, "platforms"),
            ({"weekly_minutes": -1}, "weekly_minutes"),
            ({"weekly_minutes": "60"}, "weekly_minutes"),
            ({"weekly_minutes": 2401}, "weekly_minutes"),
            ({"deadline_workdays": 0}, "deadline_workdays"),
            ({"plg_rhythm_weeks": 0}, "plg_rhythm_weeks"),
            ({"plg_minutes": 14}, "plg_minutes"),
            ({"window_weeks": 0}, "window_weeks"),
            ({"window_weeks": 21}, "window_weeks"),
            ({"goals_per_day": 0}, "goals_per_day"),
            ({"goals_per_day": 7}, "goals_per_day"),
            ({"most_candidate_days": -1}, "most_candidate_days"),
            ({"wait_for_all": "ja"}, "wait_for_all"),
            ({"follow_up_weeks": 0}, "follow_up_weeks"),
            ({"evaluation_weeks": 0}, "evaluation_weeks"),
            ({"plg_minimum_meetings": -1}, "plg_minimum_meetings"),
            ({"lesson_visits": 1}, "lesson_visits"),
            ({"revision": 0}, "revision"),
            ({"state": "approved"}, "state"),
            ({"reason": "\x00"}, "reason"),
            ({"reason": "x" * 10_001}, "reason"),
            ({"interventions": [{"intervention": "Feed Back"}]}, "interventions.0.intervention"),
            ({"interventions": [{}]}, "interventions.0.intervention"),
            (
                {"interventions": [{"intervention": "feedback", "programme": "x" * 201}]},
                "interventions.0.programme",
            ),
            (
                {"interventions": [{"intervention": "feedback", "parameters": {"weken": -1}}]},
                "interventions.0.parameters.weken",
            ),
            (
                {
                    "facility_links": [
                        {"facility": "leermiddelen", "intervention": "feedback", "reason": "  "}
                    ]
                },
                "facility_links.0.reason",
            ),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_its_field(
        self, body: dict[str, Any], field: str
    ) -> None:
        stage = Stage()
        response = client_for(stage.lead).call("patch", at(stage), body)
        assert codes(response) == (422, "invalid_input")
        assert [error["field"] for error in response.json()["errors"]] == [field]
        assert stage.fresh().revision == 1

    @pytest.mark.parametrize("body", [b'{"reason": "\\ud800"}', b'{"reason": "\xff"}', b"[", b"1"])
    def test_what_is_no_text_is_refused(self, body: bytes) -> None:
        stage = Stage()
        response = client_for(stage.lead).call("patch", at(stage), body)
        assert response.status_code in {400, 422}
        assert response["Content-Type"] == "application/problem+json"
        assert stage.fresh().revision == 1

    def test_an_unknown_intervention_is_named_with_what_looks_like_it(self) -> None:
        stage = Stage()
        response = client_for(stage.lead).call(
            "patch", at(stage), {"interventions": [{"intervention": "feedbak"}]}
        )
        assert response.status_code == 422
        problem = response.json()
        assert [error["field"] for error in problem["errors"]] == ["interventions"]
        assert "feedback" in problem["detail"]

    def test_a_doubled_or_unchosen_intervention(self) -> None:
        stage = Stage()
        client = client_for(stage.lead)
        doubled = {"interventions": [{"intervention": INTERVENTION}] * 2}
        assert codes(client.call("patch", at(stage), doubled)) == (422, "bad_input")
        link = {
            "facility_links": [
                {"facility": "leermiddelen", "intervention": INTERVENTION, "reason": "x"}
            ]
        }
        assert codes(client.call("patch", at(stage), link)) == (422, "intervention_not_chosen")

    def test_a_stale_revision(self) -> None:
        stage = Stage()
        client = client_for(stage.lead)
        assert client.call("patch", at(stage), {"revision": 1, "reason": "a"}).status_code == 200
        response = client.call("patch", at(stage), {"revision": 1, "reason": "b"})
        assert codes(response) == (409, "stale_revision")

    def test_who_may(self) -> None:
        stage = Stage()
        body = {"reason": "x"}
        reader = make_colleague(stage.team, Role.MR_READER, name="Marie MR")
        board = make_colleague(stage.team, Role.BOARD, name="Bas Bestuur")
        answers = {
            person.name: client_for(person).call("patch", at(stage), body).status_code
            for person in (stage.member, stage.trainer, stage.director, reader, board)
        } | {"vreemd": client_for(Stage().lead).call("patch", at(stage), body).status_code}
        assert answers == {
            "Mo Lid": 200,
            "Tess Trainer": 403,
            "Dirk Directeur": 403,
            "Marie MR": 404,
            "Bas Bestuur": 403,
            "vreemd": 404,
        }


def test_answers_of_what_is_no_longer_chosen_are_not_shown() -> None:
    stage = Stage()
    stage.choose(INTERVENTION)
    point = current_catalogue().intervention_by_slug[INTERVENTION].attention_points[0].slug
    save_answers(
        by=stage.as_lead,
        routekaart_id=stage.routekaart.pk,
        answers=[GivenAnswer(INTERVENTION, point, "Ja.")],
    )
    client = client_for(stage.lead)
    assert client.call("get", at(stage)).json()["answers"] == [
        {"intervention": INTERVENTION, "point": point, "text": "Ja."}
    ]
    assert client.call("patch", at(stage), {"interventions": []}).json()["answers"] == []


def test_the_mr_reads_the_plan_and_not_what_the_rules_say() -> None:
    stage = Stage()
    put_in_state(stage, "approved")
    client = client_for(make_colleague(stage.team, Role.MR_READER))
    assert codes(client.call("get", at(stage, "/findings"))) == (403, "forbidden")
