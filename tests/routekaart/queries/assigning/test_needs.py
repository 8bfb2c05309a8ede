"""What people have of courses already, before more is assigned."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import school_scope
from routekaart.models import Assignment, Person
from routekaart.queries.assigning.needs import standing_of
from tests.progressed import COURSE
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def has(stage: Stage, person: Person) -> Assignment:
    """The course is assigned to somebody in that team."""
    with scopes_disabled():
        return Assignment.objects.create(
            routekaart=stage.routekaart, person=person, course_id=COURSE, reason="Samen leren."
        )


def test_what_colleagues_have_and_what_is_asked_at_another_school_does_not_stand() -> None:
    stage, elsewhere = Stage(), Stage(team_name="Elders")
    next_door = Stage(stage.school, "Bovenbouw")
    here, there = has(stage, stage.member), has(next_door, stage.member)
    has(elsewhere, stage.member)
    has(stage, stage.lead)
    with school_scope([stage.school.pk, elsewhere.school.pk]):
        found = standing_of(stage.routekaart, [str(stage.member.pk)], [COURSE])
    assert [(one.id, one.here) for one in found] == [(here.pk, True), (there.pk, False)]
