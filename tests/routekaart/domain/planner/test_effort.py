"""Work is counted by size; the clock is an emergency that is told."""

from dataclasses import replace
from datetime import date

import pytest

from routekaart.domain.planner.best import SearchFailed, best_answer
from routekaart.domain.planner.climb import Climb
from routekaart.domain.planner.conditions import Condition, Conditions
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.effort import (
    LEAST_STEPS,
    STEPS,
    WORK,
    Emergency,
    step_work,
    steps_for,
)
from routekaart.domain.planner.explain import explain
from routekaart.domain.planner.explain.solving import OutOfSolves, Solver
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.problem import Problem
from routekaart.domain.planner.question import Question, Slot
from routekaart.domain.planner.school import plan_together
from tests.random_schools import random_school

SLOTS = tuple(Slot(date(2026, 9, 1 + number), 1) for number in range(4))


def question(limits: int) -> Question:
    load = tuple(((frozenset(["a"]), place), 60) for place in range(4))
    return Question(
        goals=("a",),
        levels=(("a",),),
        slots=SLOTS,
        after=(),
        conditions=Conditions(frozenset(), (Condition(load, 30),) * limits),
    )


def test_a_larger_question_gets_fewer_steps_and_none_too_few() -> None:
    assert steps_for(question(1)) == STEPS
    large = question(1_000)
    assert LEAST_STEPS < steps_for(large) == WORK // step_work(large) < STEPS
    assert steps_for(question(10_000)) == LEAST_STEPS


def hard() -> Problem:
    """A school of which the best plan takes some steps to prove."""
    school = random_school(20, 12, 30, 24, 1)
    settings = replace(school.settings, team_weekly_minutes=80, goals_per_day=2)
    return replace(school, settings=settings)


def test_the_clock_stops_a_search_and_the_plan_says_so() -> None:
    at = iter(range(100_000))
    emergency = Emergency.by(lambda: next(at), seconds=3)
    plan = plan_optimally(hard(), emergency=emergency)
    assert (emergency.came, plan.method, plan.optimal) == (True, "optimal", False)
    assert [note.code for note in plan.assumptions][:2] == ["stopped_by_clock", "not_proven"]


def test_a_clock_with_time_left_changes_nothing() -> None:
    emergency = Emergency.by(lambda: 0.0)
    school = random_school(5, 4, 10, 4, 3)
    assert plan_optimally(school, emergency=emergency) == plan_optimally(school)
    assert explain(school, emergency=emergency) == explain(school)
    assert not emergency.came


def test_teams_of_a_school_stop_by_the_clock_as_well() -> None:
    emergency = Emergency(lambda: True)
    plans = plan_together({"one": hard()}, emergency=emergency)
    assert emergency.came
    assert {plan.assumptions[0].code for plan in plans.values()} == {"stopped_by_clock"}


def test_an_explanation_that_the_clock_stops_searches_nothing_more() -> None:
    found = explain(hard(), emergency=Emergency(lambda: True))
    assert (found.stopped, found.complete) == (True, False)
    assert {(goal.helps, goal.complete) for goal in found.postponed} == {((), False)}


def test_an_answer_that_took_too_few_steps_to_prove_is_no_answer() -> None:
    """With more steps the planner may find another plan, so nothing may be promised of this one."""
    school = hard()
    draft = draft_of(school)
    full = best_answer(draft.question, {})
    assert full.proven
    assert full.steps > 0
    solver = Solver(school, None, evens=False, work=10**9)
    solver.left = solver.cost
    with pytest.raises(OutOfSolves):
        solver.after()
    solver.left = solver.cost + full.steps * step_work(draft.question) * 3
    assert solver.after() == solver.base


@pytest.mark.parametrize("error", [RecursionError, IndexError, TypeError])
def test_an_error_in_the_search_gives_the_greedy_plan_and_is_named(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(_: Climb) -> float:
        raise error

    monkeypatch.setattr(Climb, "to_the_top", fail)
    plan = plan_optimally(random_school(4, 3, 6, 3, 1))
    assert (plan.method, plan.optimal, plan.assumptions[0].code) == (
        "greedy",
        False,
        "search_failed",
    )
    assert f"‘{error.__name__}’" in plan.assumptions[0].text
    with pytest.raises(SearchFailed, match=error.__name__):
        best_answer(question(1), {})


def test_a_lack_of_memory_is_no_reason_for_another_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Climb) -> float:
        raise MemoryError

    monkeypatch.setattr(Climb, "to_the_top", fail)
    with pytest.raises(MemoryError):
        plan_optimally(random_school(4, 3, 6, 3, 1))
