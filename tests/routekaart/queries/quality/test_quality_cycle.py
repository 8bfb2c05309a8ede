"""The year as a quality cycle: dates of what somebody may not read are not among them."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.domain.skins import Holds
from routekaart.models import Agreement, Person, PlgCycle, PlgMeeting
from routekaart.queries.quality.quality_cycle import quality_cycle
from tests.makers import access_for, make_colleague
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_a_board_reads_no_dates_of_plgs_and_agreements() -> None:
    stage = Stage()
    board = make_colleague(stage.team, Role.BOARD)
    with scopes_disabled():
        cycle = PlgCycle.objects.create(routekaart=stage.routekaart, name="Rekenen")
        PlgMeeting.objects.create(cycle=cycle, date=date(2026, 11, 11))
        Agreement.objects.create(
            routekaart=stage.routekaart,
            what="Elkaars les zien",
            due_on=date(2026, 11, 1),
            check_on=date(2026, 11, 8),
        )

    def dated(person: Person) -> set[Holds]:
        found = quality_cycle(by=access_for(person), routekaart_id=stage.routekaart.pk)
        return {step.kind for step in found.steps if step.kind is not None}

    assert dated(stage.director) == {Holds.PLG_MEETING, Holds.AGREEMENT}
    assert dated(board) == set()
