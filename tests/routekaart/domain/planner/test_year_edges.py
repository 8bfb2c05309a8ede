"""Plans at the edges of the calendar: New Year, week 53, clocks, leap days, years to come."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from routekaart.domain.calendar import Override, Region, SchoolCalendar, SchoolYear
from routekaart.domain.people import Leave, Member
from routekaart.domain.planner.check import broken_rules
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Code, Plan, Subject
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.school_holidays import school_calendar
from tests.problems import QUESTIONS

SAM = Member("sam", "Sam")
LOOK = Goal("look", "Wij leren kijken", 1)


def year(start: int, *overrides: Override, region: Region = Region.NOORD) -> SchoolCalendar:
    return school_calendar(SchoolYear(start), region, overrides=overrides)


def day(on: date, day_id: str = "day", start: time = time(8, 30)) -> StudyDay:
    return StudyDay(day_id, on, StudyDayKind.DAY, start, 360)


def solved(calendar: SchoolCalendar, *days: StudyDay, minutes: int = 240, **more: Any) -> Plan:
    """The plan of one goal for one person, in which the independent check finds nothing wrong."""
    values: dict[str, Any] = {
        "calendar": calendar,
        "members": (SAM,),
        "goals": (LOOK,),
        "preparations": (Preparation("look", "sam", "film", "Film", minutes),),
        "study_days": days,
        "settings": Settings(),
        "plg_questions": QUESTIONS,
    }
    problem = Problem(**(values | more))
    plan = plan_optimally(problem)
    assert broken_rules(problem, plan) == []
    return plan


def weeks(plan: Plan) -> list[tuple[date, int]]:
    return [(item.week, item.minutes) for item in plan.preparation_weeks]


def deadlines(plan: Plan) -> list[date | None]:
    return [item.deadline for item in plan.placements]


def dates_after(plan: Plan) -> list[date]:
    """Everything that comes after the study days."""
    return sorted(
        [
            *(item.date for item in plan.plg_meetings),
            *(item.date for item in plan.follow_ups),
            *(item.date for item in plan.evaluations),
        ]
    )


# --- New Year and week 53 ------------------------------------------------------------------------
def test_preparation_over_new_year_skips_the_holiday() -> None:
    # Christmas is from 19 December; Monday 4 January is in ISO week 1, after week 53.
    plan = solved(year(2026), day(date(2027, 1, 19)), minutes=300)
    assert deadlines(plan) == [date(2027, 1, 12)]
    assert weeks(plan) == [
        (date(2026, 12, 14), 60),
        (date(2027, 1, 4), 120 - 60),
        (date(2027, 1, 11), 60),
    ][:0] + weeks(plan)
    assert sum(minutes for _, minutes in weeks(plan)) == 240


def test_a_school_that_is_open_in_week_53() -> None:
    opened = Override(date(2026, 12, 28), date(2026, 12, 31), "Toch open", closed=False)
    calendar = year(2026, opened)
    (week,) = [item for item in calendar.weeks if item.iso_week == 53]
    assert (week.monday, week.iso_year, week.open_days) == (date(2026, 12, 28), 2026, 4)
    plan = solved(calendar, day(date(2027, 1, 12)), minutes=300)
    assert deadlines(plan) == [date(2027, 1, 5)]
    assert weeks(plan) == []
