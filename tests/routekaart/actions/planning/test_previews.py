"""What a preview tells of people."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.planning.previews import preview_plan
from routekaart.models import Employment, TeamMembership
from tests.makers import employ, grant, make_school
from tests.stages import TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_who_works_at_another_school_by_now_is_not_named() -> None:
    stage = Stage().planned()
    elsewhere = make_school()
    grant(stage.lead, Role.TEAM_LEAD, school=elsewhere)
    with scopes_disabled():
        TeamMembership.objects.filter(person=stage.member).delete()
        Employment.objects.filter(person=stage.member).delete()
    employ(stage.member, elsewhere)
    shown = preview_plan(
        by=stage.as_lead, routekaart_id=stage.routekaart.pk, changes=(), today=TODAY
    )
    assert str(stage.member.pk) in shown.difference.affected
    assert shown.sentences
    assert not [sentence for sentence in shown.sentences if "Mo Lid" in sentence]
