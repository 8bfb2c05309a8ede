"""Somebody in two teams is in one place at a time: dates give way, and what is left is told."""

from dataclasses import replace
from datetime import date, time

import pytest

from routekaart.domain.people import Leave, Member
from routekaart.domain.planner.elsewhere import elsewhere_of
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import (
    Elsewhere,
    Goal,
    Problem,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.planner.school import plan_together
from tests.problems import NOORD

OCT = date(2026, 10, 28)
SAM, KIM = Member("sam", "Sam"), Member("kim", "Kim")


def team(key: str, *members: Member, start: time = time(8, 30)) -> Problem:
    return Problem(
        calendar=NOORD,
        members=members,
        goals=(Goal(f"goal-{key}", f"Wij leren {key}", 1),),
        preparations=(),
        study_days=(StudyDay(f"day-{key}", OCT, StudyDayKind.DAY, start, 180),),
    )


def told(plan: Plan) -> list[str]:
    return [note.text for note in plan.assumptions if note.code == "people_in_two_places"]


def meetings(plan: Plan) -> set[date]:
    kinds = (plan.plg_meetings, plan.follow_ups, plan.evaluations)
    return {item.date for items in kinds for item in items}


def test_both_teams_are_told_and_their_meetings_are_on_other_dates() -> None:
    plans = plan_together(
        {"a": team("a", SAM, KIM), "b": team("b", SAM)}, names={"a": "A", "b": "B"}
    )
    for plan, other in ((plans["a"], "B"), (plans["b"], "A")):
        [text] = told(plan)
        assert text == (
            "Op woensdag 28 oktober 2026 heeft dit team een studiedag, en het team "
            f"‘{other}’ op dezelfde tijd een studiedag. 1 collega zit in beide teams. Kies een "
            "andere datum of tijd, of doe het samen."
        )
    assert meetings(plans["a"]) & meetings(plans["b"]) == set()


@pytest.mark.parametrize(
    "other",
    [
        team("b", SAM, start=time(13)),
        team("b", KIM),
        team("b", replace(SAM, leave=(Leave(OCT, OCT),))),
    ],
)
def test_who_is_not_in_two_places_is_not_told_of(other: Problem) -> None:
    sam = other.members[0] if other.members[0].id == "sam" else SAM
    plans = plan_together({"a": team("a", sam), "b": other})
    assert (told(plans["a"]), told(plans["b"])) == ([], [])


def test_a_team_that_is_planned_later_gives_way_too_but_keeps_what_it_published() -> None:
    first = plan_optimally(team("a", SAM))
    second = team("b", SAM)
    alone = plan_optimally(second)
    assert meetings(alone) == meetings(first)
    beside = replace(second, elsewhere=elsewhere_of("A", first, ["sam"]))
    plan = plan_optimally(beside)
    assert meetings(plan) & meetings(first) == set()
    assert len(told(plan)) == 1
    stays = plan_optimally(beside, alone)
    assert meetings(stays) == meetings(alone)
    assert len(told(stays)) == 1 + len(meetings(alone))
    assert "op dezelfde dag een " in told(stays)[1]


def test_nobody_in_both_teams_means_nothing_to_give_way_to() -> None:
    assert elsewhere_of("A", plan_optimally(team("a", SAM)), []) == ()
    free = replace(team("b", KIM), elsewhere=(Elsewhere("A", "een studiedag", OCT, ()),))
    assert plan_optimally(free) == plan_optimally(team("b", KIM))
