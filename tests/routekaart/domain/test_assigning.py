"""Who gets which course, and why."""

from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from courses.advice import Advice, AdviceRequest, Availability
from courses.entities import Catalogue
from courses.matching import match
from routekaart.domain.advice_desk import AddCourse, School, apply_changes
from routekaart.domain.assigning import (
    GoalChoice,
    NewAssignment,
    Selection,
    TeamMember,
    from_advice,
    merged,
    picked_by_hand,
)
from tests.small_catalogue import TODAY, catalogue, intervention, mention

ANNA = TeamMember("anna", ("leerkracht",))
KEES = TeamMember("kees", ("kleuterleerkracht",))
ODA = TeamMember("oda", ("onderwijsassistent",))
TEAM = (ANNA, KEES, ODA)

SMALL = catalogue(
    intervention(
        "feedback",
        mention("lezen", "leerkracht"),
        mention("kijken", "onderwijsassistent"),
        mention("samen"),
        mention("duur", "leerkracht", package="pluspakket"),
        mention("ster", "leerkracht", starred=True),
    ),
    intervention("taal", mention("samen"), mention("klank", "leerkracht")),
    minutes={"samen": 20},
)
FEEDBACK = GoalChoice("goal-feedback", ("feedback",))
LANGUAGE = GoalChoice("goal-taal", ("taal",))


def advice(given_catalogue: Catalogue = SMALL, today: date = TODAY) -> Advice:
    return match(
        given_catalogue,
        AdviceRequest(
            interventions=("feedback", "taal"),
            functions=("leerkracht", "kleuterleerkracht", "onderwijsassistent"),
            today=today,
        ),
    )


def assigned(*goals: GoalChoice, selection: Selection = Selection.ALL) -> set[tuple[str, str]]:
    found = from_advice(advice=advice(), goals=goals, members=TEAM, selection=selection)
    return {(new.person, new.course) for new in found}


class TestFromAdvice:
    def test_a_course_goes_to_the_functions_it_is_meant_for(self) -> None:
        assert assigned(FEEDBACK) == {
            ("anna", "lezen"),
            ("kees", "lezen"),
            ("oda", "kijken"),
            ("anna", "samen"),
            ("kees", "samen"),
            ("oda", "samen"),
            ("anna", "ster"),
            ("kees", "ster"),
        }

    def test_what_no_goal_asks_for_is_left_out(self) -> None:
        assert assigned(LANGUAGE) == {
            ("anna", "samen"),
            ("kees", "samen"),
            ("oda", "samen"),
            ("anna", "klank"),
            ("kees", "klank"),
        }
        assert assigned() == set()

    def test_the_smallest_set_is_a_part_of_all(self) -> None:
        smallest = advice().smallest_set
        part = assigned(FEEDBACK, LANGUAGE, selection=Selection.SMALLEST_SET)
        everything = assigned(FEEDBACK, LANGUAGE)
        assert part == {(person, course) for person, course in everything if course in smallest}
        assert part < everything

    def test_a_course_counts_for_every_goal_it_serves(self) -> None:
        found = from_advice(
            advice=advice(), goals=(FEEDBACK, LANGUAGE), members=(ANNA,), selection=Selection.ALL
        )
        assert {new.course: new.goals for new in found} == {
            "lezen": ("goal-feedback",),
            "samen": ("goal-feedback", "goal-taal"),
            "ster": ("goal-feedback",),
            "klank": ("goal-taal",),
        }

    def test_a_course_for_two_goals_but_one_of_them_for_another_function(self) -> None:
        small = catalogue(
            intervention("feedback", mention("samen", "onderwijsassistent")),
            intervention("taal", mention("samen")),
        )
        [for_anna, for_oda] = from_advice(
            advice=advice(small), goals=(FEEDBACK, LANGUAGE), members=(ANNA, ODA),
            selection=Selection.ALL,
        )  # fmt: skip
        assert (for_anna.goals, for_oda.goals) == (
            ("goal-taal",),
            ("goal-feedback", "goal-taal"),
        )

    def test_only_what_surely_exists_becomes_mandatory(self) -> None:
        items = {item.course: item.availability for item in advice().items}
        assert items["ster"] is Availability.UNCONFIRMED
        assert items["duur"] is Availability.LOCKED
        found = from_advice(
            advice=advice(), goals=(FEEDBACK,), members=(ANNA,), selection=Selection.ALL
        )
        assert {new.course: new.mandatory for new in found} == {
            "lezen": True,
            "samen": True,
            "ster": False,
        }

    def test_what_comes_later_is_planned_provisionally(self) -> None:
        early = advice(today=date(2022, 1, 1))
        assert {item.course: item.availability for item in early.items}[
            "ster"
        ] is Availability.NOT_YET
        found = from_advice(
            advice=early, goals=(FEEDBACK,), members=(ANNA,), selection=Selection.ALL
        )
        assert [new.mandatory for new in found if new.course == "ster"] == [False]

    def test_the_reason_is_that_of_the_advice(self) -> None:
        reasons = {item.course: item.because for item in advice().items}
        for new in from_advice(
            advice=advice(), goals=(FEEDBACK,), members=TEAM, selection=Selection.ALL
        ):
            assert new.reason == reasons[new.course]
            assert new.reason.startswith("omdat: ")


