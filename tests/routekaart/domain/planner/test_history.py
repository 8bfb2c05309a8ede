"""Planning on from a published plan: what is behind and what can stay, stays; nothing is lost."""

import random
from dataclasses import replace
from datetime import date, time
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.entities import DurationBasis
from routekaart.domain.hours import Activity, HourLine, HoursKind
from routekaart.domain.people import Member
from routekaart.domain.planner.changes import (
    AddMember,
    AddStudyDay,
    Change,
    ChangeSettings,
    CloseDays,
    CompleteCourse,
    MemberLeave,
    MoveStudyDay,
    RemoveMember,
    RemoveStudyDay,
    changed,
)
from routekaart.domain.planner.diff import difference, published_items, stability
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.optimal import plan_optimally, published_places
from routekaart.domain.planner.plan import Code, Plan, PlannedActivity, Subject
from routekaart.domain.planner.problem import (
    Goal,
    JointActivity,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.planner.question import score
from tests.problems import NOORD, QUESTIONS, Dice
from tests.random_schools import tiny_school
from tests.replanned import broken_after, days_behind, random_change

Row = TypeVar("Row")

SAM, KIM = Member("sam", "Sam"), Member("kim", "Kim")
LOOK, TALK, TRY = (
    Goal("look", "Wij leren kijken", 1),
    Goal("talk", "Wij leren praten", 2),
    Goal("try", "Wij leren proberen", 3),
)
# Tuesday 3 November, deadline Tuesday 27 October; Thursday 4 February, deadline 28 January;
# Tuesday 6 April, deadline Tuesday 30 March, after Easter.
NOVEMBER = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
FEBRUARY = StudyDay("feb", date(2027, 2, 4), StudyDayKind.AFTERNOON, time(13), 180)
APRIL = StudyDay("apr", date(2027, 4, 6), StudyDayKind.DAY, time(8, 30), 360)


def course(goal: Goal, slug: str, minutes: int, who: Member = SAM, **more: Any) -> Preparation:
    return Preparation(goal.id, who.id, slug, f"Cursus {slug}", minutes, **more)


YEAR = Problem(
    calendar=NOORD,
    members=(SAM, KIM),
    goals=(LOOK, TALK, TRY),
    preparations=(
        course(LOOK, "a", 90),
        course(LOOK, "a", 90, KIM),
        course(TALK, "b", 120),
        course(TALK, "a", 90, KIM),
        course(TRY, "c", 60),
        course(TRY, "c", 60, KIM),
    ),
    study_days=(NOVEMBER, FEBRUARY, APRIL),
    settings=Settings(goals_per_day=1),
    plg_questions=QUESTIONS,
)
PUBLISHED = plan_optimally(YEAR)
ASSUMED = DurationBasis.ASSUMED


def after(
    first: date | None,
    *changes: Change,
    before: Problem = YEAR,
    published: Plan = PUBLISHED,
    **values: Any,
) -> Plan:
    """The plan after some changes, when the independent check has found nothing wrong with it."""
    problem = changed(replace(before, plan_from=first, **values), changes)
    plan = plan_optimally(problem, published)
    assert broken_after(problem, plan, published) == []
    return plan


def where(plan: Plan) -> dict[str, str]:
    return {item.goal_id: item.study_day_id for item in plan.placements}


def weeks(plan: Plan, member: str = "sam", slug: str = "") -> list[tuple[str, date, int]]:
    return [
        (item.course, item.week, item.minutes)
        for item in plan.preparation_weeks
        if item.member_id == member and item.course.startswith(slug)
    ]


def before_day(plan: Plan, day: date) -> list[object]:
    """Everything of a plan that is dated before a day."""
    return [
        [item for item in plan.placements if item.study_day_date < day],
        [item for item in plan.study_days if item.date < day],
        [item for item in plan.preparation_weeks if item.deadline < day],
        [item for item in plan.plg_meetings if item.date < day],
        [item for item in plan.follow_ups if item.date < day],
        [item for item in plan.evaluations if item.date < day],
        [item for item in plan.activities if item.date < day],
    ]


# --- Nothing has changed -------------------------------------------------------------------------
def test_without_a_change_the_plan_is_the_same() -> None:
    assert after(None) == PUBLISHED
    # Before the year nothing has happened yet.
    assert after(date(2026, 8, 1)) == PUBLISHED
    assert where(PUBLISHED) == {"look": "nov", "talk": "feb", "try": "apr"}


@pytest.mark.parametrize(
    "first",
    [
        date(2026, 9, 24),
        date(2026, 10, 27),
        date(2026, 10, 28),
        date(2026, 11, 3),
        date(2026, 11, 4),
        date(2027, 1, 27),
        date(2027, 3, 30),
        date(2027, 7, 31),
    ],
)
def test_without_a_change_all_that_was_published_stays(first: date) -> None:
    plan = after(first)
    assert published_items(plan) == published_items(PUBLISHED)
    assert before_day(plan, first) == before_day(PUBLISHED, first)
    assert plan.not_placed == PUBLISHED.not_placed
    assert plan.hours == PUBLISHED.hours
    assert {note.code for note in plan.assumptions} - {"studied_as_planned"} == {
        note.code for note in PUBLISHED.assumptions
    }


def test_it_says_that_past_weeks_count_as_done() -> None:
    (note,) = (n for n in after(date(2026, 11, 4)).assumptions if n.code == "studied_as_planned")
    assert note.text == (
        "Wat in voorbije weken gepland stond, telt als gedaan, ook als niemand dat heeft gemeld "
        "(aanname). Een cursus die als afgerond is gemeld, vraagt geen tijd meer."
    )
    early = after(date(2026, 9, 1))
    assert "studied_as_planned" not in {item.code for item in early.assumptions}


# --- What lies behind ----------------------------------------------------------------------------
def test_half_a_course_is_behind_and_the_other_half_is_planned() -> None:
    assert weeks(PUBLISHED, slug="b") == [
        ("b", date(2027, 1, 4), 30),
        ("b", date(2027, 1, 11), 30),
        ("b", date(2027, 1, 18), 30),
        ("b", date(2027, 1, 25), 30),
    ]
    # Sam's last week falls away, so the hour that is left is done in one week.
    away = MemberLeave("sam", date(2027, 1, 25), date(2027, 1, 29))
    plan = after(date(2027, 1, 18), away)
    assert weeks(plan, slug="b") == [
        ("b", date(2027, 1, 4), 30),
        ("b", date(2027, 1, 11), 30),
        ("b", date(2027, 1, 18), 60),
    ]
    assert where(plan) == where(PUBLISHED)


def test_who_could_not_finish_in_time_is_reported_and_the_goal_stays_where_it_was() -> None:
    away = MemberLeave("sam", date(2027, 1, 18), date(2027, 4, 30))
    plan = after(date(2027, 1, 18), away)
    assert where(plan) == where(PUBLISHED)
    assert weeks(plan, slug="b") == weeks(PUBLISHED, slug="b")[:2]
    assert [
        (item.member_id, item.course, item.code, item.missing_minutes)
        for item in plan.not_placed
        if item.subject is Subject.PREPARATION
    ] == [("sam", "b", Code.NO_ROOM_BEFORE_DAY, 60), ("sam", "c", Code.NO_ROOM_BEFORE_DAY, 60)]


def test_who_was_left_behind_does_not_hold_a_goal_up_later() -> None:
    # Before February Sam has four weeks for nine hours. Three weeks later there are six hours left,
    # which would fit before April: the goal stays in February all the same.
    rows = (*YEAR.preparations[:2], course(TALK, "b", 540))
    problem = replace(YEAR, goals=(LOOK, TALK), preparations=rows)
    published = plan_optimally(problem)
    assert where(published) == {"look": "nov", "talk": "feb"}
    assert [item.missing_minutes for item in published.not_placed] == [300]
    plan = after(date(2027, 1, 25), before=problem, published=published)
    assert where(plan) == where(published)
    assert plan.not_placed == published.not_placed
    assert difference(published, plan).is_empty


LEE = Member("lee", "Lee")


def test_who_joins_later_does_not_hold_up_a_goal_that_had_its_day() -> None:
    # Two weeks are left before the deadline of February; Lee would need three, as before April.
    joins = AddMember(LEE, (course(TALK, "b", 180, LEE),))
    plan = after(date(2027, 1, 18), joins)
    assert where(plan) == where(PUBLISHED)
    assert weeks(plan, "lee") == [
        ("b", date(2027, 1, 18), 60),
        ("b", date(2027, 1, 25), 60),
    ]
    (short,) = (item for item in plan.not_placed if item.member_id == "lee")
    assert (short.goal_id, short.course, short.missing_minutes) == ("talk", "b", 60)
    (note,) = (item for item in plan.assumptions if item.code == "newcomers_not_waited_for")
    assert note.text == (
        "Doelen die in het vastgestelde plan een dag hadden, wachten niet op wie later in het "
        "team kwam. 1 nieuwe collega is niet voor elk van die doelen op tijd klaar: gebruik het "
        "pakket voor wie later komt."
    )
    # Where the team wants to wait for everyone, it does.
    everyone = replace(YEAR, settings=replace(YEAR.settings, wait_for_all=True))
    assert where(after(date(2027, 1, 18), joins, before=everyone)) == {
        "look": "nov",
        "talk": "apr",
        "try": "feb",
    }


def test_who_joins_later_is_waited_for_where_a_goal_had_no_day_yet() -> None:
    before = replace(YEAR, goals=(LOOK,), preparations=YEAR.preparations[:2])
    joins = AddMember(LEE, (course(TALK, "b", 180, LEE),))
    plan = after(
        date(2027, 1, 18),
        joins,
        before=replace(before, goals=(LOOK, TALK)),
        published=plan_optimally(before),
    )
    assert where(plan) == {"look": "nov", "talk": "apr"}
    assert "newcomers_not_waited_for" not in {note.code for note in plan.assumptions}


def test_who_joins_later_and_can_be_ready_is_no_news() -> None:
    plan = after(date(2027, 1, 18), AddMember(LEE, (course(TALK, "b", 120, LEE),)))
    assert where(plan) == where(PUBLISHED)
    assert plan.not_placed == PUBLISHED.not_placed
    assert "newcomers_not_waited_for" not in {note.code for note in plan.assumptions}


def test_a_goal_waits_again_when_the_team_waits_for_everyone() -> None:
    away = MemberLeave("sam", date(2027, 1, 18), date(2027, 4, 30))
    everyone = replace(YEAR, settings=replace(YEAR.settings, wait_for_all=True))
    plan = after(date(2027, 1, 18), away, before=everyone)
    assert where(plan) == {"look": "nov"}
    assert [
        (item.goal_id, item.code, item.missing_minutes)
        for item in plan.not_placed
        if item.subject is Subject.GOAL
        # Of the two hours for the goal one was studied.
    ] == [("talk", Code.PREPARATION_SHORT, 60), ("try", Code.PREPARATION_SHORT, 120)]


def test_minutes_of_this_week_count_once_someones_last_day_in_it_has_passed() -> None:
    # Kim works until Tuesday: on Wednesday this week's half hour has been, for Sam it has not.
    early = replace(KIM, working_days=(1, 2))
    problem = replace(
        YEAR,
        members=(SAM, early),
        goals=(LOOK,),
        preparations=YEAR.preparations[:2],
        study_days=(NOVEMBER,),
    )
    published = plan_optimally(problem)
    plan = after(
        date(2026, 10, 21),
        CloseDays(date(2026, 10, 26), date(2026, 10, 27), "Storm"),
        before=problem,
        published=published,
    )
    was = [("a", date(2026, 10, 5), 30), ("a", date(2026, 10, 19), 30)]
    assert weeks(published, "kim") == [*was, ("a", date(2026, 10, 26), 30)]
    # The deadline is Friday the 23rd now. Sam still has the week for an hour, Kim has nothing.
    assert weeks(plan, "kim") == was
    assert weeks(plan, "sam") == [("a", date(2026, 10, 5), 30), ("a", date(2026, 10, 19), 60)]
    assert [(item.member_id, item.missing_minutes) for item in plan.not_placed] == [("kim", 30)]


def test_minutes_of_this_week_count_once_their_deadline_has_passed() -> None:
    # The deadline was Tuesday 27 October. On Wednesday all is done, and the week holds less.
    tight = replace(
        YEAR,
        members=(SAM,),
        preparations=(course(LOOK, "a", 240), course(TALK, "b", 240)),
        study_days=(NOVEMBER, replace(FEBRUARY, date=date(2026, 12, 3))),
        goals=(LOOK, TALK),
    )
    published = plan_optimally(tight)
    assert where(published) == {"look": "nov", "talk": "feb"}
    plan = after(date(2026, 10, 28), before=tight, published=published)
    assert plan.preparation_weeks == published.preparation_weeks
    assert weeks(plan, slug="a")[-1] == ("a", date(2026, 10, 26), 60)
    # With more to do for the second goal, this week is full.
    longer = tuple(replace(r, minutes=300) if r.course == "b" else r for r in tight.preparations)
    plan = after(
        date(2026, 10, 28), before=replace(tight, preparations=longer), published=published
    )
    assert weeks(plan, slug="b")[0] == ("b", date(2026, 11, 2), 60)
    assert [item.missing_minutes for item in plan.not_placed if item.course == "b"] == [60]


def test_a_course_that_was_done_for_a_goal_behind_is_done_for_the_next_one() -> None:
    both = (
        course(LOOK, "a", 90, completed=True),
        course(TALK, "a", 90),
        course(TALK, "b", 60),
    )
    problem = replace(YEAR, preparations=both)
    published = plan_optimally(problem)
    plan = after(date(2026, 11, 4), before=problem, published=published)
    assert {item.course for item in plan.preparation_weeks} == {"b"}
    assert plan.completed == published.completed
    assert {(item.member_id, item.goal_id, item.course) for item in plan.completed} == {
        ("sam", "look", "a"),
        ("sam", "talk", "a"),
    }


def test_a_course_that_is_finished_early_leaves_the_weeks_ahead() -> None:
    plan = after(date(2027, 1, 18), CompleteCourse("sam", "b"))
    assert weeks(plan, slug="b") == weeks(PUBLISHED, slug="b")[:2]
    assert [(item.member_id, item.course) for item in plan.completed] == [("sam", "b")]


def test_what_was_not_ready_for_a_past_goal_stays_in_the_plan() -> None:
    rows = (course(LOOK, "a", 500), *YEAR.preparations[1:])
    problem = replace(YEAR, preparations=rows)
    published = plan_optimally(problem)
    (short,) = [item for item in published.not_placed if item.member_id == "sam"]
    assert (short.goal_id, short.missing_minutes) == ("look", 500 - 4 * 60)
    plan = after(date(2026, 11, 4), before=problem, published=published)
    assert plan.not_placed == published.not_placed
    assert difference(published, plan).is_empty
    done = after(date(2026, 11, 4), CompleteCourse("sam", "a"), before=problem, published=published)
    assert short not in done.not_placed


def test_what_was_told_for_a_past_goal_is_not_told_again_for_the_next() -> None:
    rows = (course(LOOK, "a", 900), course(TALK, "a", 900))
    problem = replace(YEAR, goals=(LOOK, TALK), preparations=rows)
    published = plan_optimally(problem)
    assert where(published) == {"look": "nov", "talk": "feb"}
    first = [(item.goal_id, item.missing_minutes) for item in published.not_placed]
    assert first == [("look", 900 - 4 * 60), ("talk", 0)]
    plan = after(date(2026, 11, 4), before=problem, published=published)
    assert plan.not_placed == published.not_placed
    # Without a day for the second goal its course is told with the first one all the same.
    plan = after(
        date(2026, 11, 4),
        RemoveStudyDay("feb"),
        RemoveStudyDay("apr"),
        before=problem,
        published=published,
    )
    assert [(item.goal_id, item.missing_minutes) for item in plan.not_placed if item.goal_id] == [
        ("talk", 0),
        ("look", 900 - 4 * 60),
    ]


def test_only_recorded_hours_that_were_agreed_to_are_own_hours() -> None:
    rows = (
        course(LOOK, "a", 90, on_individual_hours=True),
        course(TALK, "a", 90),
        course(LOOK, "a", 90, KIM, on_individual_hours=True),
    )
    problem = replace(YEAR, preparations=rows)
    published = plan_optimally(problem)
    plan = after(date(2026, 11, 4), before=problem, published=published)
    assert plan.hours == published.hours
    spent = {
        item.member_id: [line for line in item.lines if line.activity is Activity.PREPARATION]
        for item in plan.hours
    }
    assert spent == {
        "kim": [HourLine(Activity.PREPARATION, HoursKind.INDIVIDUAL, 90, 90)],
        "sam": [HourLine(Activity.PREPARATION, HoursKind.ASSIGNED, 90, 90)],
    }


def test_what_a_withdrawn_course_took_is_assigned_time() -> None:
    none = replace(YEAR, preparations=())
    plan = after(date(2026, 11, 4), before=none)
    assert [
        line for item in plan.hours for line in item.lines if line.activity is Activity.PREPARATION
    ] == [HourLine(Activity.PREPARATION, HoursKind.ASSIGNED, 90, 90)] * 2


def test_a_past_study_day_keeps_that_its_length_was_assumed() -> None:
    guessed = replace(
        YEAR, study_days=tuple(replace(d, duration_basis=ASSUMED) for d in YEAR.study_days)
    )
    published = plan_optimally(guessed)
    assert after(date(2026, 11, 4), before=guessed, published=published).hours == published.hours


def test_a_candidate_that_was_used_counts() -> None:
    days = tuple(replace(day, fixed=False) for day in (NOVEMBER, FEBRUARY, APRIL))
    one = replace(YEAR, study_days=days, settings=replace(YEAR.settings, most_candidate_days=1))
    published = plan_optimally(one)
    assert where(published) == {"look": "nov"}
    assert where(after(date(2026, 11, 4), before=one, published=published)) == {"look": "nov"}
    two = replace(one, settings=replace(one.settings, most_candidate_days=2))
    plan = after(date(2026, 11, 4), before=two, published=published)
    assert where(plan) == {"look": "nov", "talk": "feb"}


def test_meetings_that_were_held_keep_their_length_and_agenda() -> None:
    plan = after(
        date(2027, 1, 13),
        ChangeSettings.of(plg_minutes=30, follow_up_minutes=15, evaluation_minutes=20),
    )
    assert before_day(plan, date(2027, 1, 13)) == before_day(PUBLISHED, date(2027, 1, 13))
    assert [item.minutes for item in plan.plg_meetings] == [90, 30, 30, 30, 30]
    assert [item.minutes for item in plan.follow_ups] == [60, 15, 15]
    assert [item.minutes for item in plan.evaluations] == [60, 20, 20]


def test_more_meetings_after_a_day_that_was_held() -> None:
    more = replace(YEAR, settings=replace(YEAR.settings, plg_minimum_meetings=4))
    plan = after(date(2027, 1, 13), before=more)
    about = [item.date for item in plan.plg_meetings if "look" in item.goal_ids]
    assert len(about) == 4
    assert about[0] == PUBLISHED.plg_meetings[0].date


def test_new_activities_come_up_in_meetings_that_are_still_to_come() -> None:
    visit = JointActivity("visit", "Bij elkaar kijken", ("look",))
    plan = after(date(2026, 12, 16), activities=(visit,))
    assert plan.activities == (PlannedActivity("visit", visit.title, ("look",), date(2027, 1, 26)),)
    # What was done stays on its date, also when the advice does not ask for it any more; what was
    # published for later stays on its date, although there is room before.
    film = JointActivity("film", "Samen een les bekijken", ("look",))
    published = replace(
        PUBLISHED,
        activities=(
            PlannedActivity("visit", visit.title, ("look",), date(2026, 12, 15)),
            PlannedActivity("film", film.title, ("look",), date(2027, 1, 26)),
        ),
    )
    for activities in ((visit, film), (film,)):
        plan = after(date(2026, 12, 16), activities=activities, published=published)
        assert plan.activities == published.activities
    late = after(date(2027, 4, 21), activities=(replace(visit, goal_ids=("talk",)),))
    assert [(item.subject, item.code) for item in late.not_placed] == [
        (Subject.ACTIVITY, Code.NO_MEETING)
    ]


# --- Changes -------------------------------------------------------------------------------------
def test_somebody_leaves_and_keeps_what_was_done() -> None:
    plan = after(date(2027, 1, 18), RemoveMember("kim"))
    assert weeks(plan, "kim") == weeks(PUBLISHED, "kim")[:3]
    assert weeks(plan, "sam") == weeks(PUBLISHED, "sam")
    assert [item.member_id for item in plan.hours] == ["sam"]
    assert where(plan) == where(PUBLISHED)
    assert difference(PUBLISHED, plan).affected == {"kim"}


def test_somebody_joins_and_prepares_what_is_still_to_come() -> None:
    new = AddMember(Member("new", "Nieuw"), same_as="sam")
    plan = after(date(2027, 1, 4), new)
    assert [slug for slug, *_ in weeks(plan, "new")] == ["b", "b", "b", "b", "c", "c"]
    assert where(plan) == where(PUBLISHED)
    assert stability(PUBLISHED, plan, NOORD).changed == 0


def test_a_day_moves_and_its_open_deadlines_move_along() -> None:
    plan = after(date(2026, 11, 16), MoveStudyDay("feb", date(2027, 2, 11)))
    assert where(plan) == where(PUBLISHED)
    assert [item.deadline for item in plan.placements] == [
        date(2026, 10, 27),
        date(2027, 2, 4),
        date(2027, 3, 30),
    ]
    assert {week.deadline for week in plan.preparation_weeks if week.course == "b"} == {
        date(2027, 2, 4)
    }
    kept = published_items(PUBLISHED) - published_items(plan)
    assert kept == {
        ("course", "sam", "b", "2027-01-28"),
        ("follow_up", "feb", "2027-03-02"),
        ("evaluation", "feb", "2027-04-13"),
    }
    assert stability(PUBLISHED, plan, NOORD).changed == 0
    # What was studied before its deadline moved keeps the deadline it had.
    half = after(date(2027, 1, 18), MoveStudyDay("feb", date(2027, 2, 11)))
    assert [
        (week.week, week.deadline) for week in half.preparation_weeks if week.course == "b"
    ] == [
        (date(2027, 1, 4), date(2027, 1, 28)),
        (date(2027, 1, 11), date(2027, 1, 28)),
        (date(2027, 1, 25), date(2027, 2, 4)),
        (date(2027, 2, 1), date(2027, 2, 4)),
    ]


def test_a_day_is_cancelled_and_its_goal_goes_on() -> None:
    plan = after(date(2026, 11, 16), RemoveStudyDay("feb"))
    # One goal a day: the second goal comes before the third.
    assert where(plan) == {"look": "nov", "talk": "apr"}
    assert [(i.goal_id, i.code) for i in plan.not_placed if i.subject is Subject.GOAL] == [
        ("try", Code.NO_FREE_DAY)
    ]
    extra = AddStudyDay(date(2027, 3, 10), StudyDayKind.DAY, time(8, 30), 360, id="mar")
    plan = after(date(2026, 11, 16), RemoveStudyDay("feb"), extra)
    assert where(plan) == {"look": "nov", "talk": "mar", "try": "apr"}


def test_a_day_that_has_been_stays_when_it_is_taken_out() -> None:
    plan = after(date(2026, 11, 4), RemoveStudyDay("nov"))
    assert where(plan) == where(PUBLISHED)


def test_a_past_day_that_was_not_held_after_all_is_planned_on_its_new_date() -> None:
    plan = after(date(2026, 11, 4), MoveStudyDay("nov", date(2026, 11, 17)))
    first = plan.placements[0]
    assert (first.goal_id, first.study_day_date) == ("look", date(2026, 11, 17))
    assert first.deadline == date(2026, 11, 10)
    assert where(plan) == where(PUBLISHED)
    # All of it was studied before the day it was meant for.
    assert weeks(plan) == weeks(PUBLISHED)


def test_a_new_holiday_moves_what_is_in_it() -> None:
    # The follow-up of 1 December and the meeting of 15 December fall in it.
    closed = CloseDays(date(2026, 11, 30), date(2026, 12, 18), "Verbouwing")
    plan = after(date(2026, 11, 16), closed)
    assert where(plan) == where(PUBLISHED)
    assert published_items(PUBLISHED) - published_items(plan) == {
        ("follow_up", "nov", "2026-12-01"),
        ("plg_meeting", "2026-12-15"),
    }
    (met,) = (item for item in plan.follow_ups if item.study_day_id == "nov")
    # Before the evaluation, which stays on Tuesday 12 January.
    assert met.date == date(2027, 1, 5)


def test_a_follow_up_that_has_to_move_leaves_the_published_dates_of_others() -> None:
    # It would have gone to Tuesday 8 December, on which the team looks back at another day.
    first = replace(NOVEMBER, id="oct", date=date(2026, 9, 29))
    problem = replace(YEAR, study_days=(first, NOVEMBER), goals=(LOOK, TALK))
    published = plan_optimally(problem)
    dates = {i.study_day_id: i.date for i in published.evaluations}
    assert dates["oct"] == date(2026, 12, 8)
    closed = CloseDays(date(2026, 11, 30), date(2026, 12, 4), "Storm")
    plan = after(date(2026, 11, 16), closed, before=problem, published=published)
    assert {i.study_day_id: i.date for i in plan.evaluations} == dates
    assert {i.study_day_id: i.date for i in plan.follow_ups}["nov"] == date(2026, 12, 10)


def test_a_more_important_goal_may_take_a_published_place() -> None:
    urgent = Goal("now", "Wij leren wat nu nodig is", 1)
    rows = (*YEAR.preparations, course(urgent, "d", 60))
    plan = after(
        date(2026, 11, 16),
        before=replace(YEAR, goals=(*YEAR.goals, urgent), preparations=rows),
    )
    # Three goals for two days: the last in line waits, and the others stay where they can.
    assert set(where(plan)) == {"look", "now", "talk"}
    assert where(plan)["talk"] == "feb"


# --- Random schools ------------------------------------------------------------------------------
def random_replan(seed: int, *, tiny: bool) -> tuple[Problem, Plan, Problem]:
    """A problem, its plan, and the problem of some day later after something has changed."""
    dice = random.Random(seed)  # noqa: S311  (no secret)
    if tiny:
        school = tiny_school(seed)
        own = replace(
            school.settings,
            deadline_working_days=dice.choice([1, 3, 5, 7]),
            plg_minimum_meetings=dice.choice([0, 1, 2, 3]),
        )
        school = replace(school, settings=own)
    else:
        school = replace(Dice(dice).problem(), plan_from=None)
    first = dice.choice(NOORD.open_days[:-5])
    return school, plan_optimally(school), random_change(dice, school, first)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9), st.booleans())
