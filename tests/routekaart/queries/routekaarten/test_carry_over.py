"""A year goes on in the next of the same team, and in that of no other."""

import pytest

from routekaart.queries.routekaarten.carry_over import carry_over_of, has_last_year, last_year_of
from tests.makers import make_routekaart
from tests.stages import Stage
from tests.underway import put_in_state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_the_year_of_the_team_next_door_is_neither_ours_before_nor_after() -> None:
    stage = Stage()
    before = Stage(stage.school, "Bovenbouw", year=2025)
    put_in_state(before, "running")
    make_routekaart(before.team, school_year=2027)
    by, ours = stage.as_lead, stage.routekaart.pk
    assert carry_over_of(by=by, routekaart_id=ours).next is None
    assert last_year_of(by=by, routekaart_id=ours) is None
    assert not has_last_year(by=by, routekaart=stage.routekaart)
    own = make_routekaart(stage.team, school_year=2025, state="closed")
    later = make_routekaart(stage.team, school_year=2027)
    assert carry_over_of(by=by, routekaart_id=ours).next == later
    found = last_year_of(by=by, routekaart_id=ours)
    assert found is not None
    assert found.routekaart == own
    assert has_last_year(by=by, routekaart=stage.routekaart)
