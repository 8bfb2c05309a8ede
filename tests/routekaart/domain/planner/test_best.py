"""The best answer is as good as the best of all answers, and says when it is not proven."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.planner.best import Answer, SearchFailed, best_answer
from routekaart.domain.planner.conditions import Conditions
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.greedy import greedy_places
from routekaart.domain.planner.question import Places, Question, Referee, Slot, score
from tests.random_questions import all_places, random_question
from tests.random_schools import published_before, tiny_school


def best_of_all(question: Question) -> Places:
    referee = Referee(question)
    right = (places for places in all_places(question) if referee.is_right(places))
    return max(right, key=lambda places: score(question, places))


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_tiny_schools_get_the_best_of_all_answers(seed: int) -> None:
    for number in range(seed, seed + 10):
        school = tiny_school(number)
        published = published_before(school) if number % 2 else None
        question = draft_of(school, published).question
        answer = best_answer(question, greedy_places(question))
        assert answer == Answer(best_of_all(question), proven=True), number


@settings(max_examples=500, deadline=None)
@given(st.randoms(use_true_random=True))
def test_random_questions_get_the_best_of_all_answers(source: random.Random) -> None:
    question = random_question(source)
    start = source.choice([{}, greedy_places(question)])
    assert best_answer(question, start) == Answer(best_of_all(question), proven=True)


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=True))
def test_teams_together_get_the_best_of_all_answers(source: random.Random) -> None:
    question = random_question(source, teams=source.choice([2, 3]))
    answer = best_answer(question, greedy_places(question))
    assert answer == Answer(best_of_all(question), proven=True)


# Of two equal goals one can stand on the first day; a lower goal only comes after the second.
EQUALS = Question(
    goals=("a", "b", "c"),
    levels=(("a", "b"), ("c",)),
    slots=(Slot(date(2026, 9, 1), 1), Slot(date(2026, 10, 1), 2), Slot(date(2026, 11, 2), 1)),
    after=(("c", "b"),),
    conditions=Conditions(frozenset(), ()),
)
GREEDY = {"a": 0, "b": 1, "c": 2}


def test_who_goes_first_among_equals_costs_no_lower_goal_its_place() -> None:
    assert greedy_places(EQUALS) == GREEDY
    assert best_answer(EQUALS, GREEDY) == Answer({"a": 1, "b": 0, "c": 1}, proven=True)


def test_a_higher_goal_takes_along_the_lower_one_that_comes_first() -> None:
    days = tuple(replace(slot, room=1) for slot in EQUALS.slots[:2])
    turned = replace(EQUALS, levels=(("c",), ("a",), ("b",)), slots=days)
    for start in ({}, {"a": 0}):
        assert best_answer(turned, start) == Answer({"b": 0, "c": 1}, proven=True)


def test_without_work_left_the_start_stands_with_its_gap() -> None:
    free = replace(EQUALS, levels=(("a", "b", "c"),), after=())
    best = {"a": 0, "b": 1, "c": 1}
    # One of three has the first day, so that two stand a day later. Without work it is not known
    # that they have to, and all three waiting would be nine.
    assert best_answer(free, best, steps=0) == Answer(best, proven=False, gap=2 / 9)
    assert best_answer(free, {}, steps=0) == Answer({}, proven=False, gap=1.0)
    assert best_answer(free, {}) == Answer(best, proven=True)


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=True), st.integers(0, 6))
def test_with_little_work_the_answer_is_right_and_the_gap_is_true(
    source: random.Random, steps: int
) -> None:
    question = random_question(source, teams=source.choice([1, 2, 3]))
    start = greedy_places(question)
    answer = best_answer(question, start, steps=steps)
    best = best_of_all(question)
    assert Referee(question).is_right(answer.places)
    assert score(question, start) <= score(question, answer.places) <= score(question, best)
    assert answer.proven is (answer.gap == 0)
    assert 0 <= answer.gap <= 1
    if answer.proven:
        assert answer.places == best


def test_an_answer_that_breaks_a_condition_is_never_given() -> None:
    with pytest.raises(SearchFailed):
        best_answer(EQUALS, {"c": 0}, steps=0)
