"""The optimal planner on random schools: how long it takes and what it gains over the greedy plan.

`make bench-planner` runs this; it is no part of `make bench`, which compares with others. Prints
one line of JSON per case:

- `median_s`, `worst_s`: seconds for a whole plan: conditions, search, weeks, meetings and hours.
- `placement_s`: the median seconds for the placement alone, building the question included.
- `worst_gap`: how much an objective could still be better at most, 0 when all are proven.
- `greedy_gain`: the mean gain in placed priority over the greedy plan, as a part of the greedy one.
  A placed goal counts for the number of different priorities minus the place of its own among
  them plus one: of three priorities the highest counts for 3, the lowest for 1.

`greedy-200` is the gain over 200 smaller schools, and fails when one of them got a worse plan.
Times are of one thread; the schools are the same in every run.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from routekaart.domain.planner.best import best_answer
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.greedy import greedy_places
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.problem import Problem
from routekaart.domain.planner.question import Places, Question, score
from tests.random_schools import random_school

T = TypeVar("T")
SCHOOLS = 20
# Goals, days, people, profiles of function and hours.
SIZES = ((12, 8, 100, 24), (15, 10, 200, 60))


@dataclass(frozen=True)
class Run:
    """One school: seconds for the plan and for its placement, the gap, and the gain over greedy."""

    plan_s: float
    placement_s: float
    gap: float
    gain: float


def main() -> None:
    for case, measure in CASES.items():
        print(json.dumps({"case": case, **measure()}), flush=True)


def sized(goals: int, days: int, people: int, profiles: int) -> Callable[[], dict[str, float]]:
    def measure() -> dict[str, float]:
        schools = [random_school(goals, days, people, profiles, seed) for seed in range(SCHOOLS)]
        return _summary([_run(school) for school in schools])

    return measure


def beside_greedy() -> dict[str, float]:
    """200 schools small enough to take no time."""
    return _summary([_run(random_school(8, 6, 30, 12, 10_000 + seed)) for seed in range(200)])


def _run(school: Problem) -> Run:
    placement_s, (question, places, gap) = _timed(lambda: _placement(school))
    plan_s, plan = _timed(lambda: plan_optimally(school))
    greedy = greedy_places(question)
    if {item.goal_id for item in plan.placements} != set(places):
        raise SystemExit("the plan and its placement differ")
    if score(question, places) < score(question, greedy):
        raise SystemExit("a plan is worse than the greedy one")
    was, now = (placed_priority(question, found) for found in (greedy, places))
    return Run(plan_s, placement_s, gap, now / was - 1 if was else float(bool(now)))


def _placement(school: Problem) -> tuple[Question, Places, float]:
    question = draft_of(school).question
    answer = best_answer(question, greedy_places(question))
    return question, answer.places, answer.gap


def placed_priority(question: Question, places: Places) -> int:
    """What the goals with a day count for together."""
    return sum(
        len(question.levels) - place
        for place, level in enumerate(question.levels)
        for goal in level
        if goal in places
    )


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    gc.collect()
    start = time.perf_counter()
    found = call()
    return time.perf_counter() - start, found


def _summary(runs: Sequence[Run]) -> dict[str, float]:
    return {
        "median_s": round(median(run.plan_s for run in runs), 3),
        "worst_s": round(max(run.plan_s for run in runs), 3),
        "worst_gap": round(max(run.gap for run in runs), 4),
        "greedy_gain": round(mean(run.gain for run in runs), 4),
        "placement_s": round(median(run.placement_s for run in runs), 3),
    }


CASES: dict[str, Callable[[], dict[str, float]]] = {
    **{
        f"{goals}x{days}x{people}": sized(goals, days, people, kinds)
        for goals, days, people, kinds in SIZES
    },
    "greedy-200": beside_greedy,
}

if __name__ == "__main__":
    main()
