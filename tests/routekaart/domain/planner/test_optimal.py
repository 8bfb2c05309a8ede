"""The best plan: right for any problem, never worse than greedy, and it says how sure it is."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.people import Member, weekly_minutes
from routekaart.domain.planner import optimal
from routekaart.domain.planner.best import SearchFailed, best_answer
from routekaart.domain.planner.check import broken_rules
from routekaart.domain.planner.draft import Draft, draft_of
from routekaart.domain.planner.greedy import greedy_places, plan_greedily
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.planner.question import Places, score
from tests.problems import NOORD, Dice
from tests.random_schools import random_school, tiny_school

ROOT = Path(__file__).resolve().parents[4]
T = TypeVar("T")


def places_of(draft: Draft, plan: Plan) -> Places:
    place_of = {day.day.id: place for place, day in enumerate(draft.days)}
    return {item.goal_id: place_of[item.study_day_id] for item in plan.placements}


@settings(max_examples=1000, deadline=None)
@given(st.randoms(use_true_random=True))
def test_any_problem_gets_a_right_plan_that_is_no_worse_than_greedy(source: random.Random) -> None:
    problem = Dice(source).problem()
    plan = plan_optimally(problem)
    assert broken_rules(problem, plan) == []
    assert (plan.method, plan.optimal) == ("optimal", True)
    draft = draft_of(problem)
    greedy = greedy_places(draft.question)
    assert score(draft.question, places_of(draft, plan)) >= score(draft.question, greedy)


@settings(max_examples=400, deadline=None)
@given(st.randoms(use_true_random=True))
def test_the_order_of_rows_does_not_matter(source: random.Random) -> None:
    problem = Dice(source).problem()
    other = replace(
        problem,
        members=_mixed(source, problem.members),
        goals=_mixed(source, problem.goals),
        preparations=_mixed(source, problem.preparations),
        study_days=_mixed(source, problem.study_days),
        activities=_mixed(source, problem.activities),
    )
    assert plan_optimally(other) == plan_optimally(problem)


def _mixed(source: random.Random, items: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(source.sample(items, len(items)))


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=True))
def test_a_plan_beside_a_published_one_is_right_and_keeps_what_it_can(
    source: random.Random,
) -> None:
    problem = replace(Dice(source).problem(), plan_from=None)
    ranked = [replace(goal, priority=source.randint(1, 3)) for goal in problem.goals]
    published = plan_optimally(replace(problem, goals=tuple(ranked)))
    plan = plan_optimally(problem, published)
    assert broken_rules(problem, plan) == []
    question = draft_of(problem, published).question
    draft = draft_of(problem)
    new, alone = (places_of(draft, made) for made in (plan, plan_optimally(problem)))
    assert score(question, new) >= score(question, alone)
    # For the goals it makes no difference that there is a published plan.
    assert score(question, new)[0] == score(question, alone)[0]
    assert plan_optimally(problem, plan) == plan


More = Callable[[Problem, random.Random], Problem]


def _with_members(problem: Problem, **values: Any) -> Problem:
    return replace(problem, members=tuple(replace(item, **values) for item in problem.members))


def _more_minutes(problem: Problem, source: random.Random) -> Problem:
    team = problem.settings.team_weekly_minutes
    return replace(
        problem,
        members=tuple(
            replace(
                item, own_weekly_minutes=weekly_minutes(item, team) + source.choice([0, 15, 90])
            )
            for item in problem.members
        ),
    )


def _one_more_day(problem: Problem, source: random.Random) -> Problem:
    day = StudyDay("more", source.choice(NOORD.open_days), StudyDayKind.DAY, time(8, 30), 360)
    return replace(problem, study_days=(*problem.study_days, day))


def _settings(problem: Problem, **values: Any) -> Problem:
    return replace(problem, settings=replace(problem.settings, **values))


MORE: dict[str, More] = {
    "minutes": _more_minutes,
    "a day": _one_more_day,
    "room": lambda problem, _: _settings(
        problem,
        goals_per_day=problem.settings.goals_per_day + 1,
        goals_per_afternoon=problem.settings.goals_per_afternoon + 1,
    ),
    "no leave": lambda problem, _: _with_members(problem, leave=()),
    "nothing booked": lambda problem, _: _with_members(problem, booked=()),
    "working days": lambda problem, _: _with_members(problem, working_days=(1, 2, 3, 4, 5)),
    "candidates": lambda problem, _: _settings(problem, most_candidate_days=None),
    "weeks": lambda problem, _: _settings(problem, window_weeks=problem.settings.window_weeks + 1),
    "a later deadline": lambda problem, _: _settings(problem, deadline_working_days=1),
}


def _scarce(source: random.Random) -> Problem:
    """Anything, or a school with too little of everything, that waits for everyone."""
    if source.random() < 0.5:
        return tiny_school(source.randrange(10_000))
    return _settings(Dice(source).problem(), wait_for_all=True)


@pytest.mark.parametrize("more", MORE.values(), ids=MORE.keys())
@settings(max_examples=70, deadline=None)
@given(st.randoms(use_true_random=True))
def test_more_of_anything_never_places_fewer_goals(more: More, source: random.Random) -> None:
    problem = _scarce(source)
    before, after = (_goals_placed(item) for item in (problem, more(problem, source)))
    assert after >= before


def _goals_placed(problem: Problem) -> tuple[int, ...]:
    """How many goals of each priority have a day, the first objective."""
    question = draft_of(problem).question
    answer = best_answer(question, greedy_places(question))
    assert answer.proven
    return score(question, answer.places)[0]


def test_more_of_anything_now_and_then_places_more_goals() -> None:
    # So that the test above is about something.
    source = random.Random(1)  # noqa: S311  (no secret)
    missing = dict(MORE)
    for _ in range(300):
        problem = _scarce(source)
        placed = _goals_placed(problem)
        for name, more in list(missing.items()):
            if _goals_placed(more(problem, source)) > placed:
                del missing[name]
    assert missing == {}


def test_schools_get_a_better_plan_than_greedy_gives_and_never_a_worse_one() -> None:
    better = 0
    for seed in range(20):
        school = random_school(8, 6, 12, 12, seed)
        draft = draft_of(school)
        best, greedy = (
            score(draft.question, places_of(draft, plan))
            for plan in (plan_optimally(school), plan_greedily(school))
        )
        assert best >= greedy
        better += best > greedy
    assert better > 5


SAM = Member("sam", "Sam")
# Before the first day lie four weeks of 60 minutes, before the second three others.
NOVEMBER = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
JANUARY = replace(NOVEMBER, id="jan", date=date(2027, 1, 28))


def goal(name: str, priority: int, minutes: int) -> tuple[Goal, Preparation]:
    return (
        Goal(name, f"Wij leren {name}", priority),
        Preparation(name, "sam", f"c-{name}", "Cursus", minutes),
    )


def where(planner: Callable[[Problem], Plan], *asked: tuple[Goal, Preparation]) -> dict[str, str]:
    problem = Problem(
        calendar=NOORD,
        members=(SAM,),
        goals=tuple(item for item, _ in asked),
        preparations=tuple(row for _, row in asked),
        study_days=(NOVEMBER, JANUARY),
        settings=Settings(goals_per_day=1),
    )
    return {item.goal_id: item.study_day_id for item in planner(problem).placements}


def test_a_goal_gives_way_to_one_that_fits_on_its_day_only() -> None:
    small, large = goal("small", 1, 60), goal("large", 2, 200)
    assert where(plan_greedily, small, large) == {"small": "nov"}
    assert where(plan_optimally, small, large) == {"large": "nov", "small": "jan"}


def test_a_higher_goal_is_worth_more_than_two_lower_ones() -> None:
    first, second, third = goal("first", 1, 240), goal("second", 2, 200), goal("third", 3, 200)
    assert where(plan_optimally, first, second, third) == {"first": "nov"}
    # And when each has a day, the higher one comes first.
    assert where(plan_optimally, goal("low", 2, 60), goal("high", 1, 60)) == {
        "high": "nov",
        "low": "jan",
    }


SCARCE = random_school(8, 6, 12, 12, 0)


def test_too_little_work_gives_a_right_plan_and_says_so() -> None:
    plan = plan_optimally(SCARCE, steps=1)
    assert broken_rules(SCARCE, plan) == []
    assert (plan.method, plan.optimal) == ("optimal", False)
    first = plan.assumptions[0]
    assert first.code == "not_proven"
    assert "dat binnen de rekentijd is gevonden" in first.text
    assert plan_optimally(SCARCE, steps=1) == plan
    assert plan_optimally(SCARCE).optimal


def test_a_search_that_fails_gives_the_greedy_plan_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SearchFailed("for the test")

    monkeypatch.setattr(optimal, "best_answer", fail)
    plan, greedy = plan_optimally(SCARCE), plan_greedily(SCARCE)
    assert [note.code for note in plan.assumptions][:1] == ["search_failed"]
    assert plan == replace(greedy, assumptions=plan.assumptions)
    assert plan.assumptions[1:] == greedy.assumptions


PRINT_PLANS = """
import hashlib, random
from routekaart.domain.planner.optimal import plan_optimally
from tests.problems import Dice
from tests.random_schools import published_before, random_school, tiny_school
plans = [plan_optimally(Dice(random.Random(seed)).problem()) for seed in range(60)]
plans += [plan_optimally(random_school(12, 8, 24, 24, seed)) for seed in range(3)]
plans += [plan_optimally(tiny_school(n), published_before(tiny_school(n))) for n in range(20)]
print(hashlib.sha256(repr(plans).encode()).hexdigest())
"""


def test_every_process_finds_the_same_plans() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", PRINT_PLANS],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert len(printed.pop().strip()) == 64
