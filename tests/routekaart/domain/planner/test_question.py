"""Which answers are right, and which of two is the better."""

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.planner.conditions import Condition, Conditions
from routekaart.domain.planner.question import (
    Choose,
    Places,
    Question,
    Referee,
    Slot,
    first_prepared,
    score,
    turn_of,
)
from tests.random_questions import all_places, random_question

A, B, BOTH = frozenset(["a"]), frozenset(["b"]), frozenset(["a", "b"])
QUESTION = Question(
    goals=("a", "b"),
    levels=(("a",), ("b",)),
    slots=(
        Slot(date(2026, 9, 1), 1),
        Slot(date(2026, 10, 1), 2),
        Slot(date(2026, 10, 1), 0),
        Slot(date(2026, 11, 3), 1),
    ),
    after=(),
    conditions=Conditions(frozenset(), ()),
)


def right(question: Question) -> list[Places]:
    referee = Referee(question)
    return [places for places in all_places(question) if referee.is_right(places)]


def limited(*load: tuple[frozenset[str], int, int], limit: int) -> Question:
    found = tuple(((goals, place), minutes) for goals, place, minutes in load)
    return replace(QUESTION, conditions=Conditions(frozenset(), (Condition(found, limit),)))


def test_a_goal_may_stand_where_there_is_room_and_are_weeks() -> None:
    closed = replace(QUESTION, conditions=Conditions(frozenset([(A, 0), (BOTH, 3)]), ()))
    assert closed.open_places("a") == [1, 3]
    assert closed.open_places("b") == [0, 1, 3]
    assert closed.shared == (BOTH,)
    other_team = replace(QUESTION, group={"a": 1})
    assert (other_team.open_places("a"), other_team.open_places("b")) == ([], [0, 1, 3])


def test_a_day_holds_no_more_goals_than_it_has_room_for() -> None:
    both = [places for places in right(QUESTION) if len(places) == 2]
    assert both == [
        {"a": 0, "b": 1},
        {"a": 0, "b": 3},
        {"a": 1, "b": 0},
        {"a": 1, "b": 1},
        {"a": 1, "b": 3},
        {"a": 3, "b": 0},
        {"a": 3, "b": 1},
    ]


def test_a_later_goal_stands_on_a_later_date_than_the_one_before_it() -> None:
    ordered = replace(QUESTION, after=(("b", "a"),))
    assert right(ordered) == [
        {},
        {"a": 0},
        {"a": 0, "b": 1},
        {"a": 0, "b": 3},
        {"a": 1},
        {"a": 1, "b": 3},
        {"a": 3},
    ]


def test_a_shared_course_counts_for_the_first_of_its_goals() -> None:
    assert first_prepared(QUESTION, {"a": 3, "b": 1}) == {A: 3, B: 1}
    shared = limited((BOTH, 1, 60), (B, 1, 30), limit=60)
    assert first_prepared(shared, {"a": 3, "b": 1}) == {A: 3, B: 1, BOTH: 1}
    referee = Referee(shared)
    # Prepared for the first day it asks nothing of the second.
    assert referee.is_right({"a": 0, "b": 1})
    assert not referee.is_right({"a": 3, "b": 1})
    assert referee.is_right({"a": 1, "b": 3})


def test_minutes_up_to_the_limit_fit() -> None:
    assert Referee(limited((A, 0, 60), (B, 1, 30), limit=90)).is_right({"a": 0, "b": 1})
    assert not Referee(limited((A, 0, 60), (B, 1, 30), limit=89)).is_right({"a": 0, "b": 1})


def test_no_more_candidates_are_used_than_may_be() -> None:
    one = replace(QUESTION, choices=(Choose(frozenset([0, 3]), 1),))
    assert {"a": 0, "b": 3} not in right(one)
    assert {"a": 0, "b": 1} in right(one)


def test_days_that_are_apart_are_not_both_used() -> None:
    apart = replace(QUESTION, apart=((0, 1),))
    assert [places for places in right(apart) if len(places) == 2] == [
        {"a": 0, "b": 3},
        {"a": 1, "b": 1},
        {"a": 1, "b": 3},
        {"a": 3, "b": 0},
        {"a": 3, "b": 1},
    ]


