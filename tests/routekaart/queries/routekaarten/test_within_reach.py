"""Which routekaarten somebody may begin: those of the own teams, where the role fills them in."""

from datetime import date

import pytest

from routekaart.access import Forbidden, Role
from routekaart.queries.routekaarten.within_reach import may_start, startable
from tests.makers import access_for, grant, join
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TODAY = date(2026, 10, 1)


def test_a_team_where_one_only_guides_is_not_to_begin_for() -> None:
    stage, elsewhere = Stage(), Stage()
    grant(stage.lead, Role.TRAINER, school=elsewhere.school)
    join(stage.lead, elsewhere.team)
    by = stage.as_lead
    found = startable(by=by, today=TODAY)
    assert [(one.team, one.year.start) for one in found] == [(stage.team, 2027)]
    assert may_start(by=by)


def test_who_fills_in_nothing_anywhere_is_refused_though_in_a_team() -> None:
    stage = Stage()
    join(stage.trainer, stage.team)
    by = access_for(stage.trainer)
    assert not may_start(by=by)
    with pytest.raises(Forbidden):
        startable(by=by, today=TODAY)
