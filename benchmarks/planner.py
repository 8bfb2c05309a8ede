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
`exhaustive-200` compares 200 tiny schools with every answer there is, and fails when one differs.
`8 teams` are 8 × 6 goals × 6 days × 25 people, with people, days and a hall that they share.
`replan` is 12x8x100 after one change in November: `kept_mean` and `kept_worst` are the parts that
stay of the published items that could. Where less stays, more or higher goals got a day by it, or
an item had to go with the one that changed: few changes come after that, and are proven least.
`needless` counts the items that changed where nothing of that demanded it.
Times are of one thread; the schools are the same in every run.
"""

import gc
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import mean, median
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from routekaart.domain.planner.best import best_answer
from routekaart.domain.planner.changes import (
    MemberLeave,
    MoveStudyDay,
    RemoveMember,
    RemoveStudyDay,
    changed,
)
from routekaart.domain.planner.diff import stability
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.greedy import greedy_places
from routekaart.domain.planner.optimal import plan_optimally, published_places
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import Problem
from routekaart.domain.planner.question import Places, Question, Referee, score
from routekaart.domain.planner.school import plan_together
from tests.random_questions import all_places
from tests.random_schools import random_school, random_teams, tiny_school

T = TypeVar("T")
SCHOOLS = 20
NOVEMBER = date(2026, 11, 16)
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


def beside_every_answer() -> dict[str, float]:
    """200 schools with few enough goals and days to try them all."""
    for seed in range(200):
        question = draft_of(tiny_school(seed)).question
        referee = Referee(question)
        right = (places for places in all_places(question) if referee.is_right(places))
        best = max(right, key=lambda places: score(question, places))
        if best_answer(question, {}).places != best:
            raise SystemExit(f"tiny school {seed} has a better answer")
    return {"equal": 200}


def teams_together() -> dict[str, float]:
    """Eight teams of one school at once."""
    seconds, gaps = [], []
    for seed in range(SCHOOLS):
        school = random_teams(8, 6, 6, 25, 8, 3, seed)
        taken, plans = _timed(lambda: plan_together(school))  # noqa: B023  (called at once)
        seconds.append(taken)
        gaps.append(max(_gap(plan) for plan in plans.values()))
    return {
        "median_s": round(median(seconds), 3),
        "worst_s": round(max(seconds), 3),
        "worst_gap": max(gaps),
    }


def replanned() -> dict[str, float]:
    """One change to a published plan: somebody leaves or is away, a day moves or is dropped."""
    seconds, kept, needless = [], [], []
    for seed in range(SCHOOLS):
        school = random_school(12, 8, 100, 24, seed)
        published = plan_optimally(school)
        later = [day for day in school.study_days if day.date > NOVEMBER]
        open_days = school.calendar.open_days
        moved = later[len(later) // 2]
        change = (
            RemoveMember(school.members[-1].id),
            MoveStudyDay(
                moved.id, open_days[min(open_days.index(moved.date) + 5, len(open_days) - 1)]
            ),
            MemberLeave(school.members[3].id, date(2027, 1, 11), date(2027, 2, 12)),
            RemoveStudyDay(later[0].id),
        )[seed % 4]
        after = replace(changed(school, [change]), plan_from=NOVEMBER)
        taken, plan = _timed(lambda: plan_optimally(after, published))  # noqa: B023  (at once)
        seconds.append(taken)
        found = stability(published, plan, after.calendar)
        kept.append(found.share)
        needless.append(0 if _had_to_change(after, published, plan) else found.changed)
    return {
        "median_s": round(median(seconds), 3),
        "worst_s": round(max(seconds), 3),
        "kept_mean": round(mean(kept), 3),
        "kept_worst": round(min(kept), 3),
        "needless": sum(needless),
    }


def _had_to_change(problem: Problem, published: Plan, plan: Plan) -> bool:
    """Whether what was published cannot all stay, or keeps goals of more weight from a day."""
    draft = draft_of(problem, published)
    stayed = published_places(draft)
    place_of = {day.day.id: place for place, day in enumerate(draft.days)}
    goals = set(draft.question.goals)
    stood = {item.goal_id for item in published.placements} & goals
    found = {
        item.goal_id: place_of[item.study_day_id]
        for item in plan.placements
        if item.goal_id in goals
    }
    return set(stayed) != stood or (
        score(draft.question, stayed)[0] != score(draft.question, found)[0]
    )


def _gap(plan: Plan) -> float:
    """The gap that a plan admits to in its notes, as a part."""
    if plan.optimal:
        return 0.0
    (text,) = (note.text for note in plan.assumptions if note.code == "not_proven")
    (percent,) = re.findall(r"(\d+)%", text)
    return int(percent) / 100


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
    "exhaustive-200": beside_every_answer,
    "8 teams": teams_together,
    "replan 12x8x100": replanned,
}

if __name__ == "__main__":
    main()
