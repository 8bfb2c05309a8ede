"""What of a plan can be changed: of who is in the team, and of nobody beside it."""

import pytest

from routekaart.queries.planning.outline import outline_of
from tests.makers import make_colleague, make_team
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_only_who_is_in_the_team_is_in_it() -> None:
    stage = Stage()
    make_colleague(make_team(stage.school, "Bovenbouw"), name="Bo Buur")
    found = outline_of(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    assert [one.name for one in found.problem.members] == ["Lies Leider", "Mo Lid"]
