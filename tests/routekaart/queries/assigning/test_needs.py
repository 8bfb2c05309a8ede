"""What people have of courses already, before more is assigned."""

import pytest

from routekaart.access import school_scope
from routekaart.queries.assigning.needs import standing_of
from tests.makers import employ, join
from tests.progressed import COURSE
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_what_colleagues_have_and_what_is_asked_at_another_school_does_not_stand() -> None:
    stage, elsewhere = Stage(), Stage(team_name="Elders")
    next_door = Stage(stage.school, "Bovenbouw")
    for other in (next_door, elsewhere):
        join(stage.member, other.team)
    employ(stage.member, elsewhere.school)
    for one in (stage, next_door, elsewhere):
        one.assigned()
    with school_scope([stage.school.pk, elsewhere.school.pk]):
        found = standing_of(stage.routekaart, [str(stage.member.pk)], [COURSE])
    assert [(one.person, one.course, one.here) for one in found] == [
        (str(stage.member.pk), COURSE, True),
        (str(stage.member.pk), COURSE, False),
    ]
