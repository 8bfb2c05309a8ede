"""The ledger of hours over HTTP: what stands in it, and who sees whose."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from routekaart.access import Role
from routekaart.actions.planning.hours_agreements import record_agreement
from routekaart.domain.hours import own_hours_rule
from routekaart.models import Assignment, Person, Plan
from routekaart.queries.planning.problems import plan_from_json
from tests.makers import ApiClient, client_for, make_colleague, make_school
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def ledger(client: ApiClient, plan: Plan, query: str = "") -> Any:
    response = client.call("get", f"/plans/{plan.pk}/hours{query}")
    assert response.status_code == 200
    return response.json()


def test_individual_and_assigned_hours_apart() -> None:
    stage = Stage().assigned()
    with stage.as_lead.entered():
        stage.member.employments.update(fte="0.5", working_days=[1, 2])
        one = Assignment.objects.filter(person=stage.member)[0]
    record_agreement(by=stage.as_member, assignment_id=one.pk, agreed_on=TODAY, today=TODAY)
    plan = stage.make_plan()
    lead, member = ledger(client_for(stage.lead), plan)["items"]
    assert [(row["person"], row["name"]) for row in (lead, member)] == [
        (str(stage.lead.pk), "Lies Leider"),
        (str(stage.member.pk), "Mo Lid"),
    ]
    stored = {row.member_id: row for row in plan_from_json(plan.content).hours}
    rule = own_hours_rule("po", TODAY)
    assert rule is not None
    for row, minutes in ((lead, 83 * 60), (member, 83 * 30)):
        hours = stored[row["person"]]
        assert row["budget"] == {
            "minutes": minutes,
            "title": rule.title,
            "source": rule.source,
            "confidence": "A",
            "in_force": True,
            "valid_from": "2025-11-01",
            "valid_until": "2027-03-01",
            "unverified_since": str(rule.unverified_since),
            "note": rule.note,
        }
        assert row["lines"] == [
            {
                "activity": line.activity.value,
                "kind": line.kind.value,
                "minutes": line.minutes,
                "assumed_minutes": line.assumed_minutes,
            }
            for line in hours.lines
        ]
        for name in (
            "individual_minutes",
            "assigned_minutes",
            "assumed_minutes",
            "off_day_minutes",
        ):
            assert row[name] == getattr(hours, name)
    # The member agreed; a study day on a free day is marked.
    assert (lead["individual_minutes"], lead["off_day_minutes"]) == (0, 0)
    assert member["individual_minutes"] > 0
    assert member["off_day_minutes"] == 420


def test_a_rule_that_has_run_out_says_so() -> None:
    stage = Stage(make_school(sector="vo")).planned()
    [budget] = {
        (row["budget"]["confidence"], row["budget"]["in_force"])
        for row in ledger(client_for(stage.lead), stage.plan)["items"]
    }
    assert budget == ("C", False)


def test_a_plan_from_before_there_was_a_rule_has_no_budget() -> None:
    stage = Stage().planned()
    for row in stage.plan.content["hours"]:
        row["budget_minutes"] = None
    with stage.as_lead.entered():
        Plan._base_manager.update(content=stage.plan.content)
    rows = ledger(client_for(stage.lead), stage.plan)["items"]
    assert [row["budget"] for row in rows] == [None, None]


def test_who_sees_whose() -> None:
    stage = Stage().planned()
    lead, member = str(stage.lead.pk), str(stage.member.pk)
    board = make_colleague(stage.team, Role.BOARD)
    for person, seen in (
        (stage.lead, [lead, member]),
        (stage.trainer, [lead, member]),
        (stage.member, [member]),
        (stage.director, []),
        (board, []),
    ):
        found = ledger(client_for(person), stage.plan)
        assert ([row["person"] for row in found["items"]], found["count"]) == (seen, len(seen))
    for stranger, plan in ((Stage().lead, stage.plan.pk), (stage.lead, uuid4())):
        response = client_for(stranger).call("get", f"/plans/{plan}/hours")
        assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_in_pages_by_name() -> None:
    stage = Stage()
    make_colleague(stage.team, name="Anna Eerst")
    stage.planned()
    client = client_for(stage.trainer)
    first = ledger(client, stage.plan, "?limit=2")
    rest = ledger(client, stage.plan, "?limit=2&offset=2")
    assert [row["name"] for row in first["items"]] == ["Anna Eerst", "Lies Leider"]
    assert [row["name"] for row in rest["items"]] == ["Mo Lid"]
    assert (first["count"], rest["count"]) == (3, 3)


def test_who_is_gone_keeps_the_hours_and_loses_the_name() -> None:
    stage = Stage().planned()
    with stage.as_lead.entered():
        Person.objects.filter(pk=stage.member.pk).delete()
    gone, lead = ledger(client_for(stage.lead), stage.plan)["items"]
    assert (gone["person"], gone["name"]) == (str(stage.member.pk), None)
    assert lead["name"] == "Lies Leider"


def test_as_many_queries_for_three_people_as_for_one() -> None:
    def queries(colleagues: int) -> tuple[int, int]:
        stage = Stage()
        for number in range(colleagues):
            make_colleague(stage.team, name=f"Collega {number}")
        stage.planned()
        client = client_for(stage.lead)
        ledger(client, stage.plan)  # the first use of a token is noted
        with CaptureQueriesContext(connection) as captured:
            count = ledger(client, stage.plan)["count"]
        return count, len(captured)

    few, many = queries(0), queries(2)
    assert (few[0], many[0]) == (2, 4)
    assert few[1] == many[1]
