"""The realistic-time check: what does not fit, with repairs that stand for one change each."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from routekaart.domain.people import Leave, Member
from routekaart.domain.planner.changes import (
    AddStudyDay,
    Change,
    ChangeSettings,
    CourseVoluntary,
    ImpossibleChange,
    MoreWeeklyMinutes,
    changed,
)
from routekaart.domain.planner.explain import HelpKind, explain
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.planner.repairs import RepairCode, TimeCheck, repair_id, time_check
from tests.problems import NOORD

# Sam can prepare 80 minutes before the only day, which has room for one goal.
PROBLEM = Problem(
    calendar=NOORD,
    members=(
        Member("kim", "Kim Kort", functions=("leerkracht",)),
        Member("sam", "Sam Snel", functions=("assistent",), own_weekly_minutes=20),
    ),
    goals=(Goal("a", "Wij leren a", 1), Goal("b", "Wij leren b", 2), Goal("c", "Wij leren c", 3)),
    preparations=(
        Preparation("a", "sam", "course", "Cursus", 150),
        Preparation("a", "kim", "course", "Cursus", 150),
        Preparation("b", "kim", "other", "Andere cursus", 30),
    ),
    study_days=(StudyDay("nov", date(2026, 11, 4), StudyDayKind.DAY, time(8, 30), 360),),
    settings=Settings(goals_per_day=1),
)


def check(problem: Problem) -> TimeCheck:
    return time_check(problem, explain(problem))


def test_every_help_is_a_repair_and_the_worst_comes_first() -> None:
    found = check(PROBLEM)
    assert [(one.code, one.kind, one.goal_ids, one.member_ids) for one in found.repairs] == [
        (RepairCode.GOAL_POSTPONED, HelpKind.STUDY_AFTERNOON, ("b",), ()),
        (RepairCode.GOAL_POSTPONED, HelpKind.GOALS_PER_DAY, ("b",), ()),
        # In a week in which the more urgent ‘b’ cannot be prepared.
        (RepairCode.GOAL_POSTPONED, HelpKind.STUDY_AFTERNOON, ("c",), ()),
        (RepairCode.PERSON_SHORT, HelpKind.MORE_MINUTES, ("a",), ("sam",)),
        (RepairCode.PERSON_SHORT, HelpKind.VOLUNTARY, ("a",), ("sam",)),
    ]
    first = found.repairs[0]
    assert first.wrong == ("‘Wij leren b’ heeft nog geen studiedag. 1 studiedag is vol.",)
    assert first.text.startswith("een extra studiemiddag")
    assert found.complete
    assert len({one.id for one in found.repairs}) == len(found.repairs)


def test_one_change_that_mends_two_things_is_one_repair() -> None:
    asked = replace(
        PROBLEM,
        goals=PROBLEM.goals[:2],
        preparations=tuple(
            Preparation(goal, "sam", "course", "Cursus", 150) for goal in ("a", "b")
        ),
        settings=Settings(goals_per_day=2, wait_for_all=True),
    )
    found = check(asked)
    minutes = [one for one in found.repairs if one.kind is HelpKind.MORE_MINUTES]
    assert [(one.goal_ids, len(one.wrong), len(one.effect)) for one in minutes] == [
        (("a", "b"), 2, 2)
    ]


def test_what_nothing_mends_is_said_as_well() -> None:
    circle = replace(
        PROBLEM,
        goals=(
            Goal("a", "Wij leren a", 1, after=("b",)),
            Goal("b", "Wij leren b", 2, after=("a",)),
        ),
    )
    found = check(circle)
    assert found.repairs == ()
    assert [text.split(" heeft")[0] for text in found.without_repair] == [
        "‘Wij leren a’",
        "‘Wij leren b’",
    ]


def test_a_search_that_stopped_early_says_so() -> None:
    found = time_check(PROBLEM, explain(PROBLEM, work=0))
    assert (found.repairs, found.without_repair, found.complete) == ((), (), False)
    # Nothing was tried, so nothing can be said to have no repair.
    assert [text.split(" heeft")[0] for text in found.not_searched[:2]] == [
        "‘Wij leren b’",
        "‘Wij leren c’",
    ]
    assert found.not_searched[2].startswith("Sam Snel kan niet klaar zijn voor ‘Wij leren a’")


def test_everybody_in_a_team_of_part_timers_gets_a_repair() -> None:
    """Two goals wait as well: what they need does not starve the people."""
    people = tuple(
        Member(f"p{number:02}", f"Persoon {number}", ("leerkracht",), fte=Decimal(number) / 20)
        for number in range(2, 14)
    )
    asked = Problem(
        calendar=NOORD,
        members=(Member("kim", "Kim Kort", ("leerkracht",)), *people),
        goals=tuple(Goal(goal, f"Wij leren {goal}", 1) for goal in "abc"),
        preparations=tuple(
            Preparation(goal, member.id, f"{goal}{number}", f"Cursus {goal}{number}", 150)
            for goal in "abc"
            for number in range(2)
            for member in (Member("kim", "Kim Kort"), *people)
        ),
        study_days=(
            StudyDay("nov", date(2026, 11, 4), StudyDayKind.DAY, time(8, 30), 360),
            StudyDay("feb", date(2027, 2, 9), StudyDayKind.DAY, time(8, 30), 360),
        ),
        settings=Settings(goals_per_day=1),
    )
    found = check(asked)
    short = {member for one in found.repairs for member in one.member_ids}
    assert short == {member.id for member in people}
    assert (found.not_searched, found.without_repair, found.complete) == ((), (), True)


CHANGES: tuple[tuple[Change, ...], ...] = (
    (MoreWeeklyMinutes(20, member="sam"),),
    (MoreWeeklyMinutes(25, member="sam"),),
    (MoreWeeklyMinutes(20, member="kim"),),
    (MoreWeeklyMinutes(20, function="leerkracht"), MoreWeeklyMinutes(20, function="assistent")),
    (CourseVoluntary("course", member="sam"),),
    (CourseVoluntary("course"),),
    (ChangeSettings.of(goals_per_day=2),),
    (ChangeSettings.of(window_weeks=7),),
    (AddStudyDay(date(2027, 2, 3), StudyDayKind.AFTERNOON, time(13), 180),),
    (AddStudyDay(date(2027, 2, 3), StudyDayKind.DAY, time(13), 180),),
    (AddStudyDay(date(2027, 2, 10), StudyDayKind.AFTERNOON, time(13), 180),),
)


def test_the_id_tells_changes_apart_and_stays_the_same() -> None:
    ids = [repair_id(PROBLEM, changes) for changes in CHANGES]
    assert len(set(ids)) == len(CHANGES)
    # The same in every process and release: an open page keeps working.
    assert ids[0] == "c80e23c4ca5d93d9369cf815aa8f5634"
    # Two ways to say the same are one repair.
    assert repair_id(PROBLEM, [MoreWeeklyMinutes(20, function="leerkracht")]) == ids[2]


@pytest.mark.parametrize("changes", CHANGES[:8])
def test_a_repair_that_was_carried_out_is_there_no_more(changes: tuple[Change, ...]) -> None:
    after = changed(PROBLEM, changes)
    assert repair_id(after, changes) != repair_id(PROBLEM, changes)


def test_a_day_that_was_added_cannot_be_added_again() -> None:
    after = changed(PROBLEM, CHANGES[8])
    with pytest.raises(ImpossibleChange):
        repair_id(after, CHANGES[8])


def test_what_a_repair_does_not_touch_leaves_its_id_as_it_is() -> None:
    elsewhere = replace(
        PROBLEM,
        members=(
            replace(PROBLEM.members[0], fte=Decimal("0.5")),
            replace(PROBLEM.members[1], leave=(Leave(date(2027, 3, 1), date(2027, 3, 5)),)),
        ),
        settings=replace(PROBLEM.settings, plg_rhythm_weeks=8),
    )
    for changes in (CHANGES[0], CHANGES[4], CHANGES[6], CHANGES[8]):
        assert repair_id(elsewhere, changes) == repair_id(PROBLEM, changes)
