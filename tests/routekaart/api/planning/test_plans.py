"""Plans over HTTP: versions, and who sees what."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.catalogue import current_catalogue
from routekaart.queries.planning.problems import calendar_of
from tests.makers import ApiClient, client_for
from tests.stages import TODAY, Stage, coming_year, study_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def at(stage: Stage, rest: str = "/plans") -> str:
    return f"/routekaarten/{stage.routekaart.pk}{rest}"


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_made_listed_and_read() -> None:
    year = coming_year()
    stage = Stage(year=year).assigned()
    client = client_for(stage.lead)
    response = client.call("post", at(stage))
    made = response.json()
    assert response.status_code == 201
    summary = {
        "id": made["id"],
        "routekaart": str(stage.routekaart.pk),
        "version": 1,
        "catalogue_version": current_catalogue().version,
        "made_at": made["made_at"],
        "approved_at": None,
    }
    plan = made["plan"]
    assert made == summary | {"persons_shown": True, "plan": plan}
    assert client.call("get", at(stage)).json() == {"items": [summary], "count": 1}
    assert client.call("get", f"/plans/{made['id']}").json() == made
    assert (plan["year"], plan["method"], plan["optimal"]) == ({"start": year}, "optimal", True)
    day = study_date(year)
    deadline = calendar_of(school=stage.school, year=year).working_days_before(day, 5)
    assert [
        (placed["goal_id"], placed["study_day_id"], placed["study_day_date"], placed["deadline"])
        for placed in plan["placements"]
    ] == [(str(stage.goal.pk), str(stage.study_day.pk), day.isoformat(), str(deadline))]
    assert {week["member_id"] for week in plan["preparation_weeks"]} == {
        str(stage.lead.pk),
        str(stage.member.pk),
    }
    assert plan["not_placed"] == []


def test_again_without_a_change_is_the_same_version() -> None:
    stage = Stage().assigned()
    client = client_for(stage.trainer)
    first, again = (client.call("post", at(stage)) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


def test_everyone_sees_the_plan_and_only_their_own_part() -> None:
    stage = Stage().planned()

    def seen(client: ApiClient) -> tuple[bool, set[str], set[str]]:
        reply = client.call("get", f"/plans/{stage.plan.pk}").json()
        assert len(reply["plan"]["placements"]) == 1
        return (
            reply["persons_shown"],
            {week["member_id"] for week in reply["plan"]["preparation_weeks"]},
            {hours["member_id"] for hours in reply["plan"]["hours"]},
        )

    lead, member = str(stage.lead.pk), str(stage.member.pk)
    assert seen(client_for(stage.lead)) == (True, {lead, member}, {lead, member})
    assert seen(client_for(stage.trainer)) == (True, {lead, member}, {lead, member})
    assert seen(client_for(stage.member)) == (False, {member}, {member})
    assert seen(client_for(stage.director)) == (False, set(), set())


def test_no_name_of_anyone_reaches_who_may_not_see_persons() -> None:
    stage = Stage(year=coming_year()).assigned()
    client_for(stage.lead).call("patch", at(stage, ""), {"weekly_minutes": 1})
    made = client_for(stage.lead).call("post", at(stage))
    assert "Mo Lid" in made.content.decode()
    read = client_for(stage.director).call("get", f"/plans/{made.json()['id']}")
    text = read.content.decode()
    for word in ("Mo Lid", "Lies Leider", str(stage.member.pk), str(stage.lead.pk)):
        assert word not in text


def test_as_many_queries_for_three_as_for_one() -> None:
    stage = Stage().planned()
    client = client_for(stage.lead)
    client.call("get", at(stage))  # the first use of a token is noted
    found = []
    for days in (1, 2, 3):
        with CaptureQueriesContext(connection) as captured:
            listed = client.call("get", at(stage)).json()["count"]
        found.append((listed, len(captured)))
        stage.make_plan(TODAY + timedelta(days=days))
    assert [listed for listed, _ in found] == [1, 2, 3]
    assert len({queries for _, queries in found}) == 1


def test_what_holds_it_back() -> None:
    stage = Stage().advised()
    client = client_for(stage.lead)
    assert codes(client.call("post", at(stage))) == (409, "wrong_state")
    client.call("post", at(stage, "/accept"))
    client.call("delete", f"/study-days/{stage.study_day.pk}")
    assert codes(client.call("post", at(stage))) == (409, "nothing_to_plan")


def test_who_may() -> None:
    stage = Stage().planned()
    stage.add_study_day(date=date(2027, 2, 10))
    for person, make, listed, read in (
        (stage.member, 403, 200, 200),
        (stage.director, 403, 200, 200),
        (Stage().lead, 404, 404, 404),
    ):
        client = client_for(person)
        assert (
            client.call("post", at(stage)).status_code,
            client.call("get", at(stage)).status_code,
            client.call("get", f"/plans/{stage.plan.pk}").status_code,
        ) == (make, listed, read)
    assert codes(client_for(stage.lead).call("get", f"/plans/{uuid4()}")) == (404, "not_found")


def test_what_changed_since_a_version_of_choice() -> None:
    stage = Stage().planned()
    for days in (7, 14):
        with stage.as_lead.entered():
            stage.routekaart.study_days.update(date=study_date(2026) + timedelta(days=days))
        third = stage.make_plan()
    client, path = client_for(stage.director), f"/plans/{third.pk}/changes"
    usual = client.call("get", path).json()
    assert usual["compared_to_version"] == 2
    assert client.call("get", f"{path}?since_version=2").json() == usual
    since = client.call("get", f"{path}?since_version=1").json()
    assert (since["compared_to_version"], since["persons_shown"]) == (1, False)
    assert since["difference"]["sentences"][0].startswith(
        "De studiedag van woensdag 4 november 2026 verschuift naar woensdag 18 november 2026"
    )
    wrong = client.call("get", f"{path}?since_version=3")
    assert codes(wrong) == (422, "not_an_earlier_version")
    assert wrong.json()["errors"][0]["field"] == "since_version"
    assert codes(client.call("get", f"{path}?since_version=0")) == (422, "invalid_input")
    other = client_for(Stage().lead)
    assert codes(other.call("get", f"{path}?since_version=1")) == (404, "not_found")
