"""What an action of assigning means for each person."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.advice import Availability
from routekaart.domain.assigning import NewAssignment, NewRule, TeamMember
from routekaart.domain.assigning.batch import (
    Outcome,
    Verdict,
    Wanted,
    WantedCourse,
    check_mandatory,
    new_assignments,
    new_rules,
    verdicts,
)
from routekaart.domain.errors import BadInput

ANNA = TeamMember("anna", ("leerkracht",))
ODA = TeamMember("oda", ("onderwijsassistent",))
BOTH = TeamMember("bo", ("leerkracht", "onderwijsassistent"))
READING = WantedCourse("lezen", ("g1", "g2"), 30, Availability.OFFERED, None)
TEACHERS = frozenset({"leerkracht"})
AUDIENCES = {("lezen", "g1"): TEACHERS, ("lezen", "g2"): None}
BY_HAND = Wanted((READING,), (ANNA, ODA), mandatory=True, reason="omdat")
TO_TEAM = replace(BY_HAND, by_rule=True)

Pairs = Collection[tuple[str, str]]


def found(wanted: Wanted, here: Pairs = (), elsewhere: Pairs = ()) -> tuple[Verdict, ...]:
    return verdicts(wanted, AUDIENCES, here=dict.fromkeys(here, False), elsewhere=elsewhere)


def test_by_hand_it_goes_to_anyone() -> None:
    assert found(BY_HAND) == (
        Verdict("anna", "lezen", Outcome.NEW, ("g1", "g2"), 30, mandatory=True),
        Verdict("oda", "lezen", Outcome.NEW, ("g1", "g2"), 30, mandatory=True),
    )


def test_by_rule_only_for_the_goals_for_which_it_is_meant() -> None:
    assert [verdict.goals for verdict in found(TO_TEAM)] == [("g1", "g2"), ("g2",)]


def test_by_rule_nobody_gets_what_is_for_another_function() -> None:
    only = replace(READING, goals=("g1",))
    anna, oda = found(replace(TO_TEAM, courses=(only,)))
    assert anna.outcome is Outcome.NEW
    assert (oda.outcome, oda.code, oda.goals, oda.minutes) == (
        Outcome.REFUSED,
        "outside_function",
        (),
        0,
    )


def test_to_a_function_only_that_function_counts() -> None:
    only = replace(READING, goals=("g1",))
    wanted = replace(
        TO_TEAM,
        courses=(only,),
        members=(BOTH,),
        function="onderwijsassistent",
        functions=frozenset({"onderwijsassistent"}),
    )
    [verdict] = found(wanted)
    assert verdict.code == "outside_function"
    assert new_rules(wanted, AUDIENCES) == ()


def test_what_stands_costs_no_time_again() -> None:
    pair = ("anna", "lezen")
    for here, elsewhere, outcome in (
        ([pair], [], Outcome.PRESENT),
        ([], [pair], Outcome.ELSEWHERE),
        ([pair], [pair], Outcome.PRESENT),
    ):
        [anna, oda] = found(BY_HAND, here, elsewhere)
        assert (anna.outcome, anna.minutes, anna.goals) == (outcome, 0, ("g1", "g2"))
        # What stands stays as it is: voluntary.
        assert anna.mandatory is (outcome is Outcome.ELSEWHERE)
        assert oda.outcome is Outcome.NEW


@pytest.mark.parametrize(
    ("availability", "code"),
    [
        (Availability.LOCKED, "course_locked"),
        (Availability.NOT_YET, "course_not_yet"),
        (Availability.UNCONFIRMED, "course_unconfirmed"),
    ],
)
def test_what_nobody_can_open_is_never_mandatory(availability: Availability, code: str) -> None:
    course = replace(READING, availability=availability, available_from=date(2027, 2, 1))
    wanted = replace(BY_HAND, courses=(READING, course))
    assert [verdict.code for verdict in found(wanted)] == ["", code, "", code]
    with pytest.raises(BadInput) as caught:
        check_mandatory(wanted)
    assert (caught.value.field, caught.value.code) == ("courses.1.course", code)
    voluntary = replace(wanted, mandatory=False)
    check_mandatory(voluntary)
    assert {verdict.outcome for verdict in found(voluntary)} == {Outcome.NEW}


def test_who_is_refused_gets_nothing_stored() -> None:
    only = replace(TO_TEAM, courses=(replace(READING, goals=("g1",)),))
    assert new_assignments(only, found(only)) == (
        NewAssignment("anna", "lezen", ("g1",), "omdat", mandatory=True),
    )


def test_rules_are_for_the_functions_that_a_course_is_meant_for() -> None:
    assert new_rules(BY_HAND, AUDIENCES) == ()
    assert new_rules(TO_TEAM, AUDIENCES) == (
        NewRule("g1", "lezen", "leerkracht", True, "omdat"),
        NewRule("g2", "lezen", "", True, "omdat"),
    )
    teachers = replace(TO_TEAM, function="leerkracht", functions=TEACHERS)
    assert new_rules(teachers, AUDIENCES) == (
        NewRule("g1", "lezen", "leerkracht", True, "omdat"),
        NewRule("g2", "lezen", "leerkracht", True, "omdat"),
    )


@given(
    here=st.sets(st.tuples(st.sampled_from(["anna", "oda"]), st.just("lezen"))),
    elsewhere=st.sets(st.tuples(st.sampled_from(["anna", "oda"]), st.just("lezen"))),
    by_rule=st.booleans(),
    mandatory=st.booleans(),
    availability=st.sampled_from(Availability),
)
def test_everybody_hears_of_every_course_once(
    here: set[tuple[str, str]],
    elsewhere: set[tuple[str, str]],
    by_rule: bool,
    mandatory: bool,
    availability: Availability,
) -> None:
    wanted = replace(
        BY_HAND,
        by_rule=by_rule,
        mandatory=mandatory,
        courses=(replace(READING, availability=availability),),
    )
    answer = found(wanted, here, elsewhere)
    assert [(verdict.person, verdict.course) for verdict in answer] == list(
        product(["anna", "oda"], ["lezen"])
    )
    for verdict in answer:
        assert (verdict.minutes > 0) is (verdict.outcome is Outcome.NEW)
        assert bool(verdict.code and verdict.detail) is (verdict.outcome is Outcome.REFUSED)
        assert bool(verdict.goals) is not (verdict.outcome is Outcome.REFUSED)
        assert not (verdict.mandatory and availability is not Availability.OFFERED)