class TestPickedByHand:
    def test_everyone_gets_it_whatever_their_function(self) -> None:
        goals = (
            GoalChoice("een", (), ("lezen", "samen")),
            GoalChoice("twee", ("taal",), ("samen",)),
        )
        reason = "omdat: door het team gekozen bij dit doel"
        assert picked_by_hand(goals, (ANNA, ODA), ["samen"]) == (
            NewAssignment("anna", "lezen", ("een",), reason, mandatory=False),
            NewAssignment("oda", "lezen", ("een",), reason, mandatory=False),
            NewAssignment("anna", "samen", ("een", "twee"), reason, mandatory=True),
            NewAssignment("oda", "samen", ("een", "twee"), reason, mandatory=True),
        )

    def test_nobody_and_nothing(self) -> None:
        assert picked_by_hand((FEEDBACK,), TEAM, []) == ()
        assert picked_by_hand((GoalChoice("een", (), ("lezen",)),), (), []) == ()


class TestMerged:
    def test_the_first_reason_stays_goals_add_up_mandatory_wins(self) -> None:
        assert merged(
            [
                NewAssignment("anna", "samen", ("een",), "eerst", mandatory=False),
                NewAssignment("oda", "samen", ("een",), "anders", mandatory=False),
                NewAssignment("anna", "samen", ("twee", "een"), "daarna", mandatory=True),
            ]
        ) == (
            NewAssignment("anna", "samen", ("een", "twee"), "eerst", mandatory=True),
            NewAssignment("oda", "samen", ("een",), "anders", mandatory=False),
        )

    @given(
        st.lists(
            st.builds(
                NewAssignment,
                person=st.sampled_from(["anna", "oda"]),
                course=st.sampled_from(["lezen", "samen"]),
                goals=st.lists(st.sampled_from(["een", "twee", "drie"]), unique=True).map(tuple),
                reason=st.just("omdat"),
                mandatory=st.booleans(),
            )
        )
    )
    def test_nobody_gets_a_course_twice_and_nothing_is_lost(
        self, given_rows: list[NewAssignment]
    ) -> None:
        rows = merged(given_rows)
        assert merged(rows) == rows
        assert len({(row.person, row.course) for row in rows}) == len(rows)
        for person, course in product(("anna", "oda"), ("lezen", "samen")):
            before = [row for row in given_rows if (row.person, row.course) == (person, course)]
            after = [row for row in rows if (row.person, row.course) == (person, course)]
            assert len(after) == min(1, len(before))
            if after:
                assert set(after[0].goals) == {goal for row in before for goal in row.goals}
                assert after[0].mandatory == any(row.mandatory for row in before)


def test_what_was_added_for_a_goal_goes_to_whom_it_was_meant_for() -> None:
    advice = apply_changes(
        match(SMALL, AdviceRequest(("taal",), ("leerkracht", "onderwijsassistent"), TODAY)),
        [
            AddCourse("lezen", "Past.", goals=("own-goal",), functions=("onderwijsassistent",)),
            AddCourse("kijken", "Past.", goals=("own-goal",)),
        ],
        School(SMALL, TODAY, goals=("own-goal",), packages=("academie",)),
    )
    found = from_advice(
        advice=advice,
        goals=[GoalChoice("own-goal", ())],
        members=TEAM,
        selection=Selection.SMALLEST_SET,
    )
    assert [(one.person, one.course, one.goals) for one in found] == [
        ("oda", "lezen", ("own-goal",)),
        ("anna", "kijken", ("own-goal",)),
        ("kees", "kijken", ("own-goal",)),
        ("oda", "kijken", ("own-goal",)),
    ]
