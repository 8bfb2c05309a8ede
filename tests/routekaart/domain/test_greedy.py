"""The greedy plan: right dates for any problem, and sensible choices in small ones."""

import random
from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.entities import DurationBasis
from routekaart.domain.calendar import Region, SchoolYear
from routekaart.domain.content.wording import duration
from routekaart.domain.hours import Activity, HourLine, HoursKind
from routekaart.domain.people import Leave, Member
from routekaart.domain.planner.check import broken_rules
from routekaart.domain.planner.greedy import plan_greedily
from routekaart.domain.planner.plan import Code, Plan, PreparationWeek, Subject
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.school_holidays import school_calendar
from tests.problems import NOORD, QUESTIONS, Dice

SAM = Member("sam", "Sam", ("leerkracht",))
LOOK = Goal("look", "Wij leren kijken naar instructie", 1)
TALK = Goal("talk", "Wij leren feedback geven", 2)
# Tuesday 3 November: its deadline is 27 October, six weeks before it is 22 September.
NOVEMBER = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
FEBRUARY = StudyDay("feb", date(2027, 2, 4), StudyDayKind.AFTERNOON, time(13), 180)


def course(goal: Goal, slug: str, minutes: int, who: Member = SAM, **more: Any) -> Preparation:
    return Preparation(goal.id, who.id, slug, f"Cursus {slug}", minutes, **more)


def problem(*rows: Preparation, **more: Any) -> Problem:
    values: dict[str, Any] = {
        "calendar": NOORD,
        "members": (SAM,),
        "goals": (LOOK, TALK),
        "preparations": rows,
        "study_days": (NOVEMBER, FEBRUARY),
        "settings": Settings(goals_per_day=1),
        "plg_questions": QUESTIONS,
    }
    return Problem(**(values | more))


def solved(given_problem: Problem) -> Plan:
    """The plan, after the independent check has found nothing wrong with it."""
    plan = plan_greedily(given_problem)
    assert broken_rules(given_problem, plan) == []
    return plan


def where(plan: Plan) -> dict[str, str]:
    return {item.goal_id: item.study_day_id for item in plan.placements}


def weeks(plan: Plan, member: str = "sam") -> list[tuple[str, date, int]]:
    return [
        (item.course, item.week, item.minutes)
        for item in plan.preparation_weeks
        if item.member_id == member
    ]


def codes(plan: Plan) -> list[tuple[Subject, Code, int]]:
    return [(item.subject, item.code, item.missing_minutes) for item in plan.not_placed]


def test_goals_go_by_priority_to_the_first_day() -> None:
    plan = solved(problem())
    assert where(plan) == {"look": "nov", "talk": "feb"}
    assert [item.deadline for item in plan.placements] == [date(2026, 10, 27), date(2027, 1, 28)]
    assert (plan.method, plan.optimal, plan.not_placed) == ("greedy", False, ())


def test_courses_lie_close_to_the_day_in_order_and_within_the_week() -> None:
    plan = solved(
        problem(
            course(LOOK, "a", 90, position=1),
            course(LOOK, "b", 60, position=2),
        )
    )
    # Week 42 is the autumn break of this region.
    assert weeks(plan) == [
        ("a", date(2026, 10, 5), 30),
        ("a", date(2026, 10, 19), 60),
        ("b", date(2026, 10, 26), 60),
    ]


def test_what_does_not_fit_before_the_first_day_moves_the_goal() -> None:
    busy = replace(SAM, leave=(Leave(date(2026, 9, 1), date(2026, 10, 31)),))
    plan = solved(problem(course(LOOK, "a", 60, busy), members=(busy,), goals=(LOOK,)))
    assert where(plan) == {"look": "feb"}
    assert plan.placements[0].reason == (
        "Voor een eerdere dag kan niet iedereen op tijd klaar zijn, voor deze wel."
    )


