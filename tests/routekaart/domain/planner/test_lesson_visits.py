"""Weeks to visit each other's lessons after a study day."""

from dataclasses import replace
from datetime import date, time

from routekaart.domain.calendar import Override, Region, SchoolYear
from routekaart.domain.people import Member
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Code, LessonVisits, Subject
from routekaart.domain.planner.problem import Goal, Problem, Settings, StudyDay, StudyDayKind
from routekaart.domain.school_holidays import school_calendar

YEAR = SchoolYear(2026)
PROBLEM = Problem(
    calendar=school_calendar(YEAR, Region.NOORD),
    members=(Member("sam", "Sam"),),
    goals=(Goal("look", "Wij leren kijken", 1),),
    preparations=(),
    # A Wednesday; the week after it is the autumn break of this region.
    study_days=(StudyDay("oct", date(2026, 10, 7), StudyDayKind.DAY, time(8, 30), 360),),
    settings=Settings(lesson_visits=True),
)


def test_two_weeks_with_lessons_between_the_day_and_its_follow_up() -> None:
    plan = plan_optimally(PROBLEM)
    assert plan.follow_ups[0].date > date(2026, 11, 1)
    assert plan.lesson_visits == (
        LessonVisits("oct", ("look",), (date(2026, 10, 19), date(2026, 10, 26))),
    )


def test_only_where_a_team_asks_for_them() -> None:
    plan = plan_optimally(replace(PROBLEM, settings=Settings()))
    assert plan.lesson_visits == ()


def test_a_follow_up_too_soon_leaves_no_week() -> None:
    closed = Override(date(2026, 10, 19), date(2026, 10, 30), "Verbouwing")
    plan = plan_optimally(
        replace(
            PROBLEM,
            calendar=school_calendar(YEAR, Region.NOORD, overrides=[closed]),
            settings=Settings(lesson_visits=True, follow_up_weeks=4),
        )
    )
    assert plan.lesson_visits == ()
    assert [(item.subject, item.code, item.study_day_id) for item in plan.not_placed] == [
        (Subject.LESSON_VISITS, Code.NO_DATE_LEFT, "oct")
    ]


def test_a_day_without_goals_asks_for_none() -> None:
    free = StudyDay("free", date(2027, 2, 3), StudyDayKind.DAY, time(8, 30), 360)
    plan = plan_optimally(replace(PROBLEM, study_days=(*PROBLEM.study_days, free)))
    assert [item.study_day_id for item in plan.lesson_visits] == ["oct"]
