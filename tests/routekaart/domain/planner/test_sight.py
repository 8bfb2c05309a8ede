"""A plan for eyes that may not see what it asks of others."""

import json
from dataclasses import fields
from datetime import date, time

from pydantic import TypeAdapter

from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.people import Member
from routekaart.domain.planner.greedy import plan_greedily
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.planner.sight import without_persons
from routekaart.domain.school_holidays import school_calendar

MINE, THEIRS = "lid-mijn", "lid-hun"
# Nobody has room for the thousands of minutes of "te-veel", and "klaar" was done before.
PROBLEM = Problem(
    calendar=school_calendar(SchoolYear(2026), Region.NOORD),
    members=(Member(MINE, "Mijn Naam"), Member(THEIRS, "Hun Naam")),
    goals=(Goal("doel", "Wij leren.", 1), Goal("wacht", "Wij leren ook.", 2, after=("weg",))),
    preparations=tuple(
        Preparation("doel", member, course, f"Cursus {course}", minutes, completed=done)
        for member in (MINE, THEIRS)
        for course, minutes, done in (
            ("lezen", 60, False),
            ("te-veel", 5_000, False),
            ("klaar", 30, True),
        )
    ),
    study_days=(
        StudyDay("dag", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360),
        StudyDay("dicht", date(2026, 12, 25), StudyDayKind.DAY, time(8, 30), 360),
    ),
)
PLAN = plan_greedily(PROBLEM)
PERSONAL = ("preparation_weeks", "hours", "completed")


def text_of(plan: Plan) -> str:
    return json.dumps(TypeAdapter(Plan).dump_python(plan, mode="json"), ensure_ascii=False)


def test_the_plan_itself_says_something_of_everyone() -> None:
    for member in (MINE, THEIRS):
        for name in PERSONAL:
            assert member in {row.member_id for row in getattr(PLAN, name)}, name
        assert member in {row.member_id for row in PLAN.not_placed}
    assert None in {row.member_id for row in PLAN.not_placed}


def test_nothing_of_anyone_is_left() -> None:
    seen = without_persons(PLAN)
    for name in PERSONAL:
        assert getattr(seen, name) == ()
    assert seen.not_placed == tuple(row for row in PLAN.not_placed if row.member_id is None)
    for word in (MINE, THEIRS, "Naam"):
        assert word not in text_of(seen)


def test_everyone_keeps_their_own() -> None:
    seen = without_persons(PLAN, MINE)
    for name in PERSONAL:
        assert getattr(seen, name) == tuple(
            row for row in getattr(PLAN, name) if row.member_id == MINE
        )
    assert [row for row in seen.not_placed if row.member_id is not None] == [
        row for row in PLAN.not_placed if row.member_id == MINE
    ]
    text = text_of(seen)
    assert ("Mijn Naam" in text, "Hun Naam" in text, THEIRS in text) == (True, False, False)


def test_what_is_of_the_team_stays() -> None:
    seen = without_persons(PLAN)
    kept = {field.name for field in fields(Plan)} - {*PERSONAL, "not_placed"}
    assert {name: getattr(seen, name) for name in kept} == {
        name: getattr(PLAN, name) for name in kept
    }
