"""What the team does together gets a date: that of a PLG meeting about it."""

from collections import Counter
from datetime import date, time

from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.people import Member
from routekaart.domain.planner.check import broken_rules
from routekaart.domain.planner.greedy import plan_greedily
from routekaart.domain.planner.plan import Code, Plan, Subject
from routekaart.domain.planner.problem import (
    Goal,
    JointActivity,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.school_holidays import school_calendar

NOVEMBER = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
MARCH = StudyDay("mrt", date(2027, 3, 16), StudyDayKind.DAY, time(8, 30), 360)
LAST = StudyDay("jul", date(2027, 7, 9), StudyDayKind.DAY, time(8, 30), 360)


def planned(*activities: JointActivity, days: tuple[StudyDay, ...] = (NOVEMBER, MARCH)) -> Plan:
    problem = Problem(
        calendar=school_calendar(SchoolYear(2026), Region.NOORD),
        members=(Member("sam", "Sam"),),
        goals=(Goal("kijken", "Wij leren kijken.", 1), Goal("praten", "Wij leren praten.", 2)),
        preparations=(),
        study_days=days,
        settings=Settings(goals_per_day=1),
        plg_questions=("Wat willen we?",),
        activities=activities,
    )
    plan = plan_greedily(problem)
    assert broken_rules(problem, plan) == []
    return plan


def when(plan: Plan) -> dict[str, date]:
    return {item.activity_id: item.date for item in plan.activities}


def test_an_activity_comes_up_in_the_first_meeting_about_its_goal() -> None:
    plan = planned(
        JointActivity("a", "Lesbezoek", ("kijken",)), JointActivity("b", "Coaching", ("praten",))
    )
    first = {
        goal: min(item.date for item in plan.plg_meetings if goal in item.goal_ids)
        for goal in ("kijken", "praten")
    }
    assert when(plan) == {"a": first["kijken"], "b": first["praten"]}
    assert first["praten"] > MARCH.date


def test_a_meeting_takes_two_and_more_only_when_all_are_full() -> None:
    plan = planned(*(JointActivity(name, "Samen") for name in "abcde"))
    dates = sorted(item.date for item in plan.plg_meetings)
    assert len(set(dates[:3])) == 3
    first, second, third = dates[:3]
    assert list(when(plan).values()) == [first, first, second, second, third]
    count = len(dates) * 2 + 1
    full = planned(*(JointActivity(f"{number:02}", "Samen") for number in range(count)))
    per_meeting = Counter(when(full).values())
    assert [per_meeting[day] for day in dates] == [3, *[2] * (len(dates) - 1)]


def test_what_has_no_meeting_is_reported() -> None:
    plan = planned(
        JointActivity("a", "Lesbezoek", ("kijken",)),
        JointActivity("b", "Coaching", ("praten",)),
        days=(NOVEMBER,),
    )
    assert list(when(plan)) == ["a"]
    [missing] = [item for item in plan.not_placed if item.subject is Subject.ACTIVITY]
    assert (missing.code, missing.activity_id) == (Code.NO_MEETING, "b")
    assert missing.text == (
        "Voor ‘Coaching’ is er geen PLG-bijeenkomst na de studiedag: kies een eerdere "
        "studiedag of spreek zelf een moment af."
    )


def test_a_day_at_the_end_of_the_year_leaves_no_meeting() -> None:
    plan = planned(JointActivity("a", "Samen"), days=(LAST,))
    assert when(plan) == {}
    assert Subject.ACTIVITY in {item.subject for item in plan.not_placed}
