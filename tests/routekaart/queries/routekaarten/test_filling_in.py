"""What the rules say of a draft is about the people of this team, at this school."""

import pytest

from routekaart.access import Access, Role
from routekaart.queries.routekaarten.filling_in import filling_in, routekaart_to_fill_in
from tests.makers import employ, grant, make_colleague, make_team
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def codes(by: Access, stage: Stage) -> set[str]:
    routekaart = routekaart_to_fill_in(by=by, routekaart_id=stage.routekaart.pk)
    return {one.code for one in filling_in(by=by, routekaart=routekaart).findings}


def test_who_has_no_function_next_door_or_at_another_school_does_not_count() -> None:
    stage, elsewhere = Stage(), Stage()
    grant(stage.lead, Role.TEAM_LEAD, school=elsewhere.school)
    make_colleague(make_team(stage.school, "Bovenbouw"), functions=())
    employ(stage.member, elsewhere.school, ())
    assert "member_without_function" not in codes(stage.as_lead, stage)
    make_colleague(stage.team, functions=())
    assert "member_without_function" in codes(stage.as_lead, stage)
