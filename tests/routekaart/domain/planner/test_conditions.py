"""The conditions hold exactly when everyone's courses fit in their weeks."""

import random
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.people import Leave, Member
from routekaart.domain.planner.agenda import unplaced_minutes
from routekaart.domain.planner.conditions import (
    Condition,
    Conditions,
    Part,
    Windows,
    conditions_of,
    mandatory_needs,
    parts_of,
    waited_for,
    without_needless,
)
from routekaart.domain.planner.demand import Need, Profile, demand_of
from routekaart.domain.planner.draft import Draft, draft_of
from routekaart.domain.planner.fill import tasks_of
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.planner.question import Places, Referee
from routekaart.domain.planner.usable_days import UsableDay, usable_days
from tests.problems import NOORD, Dice
from tests.random_questions import all_places, random_question

SAM = Member("sam", "Sam")
# Preparation from 28 September until 27 October, and from 5 October until 3 November: four weeks
# for each day, as there is a break in between, and five for both together.
NOVEMBER = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
LATER = replace(NOVEMBER, id="later", date=date(2026, 11, 10))
EARLY = replace(NOVEMBER, id="early", date=date(2026, 8, 19))
ONE, TWO = frozenset(["one"]), frozenset(["two"])


def problem(*rows: Preparation, member: Member = SAM, days: tuple[StudyDay, ...]) -> Problem:
    return Problem(
        calendar=NOORD,
        members=(member,),
        goals=(Goal("one", "Wij leren één", 1), Goal("two", "Wij leren twee", 2)),
        preparations=rows,
        study_days=days,
        settings=Settings(),
    )


def row(goal: str, course: str, minutes: int, position: int = 0, **more: Any) -> Preparation:
    made = Preparation(goal, "sam", course, course, minutes, position=position)
    return replace(made, **more)


def made_of(given_problem: Problem) -> tuple[Profile, tuple[UsableDay, ...], Windows]:
    (profile,) = demand_of(given_problem).profiles
    days, _ = usable_days(given_problem)
    return profile, days, Windows(profile.hours, days)


def mondays(windows: Windows, profile: Profile, place: int) -> list[date]:
    span = windows.span(place, None)
    assert span is not None
    return [profile.hours.weeks[week] for week in range(span[0], span[1] + 1)]


def test_windows_are_the_weeks_with_working_days_before_a_day() -> None:
    away = replace(SAM, leave=(Leave(date(2026, 9, 21), date(2026, 9, 30)),), working_days=(3,))
    given_problem = problem(row("one", "a", 60), member=away, days=(EARLY, NOVEMBER))
    profile, _, windows = made_of(given_problem)
    assert windows.span(0, None) is None
    # Works on Wednesdays only, and the first one that is no leave is 7 October.
    assert mondays(windows, profile, 1) == [date(2026, 10, day) for day in (5, 12, 19)]
    span = windows.span(1, None)
    assert span is not None
    # Nothing in the break.
    assert windows.minutes(*span) == 120
    assert windows.span(1, date(2026, 10, 21)) == (span[1], span[1])
    assert windows.span(1, date(2026, 10, 22)) is None


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        ([row("one", "a", 240)], True),
        ([row("one", "a", 241)], False),
        ([row("one", "a", 120), row("one", "b", 120, 1)], True),
        # From 19 October on there are two weeks.
        ([row("one", "a", 120, available_from=date(2026, 10, 19))], True),
        ([row("one", "a", 121, available_from=date(2026, 10, 19))], False),
        # What comes after it cannot be done before it; what comes before it can.
        (
            [
                row("one", "a", 60, 1, available_from=date(2026, 10, 19)),
                row("one", "b", 60, 2),
                row("one", "c", 120, 0),
            ],
            True,
        ),
        (
            [
                row("one", "a", 60, 1, available_from=date(2026, 10, 19)),
                row("one", "b", 61, 2),
            ],
            False,
        ),
    ],
)
def test_courses_of_one_goal_fit_in_their_order(rows: list[Preparation], fits: bool) -> None:
    profile, days, windows = made_of(problem(*rows, days=(NOVEMBER,)))
    assert windows.fits(mandatory_needs(profile)["one"], 0) is fits
    assert waited_for(profile, days, all_goals=False) == ({"one"} if fits else set())
    assert waited_for(profile, days, all_goals=True) == {"one"}


def test_only_mandatory_courses_that_take_time_count() -> None:
    rows = (row("one", "a", 0), row("one", "b", 60, mandatory=False), row("two", "b", 60))
    profile, days, _ = made_of(problem(*rows, days=(NOVEMBER,)))
    assert mandatory_needs(profile) == {"two": [Need("two", "b", 60, True, 0, None)]}
    assert waited_for(profile, days, all_goals=True) == {"two"}


def test_a_shared_course_is_one_part() -> None:
    rows = (row("one", "a", 60), row("two", "a", 90), row("two", "b", 30))
    profile, _, _ = made_of(problem(*rows, days=(NOVEMBER,)))
    assert parts_of(profile, ONE | TWO) == (Part("a", 90, ONE | TWO), Part("b", 30, TWO))
    # A goal that does not wait for this person leaves the course to the other.
    assert parts_of(profile, TWO) == (Part("a", 90, TWO), Part("b", 30, TWO))


def conditions(*rows: Preparation, days: tuple[StudyDay, ...]) -> Conditions:
    given_problem = problem(*rows, days=days)
    return conditions_of(
        demand_of(given_problem).profiles, [ONE | TWO], usable_days(given_problem)[0]
    )


