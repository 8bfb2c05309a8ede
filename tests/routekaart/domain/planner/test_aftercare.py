"""Dates of what comes after study days."""

from dataclasses import replace
from datetime import date, time, timedelta

from routekaart.domain.calendar import Region, SchoolYear, monday_of
from routekaart.domain.people import Member
from routekaart.domain.planner.check import broken_rules
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.problem import Goal, Problem, Settings, StudyDay, StudyDayKind
from routekaart.domain.school_holidays import school_calendar


def test_the_team_meets_on_the_weekday_it_chose() -> None:
    given = Problem(
        calendar=school_calendar(SchoolYear(2026), Region.NOORD),
        members=(Member("sam", "Sam"),),
        goals=(Goal("look", "Wij leren kijken", 1),),
        preparations=(),
        study_days=(StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360),),
    )
    usual = plan_optimally(given)
    on_thursday = replace(given, settings=Settings(meeting_weekday=4))
    chosen = plan_optimally(on_thursday)
    assert broken_rules(on_thursday, chosen) == []
    assert {item.date.isoweekday() for item in usual.plg_meetings} == {2}
    assert {item.date.isoweekday() for item in chosen.plg_meetings} == {4}
    assert [monday_of(item.date) for item in chosen.plg_meetings] == [
        monday_of(item.date) for item in usual.plg_meetings
    ]
    assert chosen.follow_ups[0].date == usual.follow_ups[0].date + timedelta(days=2)
