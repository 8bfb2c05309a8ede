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
    # Christmas is from 19 December up to and including 3 January, and takes week 52 and 53.
    plan = solved(year(2026), day(date(2027, 1, 19)), minutes=180)
    assert deadlines(plan) == [date(2027, 1, 12)]
    assert weeks(plan) == [
        (date(2026, 12, 14), 60),
        (date(2027, 1, 4), 60),
        (date(2027, 1, 11), 60),
    ]


def test_a_school_that_is_open_in_week_53() -> None:
    opened = Override(date(2026, 12, 28), date(2026, 12, 31), "Toch open", closed=False)
    calendar = year(2026, opened)
    (week,) = [item for item in calendar.weeks if item.iso_week == 53]
    assert (week.monday, week.iso_year, week.open_days) == (date(2026, 12, 28), 2026, 4)
    plan = solved(calendar, day(date(2027, 1, 12)))
    # New Year's Day is closed: five working days before Tuesday 12 January is Tuesday the 5th.
    assert deadlines(plan) == [date(2027, 1, 5)]
    assert [on for on, _ in weeks(plan)] == [
        date(2026, 12, 7),
        date(2026, 12, 14),
        date(2026, 12, 28),
        date(2027, 1, 4),
    ]


def test_leave_over_new_year_counts_in_both_years() -> None:
    away = Member("sam", "Sam", leave=(Leave(date(2026, 12, 14), date(2027, 1, 8)),))
    plan = solved(year(2026), day(date(2027, 1, 19)), minutes=60, members=(away,))
    assert weeks(plan) == [(date(2027, 1, 11), 60)]


def test_a_week_at_new_year_with_one_working_day_counts_whole() -> None:
    # The school opens on Monday 4 January; Sam works on Mondays.
    monday = Member("sam", "Sam", working_days=(1,), fte=Decimal(1))
    plan = solved(year(2026), day(date(2027, 1, 12)), minutes=120, members=(monday,))
    assert deadlines(plan) == [date(2027, 1, 5)]
    assert weeks(plan) == [(date(2026, 12, 14), 60), (date(2027, 1, 4), 60)]


# --- Clocks --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("on", "deadline", "mondays"),
    [
        # The night before Sunday 25 October 2026 has an hour more.
        (
            date(2026, 10, 26),
            date(2026, 10, 19),
            [date(2026, 9, 28), date(2026, 10, 5), date(2026, 10, 19)],
        ),
        # That before Sunday 28 March 2027, which is Easter, an hour less.
        (
            date(2027, 3, 30),
            date(2027, 3, 19),
            [date(2027, 3, 1), date(2027, 3, 8), date(2027, 3, 15)],
        ),
    ],
)
def test_no_date_or_time_shifts_when_the_clock_does(
    on: date, deadline: date, mondays: list[date]
) -> None:
    plan = solved(year(2026), day(on), minutes=180)
    assert deadlines(plan) == [deadline]
    assert weeks(plan) == [(monday, 60) for monday in mondays]
    (planned,) = plan.study_days
    assert (planned.date, planned.start, planned.minutes) == (on, time(8, 30), 360)
    assert planned.blocks[0].start == time(8, 30)
    assert sum(block.minutes for block in planned.blocks) == 360


def test_meetings_keep_their_weekday_over_both_changes_of_the_clock() -> None:
    plan = solved(year(2026), day(date(2026, 9, 29)), minutes=0)
    assert {on.isoweekday() for on in dates_after(plan)} == {2}
    assert min(dates_after(plan)) < date(2026, 10, 28)
    assert max(dates_after(plan)) > date(2027, 3, 28)


# --- What a school decides itself ----------------------------------------------------------------
def test_a_second_may_week_moves_preparation_forward() -> None:
    second = Override(date(2027, 5, 3), date(2027, 5, 7), "Tweede meiweek")
    # Before Tuesday 18 May, after Whit Monday, lies one week of lessons; May has two weeks off.
    with_one = solved(year(2026), day(date(2027, 5, 18)), minutes=180)
    assert weeks(with_one) == [
        (date(2027, 4, 19), 60),
        (date(2027, 5, 3), 60),
        (date(2027, 5, 10), 60),
    ]
    with_two = solved(year(2026, second), day(date(2027, 5, 18)), minutes=180)
    assert weeks(with_two) == [
        (date(2027, 4, 12), 60),
        (date(2027, 4, 19), 60),
        (date(2027, 5, 10), 60),
    ]
    assert deadlines(with_two) == deadlines(with_one) == [date(2027, 5, 10)]
    closed = solved(year(2026, second), day(date(2027, 5, 4)))
    assert [(item.subject, item.code) for item in closed.not_placed] == [
        (Subject.STUDY_DAY, Code.DAY_CLOSED),
        (Subject.GOAL, Code.NO_STUDY_DAY),
    ]


def test_the_deadline_of_a_day_after_two_may_weeks_lies_before_them() -> None:
    second = Override(date(2027, 5, 3), date(2027, 5, 7), "Tweede meiweek")
    plan = solved(year(2026, second), day(date(2027, 5, 10)), minutes=60)
    assert deadlines(plan) == [date(2027, 4, 19)]
    assert weeks(plan) == [(date(2027, 4, 12), 30), (date(2027, 4, 19), 30)]


