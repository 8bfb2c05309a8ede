"""Why a goal stands on its day, or has none, in words that are true."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from typing import Any

from routekaart.domain.people import Leave, Member
from routekaart.domain.planner.deciding import decision_of
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.plan import Code
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from tests.problems import NOORD

NOV = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
NOON = StudyDay("noon", date(2026, 12, 1), StudyDayKind.AFTERNOON, time(13), 180)
JAN = replace(NOV, id="jan", date=date(2027, 1, 28))
A, B, C = (Goal(name, f"Wij leren {name}", number) for number, name in enumerate("abc", 1))
AFTER_A, AFTER_B = replace(B, after=("a",)), replace(C, after=("b",))

FIRST = "Dit is de eerste studiedag."
AFTER = "Het kan pas na een ander doel, en dit is de eerste studiedag daarna."
NO_ROOM = "Op een eerdere dag is geen plaats voor een doel."
NOT_READY = "Voor een eerdere dag kan niet iedereen op tijd klaar zijn, voor deze wel."
NEEDED = "Eerdere dagen zijn nodig voor doelen die voorgaan; dit is de eerste die past."
TOGETHER = "Zo krijgen alle doelen samen de beste plek; eerder zou een ander doel verdringen."


def problem(
    goals: Iterable[Goal],
    days: Iterable[StudyDay],
    minutes: dict[str, int] | None = None,
    sam: Member = Member("sam", "Sam"),  # noqa: B008  (a frozen value)
    **values: Any,
) -> Problem:
    """Sam prepares a course of so many minutes for each of these goals."""
    return Problem(
        calendar=NOORD,
        members=(sam,),
        goals=tuple(goals),
        preparations=tuple(
            Preparation(goal, "sam", f"c-{goal}", "Cursus", number)
            for goal, number in (minutes or {}).items()
        ),
        study_days=tuple(days),
        settings=Settings(**{"goals_per_day": 1, **values}),
    )


def reasons(given: Problem, **places: int) -> dict[str, str]:
    decision = decision_of(draft_of(given), places)
    return {goal: placed.reason for goal, placed in decision.placed.items()}


def codes(given: Problem, **places: int) -> dict[str, Code]:
    decision = decision_of(draft_of(given), places)
    return {goal: postponed.code for goal, postponed in decision.postponed.items()}


def test_a_higher_goal_needs_the_earlier_day() -> None:
    given = problem((A, B), (NOV, JAN))
    assert reasons(given, a=0, b=1) == {"a": FIRST, "b": NEEDED}


def test_an_earlier_day_comes_too_early_for_people() -> None:
    away = Member("sam", "Sam", leave=(Leave(date(2026, 9, 1), date(2026, 11, 1)),))
    given = problem((A, B), (NOV, JAN), {"a": 60}, sam=away)
    assert reasons(given, a=1, b=0) == {"a": NOT_READY, "b": FIRST}


def test_an_earlier_day_comes_before_the_goal_that_goes_first() -> None:
    given = problem((A, AFTER_A, AFTER_B), (NOV, NOON, JAN))
    assert reasons(given, a=0, b=1, c=2) == {"a": FIRST, "b": AFTER, "c": AFTER}


def test_the_whole_chain_of_order_counts() -> None:
    # The last of the chain could be on the third day, if a higher goal did not need that.
    late = replace(NOON, id="late", date=date(2027, 1, 12))
    high = Goal("high", "Wij leren vooruit", 1)
    given = problem((replace(A, priority=3), AFTER_A, AFTER_B, high), (NOV, NOON, late, JAN))
    assert reasons(given, a=0, b=1, high=2, c=3)["c"] == NEEDED


def test_an_earlier_day_takes_no_goal_at_all() -> None:
    given = problem((A,), (NOON, JAN), goals_per_afternoon=0)
    assert reasons(given, a=1) == {"a": NO_ROOM}
    candidate = problem((A,), (replace(NOV, fixed=False), JAN), most_candidate_days=0)
    assert reasons(candidate, a=1) == {"a": NO_ROOM}


def test_a_candidate_is_needed_for_a_higher_goal() -> None:
    # The first goal is never ready in November, and takes the only candidate that may be used.
    days = (replace(NOV, fixed=False), replace(NOON, fixed=False), JAN)
    given = problem((A, B), days, {"a": 241}, most_candidate_days=1)
    assert reasons(given, a=1, b=2) == {"a": NOT_READY, "b": NEEDED}


def test_a_higher_goal_gives_way_so_that_all_fit() -> None:
    # Before November lie 240 minutes, before January 180.
    given = problem((A, B), (NOV, JAN), {"a": 60, "b": 200})
    assert reasons(given, a=1, b=0) == {"a": TOGETHER, "b": FIRST}


def test_what_holds_a_goal_up() -> None:
    circle = (replace(A, after=("b",)), replace(B, after=("a",)), replace(C, after=("a",)))
    assert codes(problem(circle, (NOV,))) == {
        "a": Code.ORDER_CYCLE,
        "b": Code.ORDER_CYCLE,
        "c": Code.ORDER_UNMET,
    }
    assert codes(problem((A,), ())) == {"a": Code.NO_STUDY_DAY}
    assert codes(problem((A, B), (NOV,)), a=0) == {"b": Code.NO_FREE_DAY}
    assert codes(problem((A, AFTER_A), (NOV, JAN)), a=1) == {"b": Code.NO_FREE_DAY}
    assert codes(problem((A, AFTER_A), (NOV, JAN))) == {
        "a": Code.PREPARATION_SHORT,
        "b": Code.ORDER_UNMET,
    }


def test_candidates_that_may_not_be_used_are_no_free_days() -> None:
    days = (replace(NOV, fixed=False), replace(JAN, fixed=False))
    assert codes(problem((A, B), days, most_candidate_days=1), a=0) == {"b": Code.NO_FREE_DAY}
    assert codes(problem((A,), days, most_candidate_days=0)) == {"a": Code.NO_FREE_DAY}
    # With room left on the one that is used, it is not the days.
    more = problem((A, B), days, most_candidate_days=1, goals_per_day=2)
    assert codes(more, a=0) == {"b": Code.PREPARATION_SHORT}
