"""The independent check finds what is wrong: a right plan, spoiled in one place at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.people import Booked, Leave, Member
from routekaart.domain.planner.check import broken_rules
from routekaart.domain.planner.greedy import plan_greedily
from routekaart.domain.planner.plan import Code, NotPlaced, Plan, Subject
from routekaart.domain.planner.problem import (
    Goal,
    JointActivity,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.school_holidays import school_calendar

PROBLEM = Problem(
    calendar=school_calendar(SchoolYear(2026), Region.NOORD),
    members=(
        Member("sam", "Sam", working_days=(1, 2, 3), leave=(Leave(*[date(2026, 10, 20)] * 2),)),
        Member("kim", "Kim", own_weekly_minutes=0),
    ),
    goals=(
        Goal("look", "Wij leren kijken", 1),
        Goal("talk", "Wij leren praten", 2, after=("look",)),
        Goal("late", "Wij leren wachten", 3),
    ),
    preparations=(
        Preparation("look", "sam", "a", "A", 90, position=1),
        Preparation("look", "sam", "b", "B", 60, position=2),
        Preparation("look", "kim", "a", "A", 90, position=1),
        Preparation("talk", "sam", "a", "A", 90),
        Preparation("talk", "sam", "done", "Klaar", 45, completed=True),
        Preparation("late", "sam", "c", "C", 60),
        Preparation("late", "gone", "c", "C", 60),
    ),
    study_days=(
        StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360),
        StudyDay("feb", date(2027, 2, 4), StudyDayKind.AFTERNOON, time(13), 180),
        StudyDay("shut", date(2026, 12, 25), StudyDayKind.DAY, time(8, 30), 360),
    ),
    settings=Settings(goals_per_day=1),
    plg_questions=("Vraag 1?",),
    activities=(
        JointActivity("visit", "Bij elkaar kijken", ("look",)),
        JointActivity("wait", "Samen wachten", ("late",)),
        JointActivity("team", "Samen leren"),
    ),
)
PLAN = plan_greedily(PROBLEM)

Spoil = Callable[[Plan], Plan]


def with_items(plan: Plan, field: str, items: list[Any]) -> Plan:
    values: dict[str, Any] = {field: tuple(items)}
    return replace(plan, **values)


def change(field: str, index: int, **values: Any) -> Spoil:
    """A plan with one item of one list changed."""

    def spoil(plan: Plan) -> Plan:
        items = list(getattr(plan, field))
        items[index] = replace(items[index], **values)
        return with_items(plan, field, items)

    return spoil


def reported(*activity_ids: str) -> list[NotPlaced]:
    return [
        NotPlaced(Subject.ACTIVITY, Code.NO_MEETING, "Geen plek.", activity_id=activity_id)
        for activity_id in activity_ids
    ]


def drop(field: str, index: int) -> Spoil:
    """A plan with one item of one list left out."""

    def spoil(plan: Plan) -> Plan:
        items = list(getattr(plan, field))
        del items[index]
        return with_items(plan, field, items)

    return spoil


def double(field: str, index: int) -> Spoil:
    def spoil(plan: Plan) -> Plan:
        items = list(getattr(plan, field))
        return with_items(plan, field, [*items, items[index]])

    return spoil


def test_the_plan_itself_is_right() -> None:
    assert broken_rules(PROBLEM, PLAN) == []
    assert [item.goal_id for item in PLAN.placements] == ["look", "talk"]
    assert [(w.course, w.week, w.minutes) for w in PLAN.preparation_weeks] == [
        ("a", date(2026, 10, 5), 30),
        ("a", date(2026, 10, 19), 60),
        ("b", date(2026, 10, 26), 60),
    ]
    assert [(item.subject.value, item.code.value) for item in PLAN.not_placed] == [
        ("study_day", "day_closed"),
        ("goal", "no_free_day"),
        ("preparation", "unknown_member"),
        ("preparation", "no_study_minutes"),
        ("activity", "no_meeting"),
    ]


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (drop("placements", 0), "goal look is not exactly once placed or reported"),
        (double("placements", 0), "goal look is not exactly once placed or reported"),
        (drop("not_placed", 1), "goal late is not exactly once placed or reported"),
        (drop("not_placed", 0), "study day shut is neither rightly planned nor rightly refused"),
        (drop("study_days", 0), "study day nov is neither rightly planned nor rightly refused"),
        (
            change("study_days", 0, date=date(2026, 11, 4)),
            "study day nov was moved",
        ),
        (
            change("placements", 1, study_day_id="nov", study_day_date=date(2026, 11, 3)),
            "goal talk does not come after look",
        ),
        (
            change("placements", 1, study_day_id="nov", study_day_date=date(2026, 11, 3)),
            "study day nov has too many goals",
        ),
        (
            change("placements", 1, study_day_date=date(2027, 2, 5)),
            "goal talk stands on a day that is not planned",
        ),
        (
            change("placements", 0, deadline=date(2026, 10, 28)),
            "goal look: deadline 2026-10-28, not 2026-10-27",
        ),
        (change("preparation_weeks", 2, week=date(2026, 10, 27)), "not a Monday"),
        (change("preparation_weeks", 0, week=date(2026, 10, 12)), "no working day in this week"),
        (change("preparation_weeks", 0, week=date(2026, 9, 21)), "too long before the day"),
        (change("preparation_weeks", 2, week=date(2026, 11, 2)), "no working day in this week"),
        (change("preparation_weeks", 2, minutes=61), "61 minutes in a week of 60"),
        (change("preparation_weeks", 2, minutes=61), "planned more than once"),
        (change("preparation_weeks", 2, minutes=59), "sam look b: minutes are lost"),
        (change("preparation_weeks", 2, week=date(2026, 10, 5)), "courses out of order"),
        (change("preparation_weeks", 0, mandatory=False), "wrongly mandatory or voluntary"),
        (change("preparation_weeks", 0, goal_ids=("look",)), "counts for ('look',)"),
        (change("preparation_weeks", 0, goal_ids=("late",)), "for a goal without a day"),
        (change("preparation_weeks", 0, course="done"), "nobody asked for it, or it is done"),
        (change("preparation_weeks", 0, study_day_id="feb"), "deadline or day of another goal"),
        (drop("completed", 0), "completed and skipped do not agree"),
        (drop("not_placed", 2), "a row that refers to nothing is not reported"),
        (drop("not_placed", 3), "kim look a: minutes are lost"),
        (change("not_placed", 1, missing_minutes=59), "goal late: 59 minutes wait"),
        (change("not_placed", 1, text=""), "a report without a text"),
        (
            change("study_days", 0, blocks=PLAN.study_days[0].blocks[:-1]),
            "the programme does not add up to the day",
        ),
        (
            change("study_days", 0, blocks=PLAN.study_days[0].blocks[::-1]),
            "opening or agreements stand in a wrong place",
        ),
        (
            change("study_days", 0, blocks=PLAN.study_days[1].blocks),
            "a block does not follow on the one before",
        ),
        (drop("follow_ups", 0), "study day nov: follow_up missing"),
        (drop("evaluations", 0), "study day nov: evaluation missing"),
        (double("evaluations", 0), "a study day has two follow-ups or evaluations"),
        (change("follow_ups", 0, date=date(2026, 12, 26)), "the school is closed"),
        (change("follow_ups", 0, date=date(2027, 8, 3)), "outside the school year"),
        (change("follow_ups", 0, date=date(2026, 11, 3)), "follow_up too early"),
        (change("follow_ups", 0, date=date(2027, 5, 11)), "evaluated before the follow-up"),
        (change("follow_ups", 0, date=PLAN.plg_meetings[0].date), "two meetings on"),
        (change("plg_meetings", 0, date=date(2026, 11, 3)), "two meetings on 2026-11-03"),
        (change("plg_meetings", 0, goal_ids=("talk",)), "about a goal that was not deepened yet"),
        (change("plg_meetings", 0, agenda=()), "a question is not on the agenda"),
        (change("plg_meetings", 0, date=date(2027, 5, 11)), "PLG meetings are not in order"),
        (lambda plan: replace(plan, plg_meetings=()), "goal look: 0 PLG meetings"),
        (drop("activities", 0), "an activity is not exactly once planned or reported"),
        (double("activities", 0), "an activity is not exactly once planned or reported"),
        (change("activities", 0, date=date(2026, 11, 3)), "there is no meeting"),
        (
            change("activities", 1, activity_id="wait", date=PLAN.plg_meetings[0].date),
            "a meeting about other goals",
        ),
        (
            lambda plan: replace(
                plan, activities=(), not_placed=(*plan.not_placed, *reported("visit", "team"))
            ),
            "activity team: there is a meeting for it",
        ),
        (drop("hours", 0), "not everyone has hours"),
        (change("hours", 0, lines=()), "member kim: hours do not add up"),
        (change("hours", 1, off_day_minutes=0), "member sam: 0 off-day minutes, not 180"),
    ],
)
def test_a_spoiled_plan_is_found_out(spoil: Spoil, found: str) -> None:
    lines = broken_rules(PROBLEM, spoil(PLAN))
    assert any(found in line for line in lines), lines


def test_days_before_the_start_of_planning_are_found() -> None:
    later = replace(PROBLEM, plan_from=PLAN.plg_meetings[0].date + timedelta(1))
    assert any("before the day from which we plan" in line for line in broken_rules(later, PLAN))


def test_a_candidate_is_held_only_with_a_goal_on_it_and_only_so_many() -> None:
    days = tuple(replace(day, fixed=False) for day in PROBLEM.study_days)
    free = replace(PROBLEM, study_days=days)
    assert broken_rules(free, PLAN) == []
    one = replace(free, settings=replace(free.settings, most_candidate_days=1))
    assert broken_rules(one, PLAN) == ["2 candidate days are used, and 1 may be"]
    empty = replace(days[0], id="empty", date=date(2027, 3, 9))
    more = replace(free, study_days=(*days, empty))
    assert broken_rules(more, PLAN) == []
    held = replace(PLAN.study_days[1], study_day_id="empty", date=empty.date, goal_ids=())
    wrong = "study day empty is neither rightly planned nor rightly refused"
    assert wrong in broken_rules(more, with_items(PLAN, "study_days", [*PLAN.study_days, held]))
    refused = NotPlaced(Subject.STUDY_DAY, Code.DAY_CLOSED, "Dicht.", study_day_id="empty")
    assert broken_rules(more, with_items(PLAN, "not_placed", [*PLAN.not_placed, refused])) == [
        wrong
    ]


def with_member(member_id: str, **values: Any) -> Problem:
    members = [
        replace(item, **values) if item.id == member_id else item for item in PROBLEM.members
    ]
    return replace(PROBLEM, members=tuple(members))


def test_minutes_of_other_teams_count_in_a_week() -> None:
    # Of 60 minutes in the week of 19 October this plan takes all, of those of 5 October half.
    booked = with_member(
        "sam", booked=(Booked(date(2026, 10, 5), 30), Booked(date(2026, 10, 19), 15))
    )
    assert broken_rules(booked, PLAN) == ["sam 2026-10-19: 60 minutes in a week of 45"]


def test_nobody_who_could_be_ready_is_left_behind() -> None:
    # Kim needs 90 minutes, in four weeks before November or in four before February.
    enough, short = (with_member("kim", own_weekly_minutes=minutes) for minutes in (23, 22))
    assert broken_rules(enough, PLAN) == [
        "kim look: not ready, and there is a day before which it fits"
    ]
    assert broken_rules(short, PLAN) == []
    everyone = replace(PROBLEM, settings=replace(PROBLEM.settings, wait_for_all=True))
    assert broken_rules(everyone, PLAN) == ["kim look: not ready, and the team waits for everyone"]


def test_own_hours_without_an_agreement_are_found() -> None:
    agreed = replace(
        PROBLEM,
        preparations=tuple(replace(row, on_individual_hours=True) for row in PROBLEM.preparations),
    )
    plan = plan_greedily(agreed)
    assert broken_rules(agreed, plan) == []
    assert "member sam: 150 own minutes, not 0" in broken_rules(PROBLEM, plan)