def test_a_plan_that_goes_on_breaks_no_rule_and_leaves_the_past(seed: int, tiny: bool) -> None:
    _, published, problem = random_replan(seed, tiny=tiny)
    assert broken_after(problem, plan_optimally(problem, published), published) == []


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_all_that_can_stay_stays(seed: int) -> None:
    _, published, problem = random_replan(seed, tiny=True)
    plan = plan_optimally(problem, published)
    draft = draft_of(problem, published)
    stayed = published_places(draft)
    goals = set(draft.question.goals)
    place_of = {day.day.id: place for place, day in enumerate(draft.days)}
    wanted = {
        item.goal_id: place_of.get(item.study_day_id)
        for item in published.placements
        if item.goal_id in goals
    }
    found = {
        item.goal_id: place_of[item.study_day_id]
        for item in plan.placements
        if item.goal_id in goals
    }
    can_stay = stayed == wanted and (
        score(draft.question, stayed)[0] == score(draft.question, found)[0]
    )
    first = problem.plan_from or date.min
    was_held = {day.study_day_id for day in published.study_days if day.date < first}
    can_stay &= was_held == days_behind(problem, published)
    # Where a day has moved, more items may stay by going to a day that has its old deadline now.
    dates = {day.id: day.date for day in problem.study_days}
    can_stay &= all(dates.get(day.study_day_id) == day.date for day in published.study_days)
    # Without one of its goals a course may be due for a later day.
    can_stay &= {i.goal_id for i in published.placements} <= {goal.id for goal in problem.goals}
    if can_stay:
        assert found == stayed
        assert stability(published, plan, problem.calendar).changed == 0
    # A second time nothing changes any more.
    again = plan_optimally(problem, plan)
    assert published_items(again) == published_items(plan)
    assert again.preparation_weeks == plan.preparation_weeks


def _mixed(dice: random.Random, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(dice.sample(rows, len(rows)))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9), st.booleans())
def test_the_order_of_rows_makes_no_difference(seed: int, tiny: bool) -> None:
    _, published, problem = random_replan(seed, tiny=tiny)
    dice = random.Random(seed)  # noqa: S311  (no secret)
    mixed = replace(
        problem,
        members=_mixed(dice, problem.members),
        goals=_mixed(dice, problem.goals),
        preparations=_mixed(dice, problem.preparations),
        study_days=_mixed(dice, problem.study_days),
        activities=_mixed(dice, problem.activities),
    )
    assert plan_optimally(mixed, published) == plan_optimally(problem, published)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9), st.booleans())
def test_nothing_changes_without_a_change(seed: int, tiny: bool) -> None:
    school, published, later = random_replan(seed, tiny=tiny)
    assert plan_optimally(school, published) == published
    # As the year goes on, a goal that waits may wait for another reason, and no more than that.
    plan = plan_optimally(replace(school, plan_from=later.plan_from), published)
    if tiny:
        assert published_items(plan) == published_items(published)
        assert plan.preparation_weeks == published.preparation_weeks
        assert plan.hours == published.hours
