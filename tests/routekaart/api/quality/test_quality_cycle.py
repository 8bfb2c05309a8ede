"""The quality cycle of a school over HTTP: its words, our dates."""

from datetime import date
from typing import Any

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import Agreement, AuditEntry
from routekaart.queries.planning.problems import calendar_of, plan_from_json
from tests.makers import client_for, make_colleague
from tests.plg_stage import PlgStage
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def wear(stage: Stage, skin: str) -> None:
    admin = client_for(make_colleague(stage.team, Role.SCHOOL_ADMIN))
    changed = admin.call("patch", f"/schools/{stage.school.pk}", {"skin": skin})
    assert (changed.status_code, changed.json()["skin"]) == (200, skin)


def asked(stage: Stage, person: Any = None) -> dict[str, Any]:
    client = client_for(person or stage.lead)
    response = client.call("get", f"/routekaarten/{stage.routekaart.pk}/quality-cycle")
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def test_the_plan_in_the_words_of_the_school() -> None:
    stage = Stage().running()
    plan = plan_from_json(stage.plan.content)
    goal = stage.goal.wording
    dates = sorted(
        [
            *((item.deadline, "preparation", goal) for item in plan.placements if item.deadline),
            *((item.date, "study_day", goal) for item in plan.study_days),
            *((item.date, "plg_meeting", goal) for item in plan.plg_meetings),
            *((item.date, "follow_up", goal) for item in plan.follow_ups),
            *((item.date, "evaluation", goal) for item in plan.evaluations),
        ]
    )
    plain = asked(stage)
    assert (plain["skin"], plain["holidays_published"]) == ("plain", True)
    told = [(step["date"], step["kind"], step["about"]) for step in plain["steps"]]
    assert sorted(told) == [(day.isoformat(), kind, about) for day, kind, about in dates]
    wear(stage, "pdca")
    pdca = asked(stage)
    assert [phase["title"] for phase in pdca["phases"]] == ["Plan", "Do", "Check", "Act"]
    assert {phase["source"] for phase in pdca["phases"]} == {"handreiking-duurzaam-beter-onderwijs"}
    phases = {step["kind"]: step["phase"] for step in pdca["steps"]}
    assert phases == {
        "preparation": "plan",
        "study_day": "do",
        "plg_meeting": "do",
        "follow_up": "check",
        "evaluation": "act",
    }
    # Other names, the same dates.
    assert sorted((step["date"], step["kind"], step["about"]) for step in pdca["steps"]) == sorted(
        told
    )
    wear(stage, "leerkracht")
    kinds = [step["kind"] for step in asked(stage)["steps"]]
    assert sum(kind is None for kind in kinds) == sum(
        week.open_days > 0 for week in calendar_of(school=stage.school, year=2026).weeks
    )
    assert len([kind for kind in kinds if kind]) == len(told)
    wear(stage, "wmk")
    assert {phase["source"] for phase in asked(stage)["phases"]} == {None}


def test_dates_of_plgs_and_agreements_are_for_who_may_see_them() -> None:
    plg = PlgStage(planned=True).start()
    with scopes_disabled():
        Agreement.objects.create(
            routekaart=plg.stage.routekaart,
            what="Kijkwijzer maken.",
            due_on=date(2027, 2, 2),
            check_on=date(2027, 2, 2),
        )
    reader = make_colleague(plg.stage.team, Role.BOARD)

    def abouts(person: Any = None) -> set[tuple[str, str]]:
        return {
            (step["kind"], step["about"])
            for step in asked(plg.stage, person)["steps"]
            if step["kind"] in ("plg_meeting", "agreement") and step["date"] >= "2026-11-25"
        }

    # The meetings of the plan and those of the PLG are on the same dates: told once.
    assert abouts() == {("plg_meeting", "Feedback"), ("agreement", "Kijkwijzer maken.")}
    assert abouts(reader) == {("plg_meeting", plg.stage.goal.wording)}


def test_twelve_steps_of_handelingsgericht_werken() -> None:
    stage = Stage()
    wear(stage, "hgw")
    found = asked(stage)
    assert [(step["round"], step["title"], step["kind"]) for step in found["steps"]] == [
        (number, title, None)
        for number in (1, 2, 3)
        for title in ("Signaleren", "Analyseren", "Plannen", "Realiseren")
    ]
    calendar = calendar_of(school=stage.school, year=2026)
    days = [date.fromisoformat(step["date"]) for step in found["steps"]]
    assert days == sorted(set(days))
    assert all(calendar.is_open(day) for day in days)


def test_only_a_known_skin_and_it_is_logged() -> None:
    stage = Stage()
    wear(stage, "hgw")
    admin = client_for(make_colleague(stage.team, Role.SCHOOL_ADMIN))
    refused = admin.call("patch", f"/schools/{stage.school.pk}", {"skin": "kaizen"})
    assert refused.status_code == 422
    kept = admin.call("patch", f"/schools/{stage.school.pk}", {"skin": None})
    assert kept.json()["skin"] == "hgw"
    with scopes_disabled():
        assert [entry.action for entry in AuditEntry.objects.all()] == ["change_school"]


def test_without_a_plan_the_study_days_stand_alone() -> None:
    stage = Stage().filled()
    steps = asked(stage)["steps"]
    assert [(step["date"], step["kind"], step["about"]) for step in steps] == [
        (stage.study_day.date.isoformat(), "study_day", "Feedback")
    ]
