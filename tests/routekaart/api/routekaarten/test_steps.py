"""What the rules say, and the steps from state to state, over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.makers import client_for
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def at(stage: Stage, rest: str = "") -> str:
    return f"/routekaarten/{stage.routekaart.pk}{rest}"


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


class TestFindings:
    def test_of_an_empty_draft(self) -> None:
        stage = Stage()
        assert client_for(stage.lead).call("get", at(stage, "/findings")).json() == {
            "findings": [
                {
                    "code": "no_goal",
                    "severity": "error",
                    "message": "Er is nog geen ontwikkeldoel. "
                    "Schrijf op wat jullie gaan leren: 'Wij leren …'.",
                    "intervention": None,
                    "goal": None,
                    "course": None,
                    "point": None,
                    "field": "goals",
                },
                {
                    "code": "no_study_days",
                    "severity": "warning",
                    "message": "Er is nog geen studiedag of studiemiddag, dus er valt niets te "
                    "plannen. Voeg er een toe; als de datum nog niet vaststaat, mag het een "
                    "kandidaatdatum zijn.",
                    "intervention": None,
                    "goal": None,
                    "course": None,
                    "point": None,
                    "field": "study_days",
                },
            ],
            "blocks_submit": True,
        }

    def test_warnings_do_not_block(self) -> None:
        stage = Stage().filled()
        found = client_for(stage.director).call("get", at(stage, "/findings")).json()
        assert {finding["severity"] for finding in found["findings"]} <= {"warning", "info"}
        assert found["blocks_submit"] is False

    def test_a_broken_rule_is_a_422_with_everything_that_blocks(self) -> None:
        stage = Stage()
        stage.choose("professionalisering", "instructie-in-kleine-groepen")
        response = client_for(stage.lead).call("post", at(stage, "/submit"))
        assert codes(response) == (422, "rules_broken")
        problem = response.json()
        assert problem["detail"] == "Dit kan nog niet: los eerst de bevindingen op."
        assert [(item["code"], item["severity"]) for item in problem["findings"]] == [
            ("f_not_linked", "error"),
            ("no_goal", "error"),
            ("consider_first_unanswered", "question"),
        ]
        assert stage.fresh().state == "draft"


class TestSteps:
    def test_submit_withdraw_return_and_approve(self) -> None:
        stage = Stage().filled()
        lead, director = client_for(stage.lead), client_for(stage.director)
        assert lead.call("post", at(stage, "/submit")).json()["state_label"] == "ingediend"
        assert codes(lead.call("post", at(stage, "/submit"))) == (409, "wrong_state")
        assert lead.call("post", at(stage, "/withdraw")).json()["state"] == "draft"
        lead.call("post", at(stage, "/submit"))
        client_for(stage.trainer).call("post", at(stage, "/advise"), {})
        assert codes(lead.call("post", at(stage, "/withdraw"))) == (409, "wrong_state")
        lead.call("post", at(stage, "/accept"))
        lead.call("post", at(stage, "/assignments"), {})
        lead.call("post", at(stage, "/plans"))
        returned = director.call("post", at(stage, "/return"), {"comment": " Te vol. "}).json()
        assert (returned["state"], returned["return_comment"]) == ("accepted", "Te vol.")
        lead.call("post", at(stage, "/plans"))
        today = timezone.localdate().isoformat()
        approved = director.call(
            "post", at(stage, "/approve"), {"mr_date": today, "plan_version": 1}
        ).json()
        assert (
            approved["state"],
            approved["state_label"],
            approved["approved_on"],
            approved["mr_date"],
            approved["return_comment"],
        ) == ("approved", "vastgesteld", today, today, "")

    def test_what_an_approval_cannot_hold(self) -> None:
        stage = Stage().planned()
        director = client_for(stage.director)
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        answers = [
            codes(director.call("post", at(stage, "/approve"), body))
            for body in (
                {"mr_date": tomorrow},
                {"mr_date": "2026-02-30"},
                {"mr_date": "gisteren"},
                {"plan_version": 0},
                {"op": "vandaag"},
            )
        ]
        assert answers == [(422, "in_the_future")] + [(422, "invalid_input")] * 4
        assert codes(director.call("post", at(stage, "/approve"), {"plan_version": 2})) == (
            409,
            "newer_plan",
        )
        assert codes(director.call("post", at(stage, "/return"), {"comment": " "})) == (
            422,
            "invalid_input",
        )

    def test_a_plan_that_no_longer_fits(self) -> None:
        stage = Stage().planned()
        lead, director = client_for(stage.lead), client_for(stage.director)
        lead.call("patch", at(stage), {"weekly_minutes": 30})
        assert codes(director.call("post", at(stage, "/approve"), {})) == (409, "plan_outdated")
        assert lead.call("post", at(stage, "/plans")).json()["version"] == 2
        assert director.call("post", at(stage, "/approve"), {}).json()["state"] == "approved"
        assert codes(lead.call("patch", at(stage), {"weekly_minutes": 45})) == (409, "wrong_state")


class TestConsent:
    def test_the_mr_agreed_after_the_approval(self) -> None:
        stage = Stage().approved()
        director = client_for(stage.director)
        today = timezone.localdate()
        found = director.call("post", at(stage, "/mr-consent"), {"mr_date": today.isoformat()})
        assert (found.status_code, found.json()["mr_date"]) == (200, today.isoformat())
        assert found.json() == director.call("get", at(stage)).json()
        assert (stage.fresh().state, stage.fresh().mr_date) == ("approved", today)

    def test_what_is_no_consent(self) -> None:
        stage = Stage().planned()
        director = client_for(stage.director)
        today = timezone.localdate()
        tomorrow = (today + timedelta(days=1)).isoformat()
        answers = [
            codes(director.call("post", at(stage, "/mr-consent"), body))
            for body in ({"mr_date": tomorrow}, {}, {"mr_date": today.isoformat()})
        ]
        # Before the approval it goes along with that.
        assert answers == [(422, "in_the_future"), (422, "invalid_input"), (409, "wrong_state")]
        assert stage.fresh().mr_date is None