def test_a_shortage_is_reported_with_its_minutes() -> None:
    plan = solved(problem(course(LOOK, "a", 400), goals=(LOOK,)))
    planned = sum(minutes for _, _, minutes in weeks(plan))
    assert codes(plan) == [(Subject.PREPARATION, Code.NOT_ENOUGH_MINUTES, 400 - planned)]
    assert plan.not_placed[0].text == (
        f"Sam komt voor ‘Cursus a’ {duration(400 - planned)} van 6 uur 40 min tekort: er is niet "
        "genoeg studietijd vóór de deadline van dinsdag 27 oktober 2026."
    )


@pytest.mark.parametrize(
    ("minutes", "day", "missing"),
    [(240, "nov", []), (300, "dec", []), (360, "dec", []), (400, "nov", [160])],
)
def test_a_goal_goes_where_it_fits_and_else_to_the_first_day(
    minutes: int, day: str, missing: list[int]
) -> None:
    # Four weeks of 60 minutes lie before November, six before Monday 7 December. Who could be
    # ready before neither of them does not hold the team up.
    december = replace(NOVEMBER, id="dec", date=date(2026, 12, 7))
    plan = solved(
        problem(course(LOOK, "a", minutes), goals=(LOOK,), study_days=(NOVEMBER, december))
    )
    assert where(plan) == {"look": day}
    assert codes(plan) == [
        (Subject.PREPARATION, Code.NOT_ENOUGH_MINUTES, short) for short in missing
    ]


def test_a_goal_can_wait_instead() -> None:
    plan = solved(
        problem(
            course(LOOK, "a", 400),
            goals=(LOOK,),
            settings=Settings(wait_for_all=True),
        )
    )
    assert where(plan) == {}
    assert codes(plan) == [(Subject.GOAL, Code.PREPARATION_SHORT, 400)]


def test_a_course_that_two_goals_miss_counts_once_with_the_first_day() -> None:
    # The first goal comes after the second, so its day is the later one.
    first = replace(LOOK, after=("talk",))
    rows = (course(first, "a", 700), course(TALK, "a", 700))
    plan = solved(problem(*rows, goals=(first, TALK)))
    assert where(plan) == {"talk": "nov", "look": "feb"}
    assert [(item.goal_id, item.missing_minutes) for item in plan.not_placed] == [
        ("talk", 700 - 4 * 60),
        ("look", 0),
    ]
    assert "7 uur 40 min van 11 uur 40 min tekort" in plan.not_placed[0].text
    assert plan.not_placed[1].text.startswith(f"Ook voor ‘{LOOK.title}’ is Sam niet klaar met ")


def test_a_course_that_waits_for_two_goals_counts_once_with_the_highest() -> None:
    rows = (course(LOOK, "a", 400), course(TALK, "a", 400), course(TALK, "b", 30))
    plan = solved(problem(*rows, settings=Settings(wait_for_all=True)))
    assert where(plan) == {}
    assert [(item.goal_id, item.missing_minutes) for item in plan.not_placed] == [
        ("look", 400),
        ("talk", 30),
    ]


def test_a_goal_placed_earlier_keeps_its_minutes() -> None:
    rows = (course(LOOK, "a", 240), course(TALK, "b", 240))
    day = replace(NOVEMBER, id="later", date=date(2026, 11, 10))
    plan = solved(problem(*rows, study_days=(NOVEMBER, day)))
    # Five weeks of 60 minutes lie before both deadlines, and the first goal takes four of them.
    assert where(plan) == {"look": "nov"}
    assert codes(plan) == [(Subject.GOAL, Code.PREPARATION_SHORT, 240)]


def test_a_shared_course_is_prepared_once_for_the_earliest_day() -> None:
    plan = solved(problem(course(TALK, "a", 60), course(LOOK, "a", 60)))
    assert weeks(plan) == [("a", date(2026, 10, 19), 30), ("a", date(2026, 10, 26), 30)]
    assert {(w.goal_ids, w.study_day_id) for w in plan.preparation_weeks} == {
        (("look", "talk"), "nov")
    }


