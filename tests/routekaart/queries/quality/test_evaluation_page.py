"""What the page about goals offers to whom."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.models import GoalDecision, Person
from routekaart.queries.quality.evaluation_page import team_evaluation
from routekaart.queries.quality.evaluations import decisions_of, goal_evaluation
from tests.makers import access_for, make_colleague
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_who_only_reads_evaluates_nothing_and_a_board_sees_no_agreements() -> None:
    stage = Stage()
    board = make_colleague(stage.team, Role.BOARD, name="Bea Bestuur")

    def offered(person: Person) -> tuple[bool, bool]:
        found = team_evaluation(by=access_for(person), routekaart_id=stage.routekaart.pk)
        return found.evaluates, found.sees_agreements

    assert {person.name: offered(person) for person in (stage.member, stage.director, board)} == {
        "Mo Lid": (True, True),
        "Dirk Directeur": (False, True),
        "Bea Bestuur": (False, False),
    }


def test_who_decided_is_called_as_the_school_does() -> None:
    stage = Stage().advised()
    by, goal = stage.as_lead, stage.goal.pk
    with scopes_disabled():
        stage.member.employments.update(given_name="Anja Anders")
        GoalDecision.objects.create(
            goal=stage.goal,
            decided_on=date(2026, 10, 1),
            verdict="go_on",
            reason="Goed",
            decided_by=stage.member,
        )
    [of_team] = team_evaluation(by=by, routekaart_id=stage.routekaart.pk).goals
    for latest in (of_team.latest_decision, goal_evaluation(by=by, goal_id=goal).latest_decision):
        assert latest is not None
        assert latest.decided_by is not None
        assert latest.decided_by.name == "Anja Anders"
    with by.entered():
        [listed] = decisions_of(by=by, goal_id=goal)
    assert listed.decided_by is not None
    assert listed.decided_by.name == "Anja Anders"