def test_each_stretch_of_weeks_gives_a_condition() -> None:
    found = conditions(row("one", "a", 150), row("two", "b", 120), days=(NOVEMBER, LATER))
    assert found.closed == frozenset()
    # Before each day 240 minutes; before both 300, which is enough for all.
    assert found.limits == (
        Condition((((ONE, 0), 150), ((TWO, 0), 120)), 240),
        Condition((((ONE, 1), 150), ((TWO, 1), 120)), 240),
    )


def test_what_two_days_ask_together_has_a_condition_of_its_own() -> None:
    found = conditions(row("one", "a", 210), row("two", "b", 120), days=(NOVEMBER, LATER))
    assert found.limits[1] == Condition(
        (((ONE, 0), 210), ((ONE, 1), 210), ((TWO, 0), 120), ((TWO, 1), 120)), 300
    )
    assert len(found.limits) == 3


def test_a_shared_course_counts_once_and_by_the_first_of_its_goals() -> None:
    found = conditions(row("one", "a", 210), row("two", "a", 210), days=(NOVEMBER, LATER))
    assert found == Conditions(frozenset(), ())
    found = conditions(
        row("one", "a", 210), row("two", "a", 210), row("two", "b", 60), days=(NOVEMBER,)
    )
    assert found.limits == (Condition((((ONE | TWO, 0), 210), ((TWO, 0), 60)), 240),)


def test_of_people_who_are_asked_the_same_the_one_with_least_time_counts() -> None:
    rows = [row("one", "a", 150), row("two", "b", 60)]
    given_problem = problem(*rows, days=(NOVEMBER,))
    people = [Member(name, name, own_weekly_minutes=own) for name, own in (("x", 52), ("y", 50))]
    both = replace(
        given_problem,
        members=tuple(people),
        preparations=tuple(replace(item, member_id=m.id) for m in people for item in rows),
    )
    found = conditions_of(demand_of(both).profiles, [ONE | TWO] * 2, usable_days(both)[0])
    assert found.limits == (Condition((((ONE, 0), 150), ((TWO, 0), 60)), 200),)


def test_what_cannot_be_before_a_day_at_all_is_closed() -> None:
    # Five weeks lie before the last one.
    last = replace(NOVEMBER, id="last", date=date(2026, 11, 24))
    found = conditions(row("one", "a", 270), row("two", "b", 60), days=(EARLY, NOVEMBER, last))
    assert found.closed == {(ONE, 0), (TWO, 0), (ONE, 1)}


def holds(found: Conditions, places: Places) -> bool:
    """Whether a placement keeps the conditions, straight from what they say."""

    def is_prepared(goals: frozenset[str], place: int) -> bool:
        return min((places[goal] for goal in goals if goal in places), default=None) == place

    return not any(is_prepared(*prepared) for prepared in found.closed) and all(
        sum(minutes for prepared, minutes in item.load if is_prepared(*prepared)) <= item.limit
        for item in found.limits
    )


def everyone_ready(draft: Draft, places: Places) -> bool:
    """Whether every course that a goal waits for gets its minutes in time, filled week by week."""
    for profile, waiting in zip(draft.demand.profiles, draft.waiting, strict=True):
        needs = [need for need in profile.needs if need.mandatory and need.goal_id in waiting]
        only = replace(profile, needs=tuple(needs))
        tasks = tasks_of(only, waiting, places, draft.question.goals, draft.days)
        if unplaced_minutes(tasks, profile.hours.minutes):
            return False
        for need in needs:
            if need.goal_id not in places or not need.minutes:
                continue
            deadline = draft.days[places[need.goal_id]].deadline
            ready = [
                task.minutes
                for task in tasks
                if task.course == need.course and deadline and task.deadline <= deadline
            ]
            if ready != [need.minutes]:
                return False
    return True


@settings(max_examples=500, deadline=None)
@given(st.randoms(use_true_random=True))
def test_conditions_hold_exactly_when_everyone_can_be_ready(source: random.Random) -> None:
    draft = draft_of(Dice(source).problem())
    for _ in range(8):
        places = {
            goal: source.randrange(len(draft.days))
            for goal in draft.question.goals
            if draft.days and source.random() < 0.7
        }
        assert holds(draft.question.conditions, places) is everyone_ready(draft, places)


def test_courses_at_one_place_in_the_order_do_not_wait_for_each_other() -> None:
    """The one that comes later would else push the other out of its weeks, by its name alone."""
    rows = (row("one", "a", 60, available_from=date(2026, 10, 19)), row("one", "b", 120))
    profile, days, _ = made_of(problem(*rows, days=(NOVEMBER,)))
    assert waited_for(profile, days, all_goals=False) == {"one"}


def test_limits_that_follow_from_others_are_left_out() -> None:
    both = (((ONE, 0), 60), ((TWO, 0), 60))
    early = (((ONE, 0), 60), ((TWO, 0), 60), ((TWO, 1), 30))
    tight = Condition(early, 90)
    # Less is asked of as much, as much of more, and twice the same.
    assert without_needless([Condition(both, 90), tight, Condition(early, 100), tight]) == (tight,)
    # More is asked of less than one that asks less of more.
    assert without_needless([Condition(both, 80), tight]) == (Condition(both, 80), tight)
    # Each is prepared for one day only, so that this is kept by itself.
    assert without_needless([Condition(early, 120)]) == ()


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=True))
def test_leaving_out_limits_changes_no_answer(source: random.Random) -> None:
    question = random_question(source)
    conditions = question.conditions
    fewer = Conditions(conditions.closed, without_needless(conditions.limits))
    referees = Referee(question), Referee(replace(question, conditions=fewer))
    for places in all_places(question):
        assert referees[0].is_right(places) is referees[1].is_right(places)