def test_a_shared_course_moves_forward_when_a_later_turn_needs_it_earlier() -> None:
    # The first goal comes after the second, so its day is the later one.
    first = replace(LOOK, after=("talk",))
    plan = solved(problem(course(first, "a", 60), course(TALK, "a", 60), goals=(first, TALK)))
    assert where(plan) == {"talk": "nov", "look": "feb"}
    assert weeks(plan) == [("a", date(2026, 10, 19), 30), ("a", date(2026, 10, 26), 30)]
    assert {(w.goal_ids, w.study_day_id) for w in plan.preparation_weeks} == {
        (("talk", "look"), "nov")
    }


def test_what_is_started_for_one_day_is_finished_for_the_next() -> None:
    rows = (course(LOOK, "a", 400), course(TALK, "a", 400))
    plan = solved(problem(*rows))
    assert sum(minutes for _, _, minutes in weeks(plan)) == 400
    assert [item.goal_id for item in plan.not_placed if item.course] == ["look"]


def test_a_completed_course_is_skipped_for_every_goal() -> None:
    plan = solved(
        problem(course(LOOK, "a", 60, completed=True), course(TALK, "a", 60), members=(SAM,))
    )
    assert weeks(plan) == []
    assert [(item.goal_id, item.course) for item in plan.completed] == [
        ("look", "a"),
        ("talk", "a"),
    ]


def test_voluntary_courses_come_after_mandatory_ones_and_only_as_a_whole() -> None:
    plan = solved(
        problem(
            course(LOOK, "a", 100, mandatory=False, position=1),
            course(LOOK, "b", 240, position=2),
            goals=(LOOK,),
        )
    )
    assert {item.course for item in plan.preparation_weeks} == {"b"}
    assert codes(plan) == [(Subject.PREPARATION, Code.NOT_ENOUGH_MINUTES, 100)]


@pytest.mark.parametrize(
    ("member", "more", "code"),
    [
        (replace(SAM, working_days=()), {}, Code.NO_WORKING_DAYS),
        (replace(SAM, fte=Decimal(0)), {}, Code.NO_STUDY_MINUTES),
        (
            replace(SAM, leave=(Leave(date(2026, 9, 1), date(2026, 10, 31)),)),
            {},
            Code.NO_ROOM_BEFORE_DAY,
        ),
        (SAM, {"available_from": date(2026, 10, 28)}, Code.NOT_AVAILABLE_YET),
    ],
)
def test_why_a_preparation_does_not_fit(member: Member, more: dict[str, Any], code: Code) -> None:
    plan = solved(
        problem(
            course(LOOK, "a", 60, member, **more),
            members=(member,),
            goals=(LOOK,),
            study_days=(NOVEMBER,),
        )
    )
    assert codes(plan)[0] == (Subject.PREPARATION, code, 60)


def test_a_day_in_the_first_week_has_no_room_for_preparation() -> None:
    early = replace(NOVEMBER, id="early", date=date(2026, 8, 19))
    plan = solved(problem(course(LOOK, "a", 60), goals=(LOOK,), study_days=(early,)))
    assert plan.placements[0].deadline is None
    assert codes(plan) == [(Subject.PREPARATION, Code.NO_ROOM_BEFORE_DAY, 60)]


