"""A plan in short, and what is not told of whom."""

from dataclasses import replace

import pytest

from routekaart.domain.plan_in_short import DayInShort, plan_in_short
from routekaart.domain.planner.plan import Code, NotPlaced, Plan, Subject
from routekaart.domain.planner.sight import without_persons
from routekaart.queries.planning.problems import plan_from_json
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(catalogue: object) -> Plan:  # noqa: ARG001  (loaded before the team chooses)
    return plan_from_json(Stage().planned().plan.content)


def test_days_with_their_goals_and_what_comes_after(plan: Plan) -> None:
    found = plan_in_short(plan, plan)
    assert found.days == (
        DayInShort(
            "woensdag 4 november 2026, 7 uur: Feedback",
            ("Wij leren feedback geven.",),
            ("Vervolg op dinsdag 1 december 2026", "Evaluatie op dinsdag 12 januari 2027"),
        ),
    )
    assert found.facts == (
        "1 doel op 1 studiedag.",
        "1 cursus als voorbereiding.",
        "8 PLG-bijeenkomsten, van donderdag 3 december 2026 tot en met dinsdag 15 juni 2027.",
    )
    assert found.open == ()
    assert len(found.assumptions) == len(plan.assumptions)


def test_a_plan_with_little_in_it(plan: Plan) -> None:
    bare = replace(plan, plg_meetings=plan.plg_meetings[:1], preparation_weeks=())
    assert plan_in_short(bare, bare).facts == (
        "1 doel op 1 studiedag.",
        "1 PLG-bijeenkomst, op donderdag 3 december 2026.",
    )


def test_for_whom_it_does_not_fit_is_told_only_where_it_may_be_seen(plan: Plan) -> None:
    short = NotPlaced(
        Subject.PREPARATION,
        Code.NOT_ENOUGH_MINUTES,
        "Mo komt 40 minuten tekort.",
        member_id="mo",
        missing_minutes=40,
    )
    whole = replace(plan, not_placed=(short,))
    assert plan_in_short(whole, whole).open == ("Mo komt 40 minuten tekort.",)
    assert plan_in_short(whole, without_persons(whole)).open == (
        "Niet voor iedereen past alle voorbereiding. De teamleider en de trainer zien voor wie.",
    )
