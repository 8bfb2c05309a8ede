"""What the page about goals offers to whom."""

import pytest

from routekaart.access import Role
from routekaart.models import Person
from routekaart.queries.quality.evaluation_page import team_evaluation
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
