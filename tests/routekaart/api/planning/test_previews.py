"""A preview over HTTP: the plan that would be, the difference in words, and nothing stored."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import Model
from django_scopes import scopes_disabled

from routekaart.access import ROLE_PERMISSIONS, Permission, Role
from routekaart.api.root import api
from routekaart.domain.content.wording import weekday_date
from routekaart.models import TeamMembership
from routekaart.queries.planning.problems import calendar_of
from tests.makers import ApiClient, client_for, make_colleague, make_team
from tests.stages import Stage, coming_year, study_date

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def preview(client: ApiClient, stage: Stage, *changes: dict[str, Any]) -> Any:
    body = {"routekaart": str(stage.routekaart.pk), "changes": list(changes)}
    return client.call("post", "/plans/preview", body)


def seen(stage: Stage, *changes: dict[str, Any]) -> Any:
    """What the team lead gets to see."""
    response = preview(client_for(stage.lead), stage, *changes)
    assert response.status_code == 200, response.content
    return response.json()


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def rows() -> dict[type[Model], int]:
    """How many rows every table has. The first use of a token is noted in a row that exists."""
    with scopes_disabled():
        return {model: model._default_manager.count() for model in apps.get_models()}


def later(stage: Stage, weeks: int) -> date:
    """A day so many weeks after the study day on which the school is open."""
    calendar = calendar_of(school=stage.school, year=stage.year)
    target = study_date(stage.year) + timedelta(weeks=weeks)
    return next(day for day in calendar.open_days if day >= target)


def every_kind(stage: Stage) -> list[dict[str, Any]]:
    member, day, goal = str(stage.member.pk), str(stage.study_day.pk), str(stage.goal.pk)
    course = seen(stage)["plan"]["preparation_weeks"][0]["course"]
    first = later(stage, 8).isoformat()
    return [
        {
            "kind": "add_study_day",
            "date": later(stage, 12).isoformat(),
            "day_kind": "afternoon",
            "starts_at": "13:00",
            "minutes": 180,
            "fixed": False,
            "title": "Extra",
        },
        {"kind": "move_study_day", "study_day": day, "date": first},
        {"kind": "close_days", "first_day": first, "last_day": first, "title": "Dicht"},
        {"kind": "more_weekly_minutes", "minutes": 30, "function": "leerkracht"},
        {"kind": "add_member", "functions": ["leerkracht"], "fte": 0.4, "same_as": member},
        {"kind": "member_leave", "member": member, "first_day": first, "last_day": first},
        {"kind": "course_voluntary", "course": course, "member": member},
        {"kind": "complete_course", "course": course, "member": member},
        {"kind": "withdraw_preparation", "course": course, "goal": goal},
        {
            "kind": "add_goal",
            "wording": "Wij leren vragen stellen.",
            "priority": 2,
            "after": [goal],
            "courses": [course],
        },
        {"kind": "goal_priority", "goal": goal, "priority": 3},
        {"kind": "change_settings", "weekly_minutes": 90, "goals_per_day": None},
        {"kind": "remove_member", "member": member},
        {"kind": "remove_goal", "goal": goal},
        {"kind": "remove_study_day", "study_day": day},
    ]


# --- What it shows -------------------------------------------------------------------------------
def test_a_moved_day_is_shown_in_words_and_nothing_is_stored() -> None:
    stage = Stage(year=coming_year()).assigned()
    client = client_for(stage.lead)
    stored = client.call("post", f"/routekaarten/{stage.routekaart.pk}/plans").json()
    old, new = study_date(stage.year), later(stage, 3)
    before, revision = rows(), stage.fresh().revision
    change = {"kind": "move_study_day", "study_day": str(stage.study_day.pk), "date": str(new)}
    response = preview(client, stage, change)
    assert response.status_code == 200
    assert rows() == before
    assert stage.fresh().revision == revision
    reply = response.json()
    assert (reply["routekaart"], reply["compared_to_version"], reply["persons_shown"]) == (
        str(stage.routekaart.pk),
        1,
        True,
    )
    moves = f"de studiedag van {weekday_date(old)} verplaatsen naar {weekday_date(new)}"
    assert reply["changes"] == [moves]
    title = stage.goal.wording
    assert (
        f"De studiedag van {weekday_date(old)} verschuift naar {weekday_date(new)}, met ‘{title}’."
    ) in reply["difference"]["sentences"]
    assert any("Lies Leider en Mo Lid" in line for line in reply["difference"]["sentences"])
    assert reply["difference"]["affected"] == sorted([str(stage.lead.pk), str(stage.member.pk)])
    assert reply["difference"]["affected_people"] == 2
    assert [item["study_day_date"] for item in reply["plan"]["placements"]] == [str(new)]
    assert client.call("get", f"/plans/{stored['id']}").json() == stored


def test_the_plan_is_the_one_that_would_be_made() -> None:
    stage = Stage(year=coming_year()).planned()
    client = client_for(stage.lead)
    new = later(stage, 3)
    shown = seen(
        stage,
        {"kind": "move_study_day", "study_day": str(stage.study_day.pk), "date": str(new)},
        {"kind": "change_settings", "weekly_minutes": 45, "plg_rhythm_weeks": 4},
        {
            "kind": "add_study_day",
            "date": str(later(stage, 10)),
            "starts_at": "08:30",
            "minutes": 300,
        },
    )
    client.call("patch", f"/study-days/{stage.study_day.pk}", {"date": str(new)})
    settings = {"weekly_minutes": 45, "plg_rhythm_weeks": 4}
    client.call("patch", f"/routekaarten/{stage.routekaart.pk}", settings)
    added = stage.add_study_day(date=later(stage, 10), minutes=300, title="")
    made = client.call("post", f"/routekaarten/{stage.routekaart.pk}/plans").json()
    assert made["version"] == 2
    for day in shown["plan"]["study_days"]:
        if day["study_day_id"] == f"new-{added.date}":
            day["study_day_id"] = str(added.pk)
    assert made["plan"] == shown["plan"]


def test_goals_a_day_are_evened_again_unless_the_team_chose() -> None:
    stage = Stage(year=coming_year()).filled()
    stage.add_goal(wording="Wij leren vragen stellen.", priority=2)
    extra = {
        "kind": "add_study_day",
        "date": str(later(stage, 10)),
        "starts_at": "08:30",
        "minutes": 300,
    }

    def most_on_a_day(*changes: dict[str, Any]) -> int:
        return max(len(day["goal_ids"]) for day in seen(stage, *changes)["plan"]["study_days"])

    assert most_on_a_day() == 2
    assert most_on_a_day(extra) == 1
    assert most_on_a_day(extra, {"kind": "change_settings", "goals_per_day": 2}) == 2
    client_for(stage.lead).call(
        "patch", f"/routekaarten/{stage.routekaart.pk}", {"goals_per_day": 2}
    )
    assert most_on_a_day(extra) == 2
    assert most_on_a_day({"kind": "change_settings", "goals_per_day": None}, extra) == 1


def test_without_a_stored_plan_it_is_beside_the_routekaart_as_it_is() -> None:
    stage = Stage(year=coming_year()).filled()
    reply = seen(stage)
    assert (reply["compared_to_version"], reply["changes"]) == (None, [])
    assert reply["difference"]["is_empty"]
    assert reply["difference"]["sentences"] == []
    items = reply["difference"]["items"]
    assert items["published"] == items["could_stay"] == items["kept"] > 0
    reply = seen(stage, {"kind": "remove_goal", "goal": str(stage.goal.pk)})
    day = weekday_date(study_date(stage.year))
    assert (
        f"‘{stage.goal.wording}’ staat niet meer in het plan (was {day})."
        in reply["difference"]["sentences"]
    )


def test_every_kind_of_change_can_be_asked() -> None:
    stage = Stage(year=coming_year()).assigned()
    changes = every_kind(stage)
    document: Any = api.get_openapi_schema()
    question = document["components"]["schemas"]["PreviewQuestion"]
    kinds = question["properties"]["changes"]["items"]["discriminator"]["mapping"]
    assert {change["kind"] for change in changes} == set(kinds)
    reply = seen(stage, *changes)
    assert len(reply["changes"]) == len(changes)
    assert reply["changes"][3] == "30 minuten per week meer voor de leerkrachten"
    assert (
        reply["changes"][4]
        == "een nieuwe collega erbij in het team, met dezelfde cursussen als Mo Lid"
    )
    assert {hours["member_id"] for hours in reply["plan"]["hours"]} == {
        str(stage.lead.pk),
        "new-member-4",
    }
    assert [item["goal_id"] for item in reply["plan"]["placements"]] == ["new-goal-9"]


def test_in_any_state_also_with_a_study_day_that_is_not_there_yet() -> None:
    stage = Stage(year=coming_year())
    stage.choose("feedback")
    stage.add_goal()
    client = client_for(stage.lead)
    assert codes(preview(client, stage)) == (409, "nothing_to_plan")
    day = {
        "kind": "add_study_day",
        "date": str(study_date(stage.year)),
        "starts_at": "08:30",
        "minutes": 300,
    }
    assert len(seen(stage, day)["plan"]["placements"]) == 1
    approved = Stage(year=coming_year()).approved()
    assert seen(approved)["compared_to_version"] == 1


# --- What is refused -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        (
            {"kind": "move_study_day", "study_day": str(uuid4()), "date": "2026-12-01"},
            "study_day",
            "unknown_study_day",
        ),
        ({"kind": "remove_member", "member": str(uuid4())}, "member", "unknown_member"),
        ({"kind": "remove_goal", "goal": str(uuid4())}, "goal", "unknown_goal"),
        ({"kind": "course_voluntary", "course": "bestaat-niet"}, "course", "unknown_course"),
        (
            {"kind": "add_goal", "wording": "Wij.", "priority": 1, "courses": ["bestaat-niet"]},
            "courses",
            "unknown_course",
        ),
        (
            {"kind": "more_weekly_minutes", "minutes": 5, "function": "schoolleider"},
            "function",
            "unknown_function",
        ),
        (
            {
                "kind": "close_days",
                "first_day": "2027-02-02",
                "last_day": "2027-02-01",
                "title": "x",
            },
            "last_day",
            "period_reversed",
        ),
        ({"kind": "change_settings"}, "", "no_setting"),
        (
            {"kind": "add_member", "functions": ["bestaat-niet"]},
            "functions",
            "unknown_function",
        ),
        ({"kind": "add_member", "fte": 0}, "fte", "no_study_time"),
    ],
)
def test_what_cannot_be_is_named(change: dict[str, Any], field: str, code: str) -> None:
    stage = Stage().filled()
    response = preview(
        client_for(stage.lead), stage, {"kind": "more_weekly_minutes", "minutes": 1}, change
    )
    assert codes(response) == (422, code)
    (error,) = response.json()["errors"]
    assert (error["field"], error["code"]) == (f"changes.1.{field}".rstrip("."), code)
    assert error["detail"] == response.json()["detail"]


@pytest.mark.parametrize(
    "changes",
    [
        [{"kind": "remove_everything"}],
        [{"minutes": 30}],
        [{"kind": "more_weekly_minutes", "minutes": "30"}],
        [{"kind": "more_weekly_minutes", "minutes": 30, "extra": 1}],
        [{"kind": "more_weekly_minutes", "minutes": 30}] * 21,
        {"kind": "more_weekly_minutes", "minutes": 30},
    ],
)
def test_a_body_of_another_shape_is_refused(changes: Any) -> None:
    stage = Stage()
    body = {"routekaart": str(stage.routekaart.pk), "changes": changes}
    response = client_for(stage.lead).call("post", "/plans/preview", body)
    assert codes(response) == (422, "invalid_input")
    assert all(error["field"].startswith("changes") for error in response.json()["errors"])


def test_twenty_changes_are_allowed() -> None:
    stage = Stage(year=coming_year()).filled()
    more = {"kind": "more_weekly_minutes", "minutes": 1}
    assert len(seen(stage, *[more] * 20)["changes"]) == 20


# --- Who may -------------------------------------------------------------------------------------
def test_who_may_look_ahead() -> None:
    stage = Stage(year=coming_year()).filled()
    next_door = make_colleague(make_team(stage.school, "Bovenbouw"), Role.TEAM_LEAD)
    for person, status in (
        (stage.lead, 200),
        (stage.trainer, 200),
        (stage.member, 403),
        (stage.director, 403),
        (next_door, 404),
        (Stage().lead, 404),
    ):
        assert preview(client_for(person), stage).status_code == status
    nowhere = {"routekaart": str(uuid4())}
    assert codes(client_for(stage.lead).call("post", "/plans/preview", nowhere)) == (
        404,
        "not_found",
    )


def test_who_may_not_see_persons_gets_no_name_and_no_id(monkeypatch: pytest.MonkeyPatch) -> None:
    # No role is like that today: whoever plans sees what is asked of each person.
    only_plans = ROLE_PERMISSIONS[Role.TRAINER] - {Permission.VIEW_ALL_ASSIGNMENTS}
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.TRAINER, only_plans)
    stage = Stage(year=coming_year()).planned()
    member = str(stage.member.pk)
    changes = (
        {
            "kind": "move_study_day",
            "study_day": str(stage.study_day.pk),
            "date": str(later(stage, 3)),
        },
        {"kind": "more_weekly_minutes", "minutes": 30, "member": member},
        {"kind": "change_settings", "weekly_minutes": 1},
    )
    response = preview(client_for(stage.trainer), stage, *changes)
    reply = response.json()
    assert (response.status_code, reply["persons_shown"]) == (200, False)
    assert reply["changes"][1] == "30 minuten per week meer voor één persoon"
    assert reply["difference"]["affected_people"] == 2
    assert any("enkele collega’s" in line for line in reply["difference"]["sentences"])
    shown = seen(stage, *changes)
    for word in ("Mo Lid", "Lies Leider", member, str(stage.lead.pk)):
        assert word not in response.content.decode()
        assert word in str(shown)


def test_an_id_of_another_team_is_no_way_in() -> None:
    stage, other = Stage().filled(), Stage().filled()
    response = preview(
        client_for(stage.lead),
        stage,
        {"kind": "remove_study_day", "study_day": str(other.study_day.pk)},
    )
    assert codes(response) == (422, "unknown_study_day")


def test_without_the_only_study_day_the_plan_says_what_is_left() -> None:
    stage = Stage(year=coming_year()).approved()
    client = client_for(stage.lead)
    gone = {"kind": "remove_study_day", "study_day": str(stage.study_day.pk)}
    reply = preview(client, stage, gone).json()
    assert reply["plan"]["placements"] == []
    assert any("heeft nog geen studiedag" in text for text in reply["difference"]["sentences"])


def test_who_has_left_the_team_is_still_named() -> None:
    stage = Stage(year=coming_year()).approved()
    with stage.as_lead.entered():
        TeamMembership.objects.filter(person=stage.member, team=stage.team).delete()
    reply = preview(client_for(stage.lead), stage).json()
    found = [text for text in reply["difference"]["sentences"] if "vervalt voor" in text]
    assert found
    assert all(stage.member.name in text for text in found)