@pytest.mark.parametrize(
    ("changes", "code", "text"),
    [
        (
            {"date": date(2026, 10, 13)},
            Code.DAY_CLOSED,
            (
                "De studiedag van dinsdag 13 oktober 2026 is niet gebruikt: "
                "de school is dan dicht "
                "(Herfstvakantie); kies een andere datum."
            ),
        ),
        (
            {"date": date(2026, 11, 7)},
            Code.DAY_CLOSED,
            (
                "De studiedag van zaterdag 7 november 2026 is niet gebruikt: "
                "de school is dan dicht "
                "(weekend); kies een andere datum."
            ),
        ),
        (
            {"date": date(2027, 9, 7)},
            Code.DAY_OUTSIDE_YEAR,
            (
                "De studiedag van dinsdag 7 september 2027 is niet gebruikt: "
                "hij valt buiten "
                "schooljaar 2026-2027; kies een andere datum."
            ),
        ),
        (
            {"date": date(2026, 9, 8)},
            Code.DAY_IN_PAST,
            (
                "De studiedag van dinsdag 8 september 2026 is niet gebruikt: "
                "hij is al geweest; kies "
                "een latere datum."
            ),
        ),
        (
            {"minutes": 30},
            Code.DAY_INVALID,
            (
                "De studiedag van dinsdag 3 november 2026 is niet gebruikt: "
                "een studiedag duurt 1 tot "
                "8 uur en eindigt voor middernacht; pas de tijden aan."
            ),
        ),
    ],
)
def test_a_day_that_cannot_be_used_is_reported(
    changes: dict[str, Any], code: Code, text: str
) -> None:
    plan = solved(
        problem(
            study_days=(replace(NOVEMBER, **changes),), goals=(LOOK,), plan_from=date(2026, 9, 9)
        )
    )
    found = plan.not_placed[0]
    assert (found.subject, found.code, found.text) == (Subject.STUDY_DAY, code, text)
    assert codes(plan)[1] == (Subject.GOAL, Code.NO_STUDY_DAY, 0)


def test_goals_in_a_circle_are_reported_and_the_rest_is_planned() -> None:
    one = replace(LOOK, after=("talk",))
    other = replace(TALK, after=("look",))
    waiting = Goal("wait", "Wij leren wachten", 3, after=("look",))
    free = Goal("free", "Wij leren samenwerken", 4, after=("gone",))
    plan = solved(problem(goals=(one, other, waiting, free)))
    assert where(plan) == {"free": "nov"}
    assert [(item.goal_id, item.code) for item in plan.not_placed] == [
        ("look", Code.ORDER_CYCLE),
        ("talk", Code.ORDER_CYCLE),
        ("wait", Code.ORDER_UNMET),
    ]
    assert "order_refers_to_nothing" in {note.code for note in plan.assumptions}


def test_a_goal_without_room_is_reported() -> None:
    plan = solved(problem(course(TALK, "a", 60), study_days=(NOVEMBER,)))
    assert codes(plan) == [(Subject.GOAL, Code.NO_FREE_DAY, 60)]


def test_rows_about_nobody_are_reported() -> None:
    rows = (
        replace(course(LOOK, "a", 60), goal_id="gone"),
        replace(course(LOOK, "b", 45), member_id="left"),
    )
    plan = solved(problem(*rows))
    assert codes(plan) == [
        (Subject.PREPARATION, Code.UNKNOWN_GOAL, 60),
        (Subject.PREPARATION, Code.UNKNOWN_MEMBER, 45),
    ]


def test_follow_up_evaluation_and_meetings_have_their_dates() -> None:
    plan = solved(problem(goals=(LOOK,), study_days=(NOVEMBER,)))
    assert [item.date for item in plan.follow_ups] == [date(2026, 12, 1)]
    assert [item.date for item in plan.evaluations] == [date(2027, 1, 12)]
    assert [item.date for item in plan.plg_meetings] == [
        date(2026, 12, 15),
        date(2027, 1, 26),
        date(2027, 3, 9),
        date(2027, 4, 20),
        date(2027, 6, 1),
    ]


def test_a_day_at_the_very_end_of_the_year_reports_what_cannot_follow() -> None:
    last = replace(NOVEMBER, id="last", date=date(2027, 7, 9))
    plan = solved(problem(goals=(LOOK,), study_days=(last,)))
    assert codes(plan) == [
        (Subject.FOLLOW_UP, Code.NO_DATE_LEFT, 0),
        (Subject.EVALUATION, Code.NO_DATE_LEFT, 0),
        (Subject.PLG_MEETING, Code.NO_DATE_LEFT, 0),
    ]


