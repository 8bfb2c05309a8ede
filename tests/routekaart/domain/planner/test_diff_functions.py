"""Enough people of one function are said to be that, where no names are told."""

import pytest

from routekaart.domain.people import Member
from routekaart.domain.planner.changes import WithdrawPreparation, changed
from routekaart.domain.planner.diff import difference, sentences
from routekaart.domain.planner.greedy import plan_greedily
from routekaart.domain.planner.problem import Preparation, Problem, Settings
from tests.problems import NOORD
from tests.routekaart.domain.planner.test_diff import FEBRUARY, LOOK, NOVEMBER

TEACHERS = {f"m{number}": "leraren" for number in range(12)}


def told(people: int, functions: dict[str, str], names: dict[str, str] | None = None) -> str:
    """What is said when one course of so many people is withdrawn."""
    members = tuple(Member(f"m{number}", f"Persoon {number}") for number in range(people))
    before = Problem(
        calendar=NOORD,
        members=members,
        goals=(LOOK,),
        preparations=tuple(Preparation("look", one.id, "a", "A", 60) for one in members),
        study_days=(NOVEMBER, FEBRUARY),
        settings=Settings(goals_per_day=1, plg_rhythm_weeks=60),
    )
    after = changed(before, [WithdrawPreparation("a")])
    found = difference(plan_greedily(before), plan_greedily(after), after.calendar)
    return sentences(found, names, functions=functions)[0]


@pytest.mark.parametrize(
    ("people", "functions", "who"),
    [
        (12, TEACHERS, "12 leraren"),
        (5, TEACHERS, "5 leraren"),
        # As the catalogue writes it, which is as a heading.
        (5, dict.fromkeys(TEACHERS, "Leraren"), "5 leraren"),
        # Of a few no number is told, nor the function: it may tell who they are.
        (4, TEACHERS, "enkele collega’s"),
        (6, TEACHERS | {"m3": "onderwijsassistenten"}, "6 mensen"),
        (6, {key: TEACHERS[key] for key in ("m0", "m1")}, "6 mensen"),
        (6, {}, "6 mensen"),
    ],
)
def test_who_a_course_is_for(people: int, functions: dict[str, str], who: str) -> None:
    assert (
        told(people, functions)
        == f"Cursus ‘A’: vervalt voor {who} (was: deadline 27 oktober 2026)."
    )


def test_names_come_first() -> None:
    assert "voor Kim en 11 anderen (" in told(12, TEACHERS, {"m3": "Kim"})
