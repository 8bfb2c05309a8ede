"""Plans at the odd corners of the calendar: every date right, nothing lost."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from routekaart.domain.calendar import Override, Region, SchoolYear, monday_of
from routekaart.domain.people import Member
from routekaart.domain.planner.check import broken_rules
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.school_holidays import school_calendar

SAM = Member("sam", "Sam")


def problem(year: int, day: date, minutes: int = 120, **settings: int) -> Problem:
    return Problem(
        calendar=school_calendar(SchoolYear(year), Region.NOORD),
        members=(SAM,),
        goals=(Goal("look", "Wij leren kijken", 1),),
        preparations=(Preparation("look", "sam", "a", "A", minutes),),
        study_days=(StudyDay("day", day, StudyDayKind.DAY, time(8, 30), 360),),
        settings=Settings(**settings),
    )


def planned(given: Problem) -> Plan:
    plan = plan_optimally(given)
    assert broken_rules(given, plan) == []
    return plan


def weeks(plan: Plan) -> list[tuple[date, int]]:
    return [(week.week, week.minutes) for week in plan.preparation_weeks]


def test_preparation_leaps_over_christmas_and_the_new_year() -> None:
    # Ten working days before 12 January 2027 is 15 December: the break of two weeks is no time.
    plan = planned(problem(2026, date(2027, 1, 12), 90, deadline_working_days=10))
    assert plan.placements[0].deadline == date(2026, 12, 15)
    assert weeks(plan) == [(date(2026, 12, 7), 30), (date(2026, 12, 14), 60)]


def test_a_year_of_53_weeks_has_its_last_one() -> None:
    plan = planned(problem(2026, date(2027, 1, 21), 180))
    # Week 53 of 2026 begins on 28 December, in the break: nothing is in it, and nothing is lost.
    assert date(2026, 12, 28).isocalendar().week == 53
    assert sum(minutes for _, minutes in weeks(plan)) == 180
    assert all(week.isocalendar().week != 53 for week, _ in weeks(plan))


@pytest.mark.parametrize(
    "day",
    # The clock goes back on 25 October 2026 and forward on 28 March 2027, both on a Sunday.
    [date(2026, 10, 27), date(2027, 3, 30)],
)
def test_a_change_of_the_clock_moves_nothing(day: date) -> None:
    plan = planned(problem(2026, day))
    held = plan.study_days[0]
    assert (held.date, held.start, held.minutes) == (day, time(8, 30), 360)
    assert held.blocks[0].start == time(8, 30)
    assert [week.week.weekday() for week in plan.preparation_weeks] == [0] * len(weeks(plan))


def test_a_second_may_week_is_no_time_to_study() -> None:
    given = problem(2026, date(2027, 6, 1), 180)
    free = Override(date(2027, 5, 10), date(2027, 5, 14), "Tweede meiweek")
    longer = school_calendar(SchoolYear(2026), Region.NOORD, overrides=[free])
    plan = planned(replace(given, calendar=longer))
    assert date(2027, 5, 10) in [week for week, _ in weeks(planned(given))]
    assert date(2027, 5, 10) not in [week for week, _ in weeks(plan)]
    assert sum(minutes for _, minutes in weeks(plan)) == 180


def test_a_year_without_published_holidays_is_planned_and_says_so() -> None:
    plan = planned(problem(2031, date(2031, 11, 4)))
    assert [item.goal_id for item in plan.placements] == ["look"]
    assert "holidays_not_published" in [note.code for note in plan.assumptions]


def test_the_29th_of_february_is_a_day_like_any_other() -> None:
    leap = date(2028, 2, 29)
    plan = planned(problem(2027, leap))
    assert plan.study_days[0].date == leap
    before = planned(problem(2027, date(2028, 3, 14), deadline_working_days=5))
    assert before.placements[0].deadline is not None
    assert before.placements[0].deadline <= date(2028, 3, 7)


@pytest.mark.parametrize("day", [date(2026, 8, 17), date(2026, 8, 19)])
def test_right_after_the_summer_there_is_no_room_to_prepare(day: date) -> None:
    plan = planned(problem(2026, day))
    # Nobody could be ready for any day: the goal does not wait, and who is short is told.
    assert [item.deadline for item in plan.placements] == [None]
    assert [item.member_id for item in plan.not_placed] == ["sam"]


def test_the_team_meets_on_the_weekday_it_chose() -> None:
    given = problem(2026, date(2026, 11, 3))
    usual = planned(given)
    chosen = planned(replace(given, settings=Settings(meeting_weekday=4)))
    assert {item.date.isoweekday() for item in usual.plg_meetings} == {2}
    assert {item.date.isoweekday() for item in chosen.plg_meetings} == {4}
    assert [monday_of(item.date) for item in chosen.plg_meetings] == [
        monday_of(item.date) for item in usual.plg_meetings
    ]
    assert chosen.follow_ups[0].date == usual.follow_ups[0].date + timedelta(days=2)