def test_hours_are_kept_apart() -> None:
    part_timer = Member("kim", "Kim", fte=Decimal("0.4"), working_days=(1, 2))
    plan = solved(
        problem(
            course(LOOK, "a", 60),
            course(LOOK, "b", 45, mandatory=False, duration_basis=DurationBasis.STATED),
            course(LOOK, "c", 30, on_individual_hours=True),
            members=(SAM, part_timer),
            goals=(LOOK,),
            study_days=(replace(NOVEMBER, date=date(2026, 11, 5)),),
        )
    )
    kim, sam = plan.hours
    assert sam.lines[:2] == (
        HourLine(Activity.PREPARATION, HoursKind.INDIVIDUAL, 75, 30),
        HourLine(Activity.PREPARATION, HoursKind.ASSIGNED, 60, 60),
    )
    # Thursday is no working day of Kim, and a study day still is for everyone.
    assert (kim.member_id, kim.off_day_minutes, sam.off_day_minutes) == ("kim", 360, 0)


def test_an_unpublished_year_is_planned_and_says_so() -> None:
    calendar = school_calendar(SchoolYear(2031), Region.NOORD)
    day = replace(NOVEMBER, date=date(2031, 11, 4))
    plan = solved(problem(calendar=calendar, goals=(LOOK,), study_days=(day,)))
    assert plan.assumptions[0].text == (
        "De schoolvakanties van 2031-2032 zijn nog niet gepubliceerd: controleer de data zodra "
        "ze er zijn. Rond Kerst en in de zomer is er niets gepland (aanname)."
    )


def test_settings_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="plg_rhythm_weeks is at least 1"):
        Settings(plg_rhythm_weeks=0)
    with pytest.raises(ValueError, match="share an id"):
        problem(goals=(LOOK, LOOK))


@settings(max_examples=400, deadline=None)
@given(st.randoms(use_true_random=True))
def test_any_routekaart_is_planned_without_a_broken_rule(source: random.Random) -> None:
    given_problem = Dice(source).problem()
    plan = plan_greedily(given_problem)
    assert broken_rules(given_problem, plan) == []
    other_order = replace(
        given_problem,
        members=given_problem.members[::-1],
        goals=given_problem.goals[::-1],
        preparations=given_problem.preparations[::-1],
        study_days=given_problem.study_days[::-1],
        activities=given_problem.activities[::-1],
    )
    assert plan_greedily(other_order) == plan


def large_problem() -> Problem:
    """12 goals, 8 days and 100 people who nearly all differ, with too little time for all of it."""
    people = tuple(
        Member(
            id=f"m{number:03}",
            name=f"Persoon {number}",
            fte=Decimal(4 + number % 4 * 2) / 10,
            working_days=tuple(sorted({1 + number % 5, 1 + number // 5 % 5, 1 + number // 25})),
            leave=(Leave(date(2026, 11, 2), date(2026, 11, 2) + timedelta(number)),),
        )
        for number in range(100)
    )
    goals = tuple(Goal(f"g{number:02}", "Wij leren", number) for number in range(12))
    rows = tuple(
        course(goal, f"c{(index * 3 + place) % 25}", minutes, person, position=place)
        for index, goal in enumerate(goals)
        for person in people
        for place, minutes in enumerate((45, 240, 60))
    )
    days = tuple(
        StudyDay(
            f"d{number}", NOORD.open_days[20 + number * 22], StudyDayKind.DAY, time(8, 30), 360
        )
        for number in range(8)
    )
    return problem(*rows, members=people, goals=goals, study_days=days, settings=Settings())


def test_a_large_school_is_planned_whole() -> None:
    large = large_problem()
    plan = plan_greedily(large)
    assert broken_rules(large, plan) == []
    assert len(plan.placements) == 12


def test_the_weeks_name_what_they_are_for() -> None:
    plan = solved(problem(course(LOOK, "a", 60), goals=(LOOK,)))
    # Two weeks of half an hour are lighter than one of a whole hour.
    assert plan.preparation_weeks == tuple(
        PreparationWeek(
            member_id="sam",
            goal_ids=("look",),
            study_day_id="nov",
            course="a",
            course_title="Cursus a",
            week=monday,
            minutes=30,
            deadline=date(2026, 10, 27),
            mandatory=True,
            duration_basis=DurationBasis.ASSUMED,
        )
        for monday in (date(2026, 10, 19), date(2026, 10, 26))
    )
