"""Explanations and repairs over HTTP: from what does not fit to a plan in which it does."""

from itertools import count
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Plan, StudyDay
from tests.makers import ApiClient, client_for, make_colleague
from tests.short_of_time import as_lead_and_admin, set_minutes, short_stage
from tests.stages import Stage, coming_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def crowded() -> Stage:
    """Two goals, and one day with room for one of them."""
    stage, _ = short_stage(coming_year(), goals=2, goals_per_day=1)
    return stage


def asked(client: ApiClient, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    response = client.call(method, path, body)
    assert response.status_code == status, response.content
    return response.json()


def plan_over_http(client: ApiClient, stage: Stage) -> Any:
    return asked(client, "post", f"/routekaarten/{stage.routekaart.pk}/plans", status=201)


def test_from_an_explanation_by_a_repair_to_a_plan() -> None:
    stage = crowded()
    lead = client_for(stage.lead)
    plan = plan_over_http(lead, stage)
    explained = asked(lead, "get", f"/plans/{plan['id']}/explanation")
    assert (explained["is_current"], explained["complete"], explained["persons_shown"]) == (
        True,
        True,
        True,
    )
    (goal,) = explained["postponed"]
    (placed,) = explained["placed"]
    (day,) = goal["days"]
    assert (day["stop"], day["goals"], day["people"]) == ("no_room", [placed["goal"]], [])
    found = asked(lead, "get", f"/routekaarten/{stage.routekaart.pk}/repairs")
    assert [one["kind"] for one in found["repairs"]] == ["study_afternoon", "goals_per_day"]
    assert [one["may_apply"] for one in found["repairs"]] == [True, True]
    assert [one["changes"] for one in found["repairs"]] == [one["changes"] for one in goal["helps"]]
    repair = found["repairs"][0]
    path, body = f"/routekaarten/{stage.routekaart.pk}/repairs", {"repair": repair["id"]}
    applied = asked(lead, "post", path, body)
    assert (applied["repair"], applied["text"]) == (repair["id"], repair["text"])
    assert applied["next"].startswith("Het plan is nog niet veranderd.")
    with scopes_disabled():
        assert (StudyDay.objects.count(), Plan.objects.count()) == (2, 1)
    again = lead.call("post", path, body)
    assert (again.status_code, again.json()["code"]) == (409, "repair_outdated")
    # The old plan says that it is old, and a new one has both goals.
    assert not asked(lead, "get", f"/plans/{plan['id']}/explanation")["is_current"]
    new = plan_over_http(lead, stage)
    assert {item["goal_id"] for item in new["plan"]["placements"]} == {
        goal["goal"],
        placed["goal"],
    }
    assert asked(lead, "get", path)["repairs"] == []


def test_the_changes_of_a_help_are_what_a_preview_takes() -> None:
    short, _ = short_stage(coming_year(), wait_for_all=True)
    set_minutes(short, short.member, 10)
    for stage in (crowded(), short):
        lead = client_for(stage.lead)
        plan = plan_over_http(lead, stage)
        (goal,) = asked(lead, "get", f"/plans/{plan['id']}/explanation")["postponed"]
        assert goal["helps"] != []
        for one in goal["helps"]:
            body = {"routekaart": str(stage.routekaart.pk), "changes": one["changes"]}
            preview = asked(lead, "post", "/plans/preview", body)
            assert goal["goal"] in {item["goal_id"] for item in preview["plan"]["placements"]}


def test_what_others_may_not_see_is_not_in_the_answer() -> None:
    stage, _ = short_stage(coming_year(), wait_for_all=True)
    set_minutes(stage, stage.lead, 10)
    plan = plan_over_http(client_for(stage.lead), stage)
    for role in (Role.MEMBER, Role.DIRECTOR, Role.BOARD):
        reader = client_for(make_colleague(stage.team, role))
        response = reader.call("get", f"/plans/{plan['id']}/explanation")
        assert response.status_code == 200
        text = response.content.decode()
        assert str(stage.lead.pk) not in text
        assert "Lies" not in text
        assert not response.json()["persons_shown"]
        (goal,) = response.json()["postponed"]
        assert goal["helps"][0]["changes"] == []
        assert goal["days"][0]["people"][0]["people"] == 1


def test_who_may_not_carry_it_out_is_told_beforehand_and_refused() -> None:
    stage, _ = short_stage(coming_year(), wait_for_all=True)
    set_minutes(stage, stage.member, 10)
    lead = client_for(stage.lead)
    path = f"/routekaarten/{stage.routekaart.pk}/repairs"
    minutes = asked(lead, "get", path)["repairs"][0]
    assert (minutes["kind"], minutes["may_apply"]) == ("more_minutes", False)
    refused = lead.call("post", path, {"repair": minutes["id"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    as_lead_and_admin(stage)
    assert asked(lead, "get", path)["repairs"][0] == minutes | {"may_apply": True}
    asked(lead, "post", path, {"repair": minutes["id"]})
    assert asked(lead, "get", path)["repairs"] == []


@pytest.mark.parametrize(
    "body", [{}, {"repair": ""}, {"repair": "A" * 32}, {"repair": "0" * 31}, {"repair": 1}]
)
def test_what_is_no_repair_is_refused(body: dict[str, Any]) -> None:
    stage = crowded()
    path = f"/routekaarten/{stage.routekaart.pk}/repairs"
    response = client_for(stage.lead).call("post", path, body)
    assert response.status_code == 422


def test_what_was_not_searched_is_not_said_to_have_no_repair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = crowded()
    lead = client_for(stage.lead)
    path = f"/routekaarten/{stage.routekaart.pk}/repairs"
    whole = asked(lead, "get", path)
    assert (whole["not_searched"], whole["note"], whole["stopped_by_clock"]) == ([], "", False)
    monkeypatch.setattr(
        "routekaart.queries.planning.explanations.monotonic", count(step=100).__next__
    )
    found = asked(lead, "get", path)
    assert (found["repairs"], found["without_repair"], found["complete"]) == ([], [], False)
    assert found["stopped_by_clock"]
    assert found["note"].startswith(
        "Niet elke wijziging is doorgerekend: het zoeken duurde te lang"
    )
    [text] = found["not_searched"]
    assert "heeft nog geen studiedag" in text