# --- Years to come -------------------------------------------------------------------------------
def test_a_year_without_published_holidays_is_planned_and_says_so() -> None:
    plan = solved(year(2031), day(date(2031, 11, 4)))
    # No autumn holiday is known, so that it takes four weeks in a row.
    assert [on for on, _ in weeks(plan)] == [
        date(2031, 10, 6),
        date(2031, 10, 13),
        date(2031, 10, 20),
        date(2031, 10, 27),
    ]
    (note,) = [item for item in plan.assumptions if item.code == "holidays_not_published"]
    assert "2031-2032" in note.text
    assert "nog niet gepubliceerd" in note.text
    # What is known of the year holds: Christmas Day, and King's Day.
    for on in (date(2031, 12, 25), date(2032, 4, 27)):
        closed = solved(year(2031), day(on))
        assert closed.not_placed[0].code is Code.DAY_CLOSED


# --- Leap days -----------------------------------------------------------------------------------
def test_a_study_day_on_29_february() -> None:
    # Tuesday; the spring holiday is the week before.
    plan = solved(year(2027), day(date(2028, 2, 29)), minutes=180)
    assert deadlines(plan) == [date(2028, 2, 15)]
    assert weeks(plan) == [
        (date(2028, 1, 31), 60),
        (date(2028, 2, 7), 60),
        (date(2028, 2, 14), 60),
    ]
    assert [item.date for item in plan.follow_ups] == [date(2028, 3, 28)]


def test_a_deadline_on_29_february() -> None:
    plan = solved(year(2027), day(date(2028, 3, 7)), minutes=180)
    assert deadlines(plan) == [date(2028, 2, 29)]
    assert weeks(plan) == [
        (date(2028, 2, 7), 60),
        (date(2028, 2, 14), 60),
        (date(2028, 2, 28), 60),
    ]


def test_planning_on_from_29_february() -> None:
    first = date(2028, 2, 29)
    plan = solved(year(2027), day(first), day(date(2028, 3, 28), "later"), plan_from=first)
    assert deadlines(plan) == [date(2028, 3, 21)]
    # The week of the 28th has its Tuesday left.
    assert weeks(plan) == [
        (date(2028, 2, 28), 60),
        (date(2028, 3, 6), 60),
        (date(2028, 3, 13), 60),
        (date(2028, 3, 20), 60),
    ]


# --- The first and the last days -----------------------------------------------------------------
def test_the_first_school_day_leaves_no_room_before_it() -> None:
    plan = solved(year(2026), day(date(2026, 8, 17)))
    assert deadlines(plan) == [None]
    assert [(item.code, item.missing_minutes) for item in plan.not_placed] == [
        (Code.NO_ROOM_BEFORE_DAY, 240)
    ]
    everyone = solved(year(2026), day(date(2026, 8, 17)), settings=Settings(wait_for_all=True))
    assert [(item.subject, item.code) for item in everyone.not_placed] == [
        (Subject.GOAL, Code.PREPARATION_SHORT)
    ]
    # A week later there is that first day.
    plan = solved(year(2026), day(date(2026, 8, 24)), minutes=60)
    assert deadlines(plan) == [date(2026, 8, 17)]
    assert weeks(plan) == [(date(2026, 8, 17), 60)]


def test_the_first_school_day_after_christmas_is_prepared_before_it() -> None:
    plan = solved(year(2026), day(date(2027, 1, 4)), minutes=60)
    assert deadlines(plan) == [date(2026, 12, 14)]
    assert weeks(plan) == [(date(2026, 12, 7), 30), (date(2026, 12, 14), 30)]
    # A window of two weeks lies in the holiday altogether.
    narrow = solved(
        year(2026), day(date(2027, 1, 4)), minutes=60, settings=Settings(window_weeks=2)
    )
    assert weeks(narrow) == []
    assert [(item.code, item.missing_minutes) for item in narrow.not_placed] == [
        (Code.NO_ROOM_BEFORE_DAY, 60)
    ]


def test_after_the_last_school_day_there_is_no_time_to_meet() -> None:
    plan = solved(year(2026), day(date(2027, 7, 9)), minutes=60)
    assert deadlines(plan) == [date(2027, 7, 2)]
    assert dates_after(plan) == []
    assert {item.subject: item.code for item in plan.not_placed} == {
        Subject.FOLLOW_UP: Code.NO_DATE_LEFT,
        Subject.EVALUATION: Code.NO_DATE_LEFT,
        Subject.PLG_MEETING: Code.NO_DATE_LEFT,
    }


@pytest.mark.parametrize("region", list(Region))
@pytest.mark.parametrize("start", [2019, 2020, 2024, 2026, 2027, 2029, 2031])
def test_every_study_day_of_any_year_is_planned_by_the_rules(start: int, region: Region) -> None:
    calendar = year(start, region=region)
    # Every ninth day of the year, so that all weekdays and all edges come up in some year.
    for offset in range(start % 9, len(calendar.open_days), 9):
        plan = solved(calendar, day(calendar.open_days[offset]))
        assert [item.study_day_date for item in plan.placements] == [calendar.open_days[offset]]