def test_goals_count_by_priority_then_what_stays_then_early() -> None:
    kept = replace(QUESTION, kept={(A, 3): 2, (B, 1): 1, (BOTH, 1): 4})
    assert score(kept, {"a": 3, "b": 1}) == ((1, 1), (7,), (-3, -1), (-3, -1))
    assert score(kept, {"b": 0}) == ((0, 1), (0,), (-4, 0), (-4, 0))
    best_first = sorted(right(kept), key=lambda places: score(kept, places), reverse=True)
    # One high goal is worth more than one low goal, whatever else.
    assert best_first[:2] == [{"a": 3, "b": 1}, {"a": 1, "b": 1}]
    assert [set(places) for places in best_first[-3:]] == [{"b"}, {"b"}, set()]


def test_of_equals_the_goal_whose_turn_it_is_goes_first() -> None:
    equal = replace(QUESTION, levels=(("a", "b"),), slots=QUESTION.slots[:2])
    assert max(right(equal), key=lambda places: score(equal, places)) == {"a": 0, "b": 1}


def test_only_days_of_the_own_team_come_before() -> None:
    first, second, _, third = QUESTION.slots
    teams = replace(
        QUESTION,
        slots=(first, second, replace(third, group=1), third),
        group={"a": 0, "b": 1},
    )
    assert [turn_of(teams, "a", {"a": place}) for place in (0, 1, 3)] == [0, 1, 2]
    assert turn_of(teams, "b", {"b": 2}) == 0
    assert (turn_of(teams, "a", {}), turn_of(teams, "b", {})) == (3, 1)


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=True))
def test_a_right_answer_stays_right_for_each_team_alone(source: random.Random) -> None:
    question = random_question(source, teams=2)
    for places in right(question):
        for group in (0, 1):
            own = {goal: place for goal, place in places.items() if question.group[goal] == group}
            assert Referee(question.only([group])).is_right(own)


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=True))
def test_no_two_answers_are_as_good(source: random.Random) -> None:
    question = random_question(source)
    scores = [score(question, places) for places in all_places(question)]
    assert len(set(scores)) == len(scores)


THREE = replace(
    QUESTION,
    goals=("a", "b", "c"),
    levels=(("a", "b", "c"),),
    slots=tuple(Slot(date(2026, 9, 1), 1, group) for group in (0, 1, 2)),
    group={"a": 0, "b": 1, "c": 2},
)
EACH = {"a": 0, "b": 1, "c": 2}


def test_teams_stand_in_each_others_way_by_hours_courses_and_days() -> None:
    load = tuple(((goals, place), 60) for place, goals in enumerate((A, B)))
    busy = replace(
        THREE,
        conditions=Conditions(
            frozenset([(frozenset(["b", "c"]), 1)]), (Condition(load, 90), Condition(load, 120))
        ),
        apart=((0, 2),),
    )
    ways = [frozenset([1, 2]), frozenset([0, 1]), frozenset([0, 2])]
    assert list(Referee(busy).clashes(EACH)) == ways
    assert list(Referee(busy).clashes({"b": 1})) == ways[:1]
    assert list(Referee(THREE).clashes(EACH)) == []


def test_some_teams_keep_what_is_between_them() -> None:
    apart = replace(THREE, apart=((0, 1), (0, 2)))
    assert apart.only([0, 1]).apart == ((0, 1),)
    assert apart.only([0, 1]).goals == ("a", "b")
    assert apart.only([1, 2]).apart == ()


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=True))
def test_right_answers_of_teams_that_do_not_clash_are_right_together(
    source: random.Random,
) -> None:
    question = random_question(source, teams=2)
    referee = Referee(question)
    for places in all_places(question):
        parts = [
            {goal: place for goal, place in places.items() if question.group[goal] == team}
            for team in (0, 1)
        ]
        if all(Referee(question.only([team])).is_right(own) for team, own in enumerate(parts)):
            assert referee.is_right(places) is not any(referee.clashes(places))
