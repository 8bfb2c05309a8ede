"""The question that a problem asks."""

from dataclasses import replace
from datetime import date, time

from routekaart.domain.people import Member
from routekaart.domain.planner.draft import draft_of
from routekaart.domain.planner.optimal import plan_optimally
from routekaart.domain.planner.plan import Code
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.planner.question import Choose, Slot
from tests.problems import NOORD

NOV = StudyDay("nov", date(2026, 11, 3), StudyDayKind.DAY, time(8, 30), 360)
FEB = StudyDay("feb", date(2027, 2, 4), StudyDayKind.AFTERNOON, time(13), 180)
SHUT = replace(NOV, id="shut", date=date(2026, 12, 25))
ONE, TWO, THREE = (Goal(str(n), f"Wij leren {n}", n) for n in (1, 2, 3))
BOTH = frozenset(["1", "2"])


def row(goal: Goal, member: str, course: str, minutes: int = 60) -> Preparation:
    return Preparation(goal.id, member, course, course, minutes)


PROBLEM = Problem(
    calendar=NOORD,
    members=(Member("kim", "Kim", own_weekly_minutes=0), Member("sam", "Sam"), Member("yo", "Yo")),
    goals=(THREE, ONE, TWO),
    preparations=(
        row(ONE, "sam", "a"),
        row(ONE, "yo", "a"),
        row(TWO, "sam", "a"),
        row(TWO, "yo", "a"),
        row(TWO, "sam", "b"),
        row(ONE, "kim", "a"),
    ),
    study_days=(FEB, SHUT, NOV),
    settings=Settings(goals_per_day=2),
)


def test_goals_in_their_turn_and_days_by_date() -> None:
    draft = draft_of(PROBLEM)
    question = draft.question
    assert (question.goals, question.levels) == (("1", "2", "3"), (("1",), ("2",), ("3",)))
    assert question.slots == (Slot(NOV.date, 2), Slot(FEB.date, 1))
    assert [(item.study_day_id, item.code) for item in draft.refused] == [("shut", Code.DAY_CLOSED)]
    assert (question.after, question.choices, question.kept) == ((), (), {})


def test_goals_of_the_same_priority_are_one_level() -> None:
    equals = replace(PROBLEM, goals=(ONE, replace(TWO, priority=1), THREE))
    assert draft_of(equals).question.levels == (("1", "2"), ("3",))


def test_a_goal_before_a_higher_one_takes_its_turn_and_keeps_its_level() -> None:
    ordered = replace(PROBLEM, goals=(replace(ONE, after=("3", "gone")), TWO, THREE))
    question = draft_of(ordered).question
    assert question.goals == ("3", "1", "2")
    assert question.levels == (("1",), ("2",), ("3",))
    assert question.after == (("1", "3"),)


def test_goals_in_a_circle_are_no_part_of_the_question() -> None:
    circle = replace(PROBLEM, goals=(replace(ONE, after=("2",)), replace(TWO, after=("1",)), THREE))
    draft = draft_of(circle)
    assert (draft.question.goals, draft.circle) == (("3",), BOTH)
    assert all(not goals & BOTH for goals in draft.waiting)


def test_goals_wait_for_who_could_be_ready_or_for_everyone() -> None:
    def waiting(problem: Problem) -> dict[str, set[str]]:
        draft = draft_of(problem)
        return {
            member: set(goals)
            for profile, goals in zip(draft.demand.profiles, draft.waiting, strict=True)
            for member in profile.member_ids
        }

    assert waiting(PROBLEM) == {"kim": set(), "sam": {"1", "2"}, "yo": {"1", "2"}}
    everyone = replace(PROBLEM, settings=replace(PROBLEM.settings, wait_for_all=True))
    assert waiting(everyone) == {"kim": {"1"}, "sam": {"1", "2"}, "yo": {"1", "2"}}


def test_candidates_are_a_choice_when_not_all_may_be_used() -> None:
    def choices(most: int | None) -> tuple[Choose, ...]:
        march = replace(FEB, id="mar", date=date(2027, 3, 4))
        days = (NOV, *(replace(day, fixed=False) for day in (FEB, SHUT, march)))
        return draft_of(
            replace(PROBLEM, study_days=days, settings=Settings(most_candidate_days=most))
        ).question.choices

    # The closed one is no candidate any more.
    assert choices(None) == choices(2) == choices(3) == ()
    assert choices(1) == (Choose(frozenset([1, 2]), 1),)
    assert choices(0) == (Choose(frozenset([1, 2]), 0),)


def test_what_was_published_counts_per_goal_and_per_person_and_course() -> None:
    published = plan_optimally(PROBLEM)
    assert [(item.goal_id, item.study_day_id) for item in published.placements] == [
        ("1", "nov"),
        ("2", "nov"),
        ("3", "feb"),
    ]
    one, two, three = (frozenset([number]) for number in "123")
    assert draft_of(PROBLEM, published).question.kept == {
        (one, 0): 1,
        (two, 0): 1 + 1,
        (three, 1): 1,
        (BOTH, 0): 2,
    }
    # A day that is gone keeps nothing.
    without = replace(PROBLEM, study_days=(FEB,))
    assert draft_of(without, published).question.kept == {(three, 0): 1}
