"""What an advice takes from a school: from that of the team, and from no other within reach."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.actions.catalogue.own_courses import add_own_course
from routekaart.domain.advice_desk import AddCourse
from routekaart.models import AdviceDesk, QuoteRequest
from routekaart.queries.advice.desk import desk_page
from routekaart.queries.advice.for_team import routekaart_of_advice, team_advice
from routekaart.queries.advice.proposing import proposed
from routekaart.queries.advice.rounds import advice_version
from tests.makers import employ, grant, make_school
from tests.stages import INTERVENTION, TODAY, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_what_another_school_asked_or_offers_is_not_in_it() -> None:
    stage, elsewhere = Stage().advised(), make_school(name="Elders")
    grant(stage.trainer, Role.TRAINER, school=elsewhere)
    by = stage.as_trainer
    own, _ = (
        add_own_course(by=by, school_id=one.pk, title=one.name, minutes=30, provider=one.name)
        for one in (stage.school, elsewhere)
    )
    with scopes_disabled():
        QuoteRequest.objects.create(
            school=elsewhere, package_id="pluspakket", requested_by=stage.lead
        )
    routekaart = routekaart_of_advice(by=by, routekaart_id=stage.routekaart.pk)
    found = team_advice(by=by, routekaart=routekaart)
    assert found is not None
    assert found.quotes == frozenset()
    adding = AddCourse(own.course_id, "Van ons.", (INTERVENTION,))
    _, _, school = proposed(by=by, routekaart=routekaart, last=None, today=TODAY, changes=[adding])
    assert school.providers == {own.course_id: stage.school.name}
    assert school.goals == {str(stage.goal.pk)}


def test_who_changed_the_desk_is_called_as_the_school_of_the_team_does() -> None:
    stage = Stage().advised()
    by, routekaart = stage.as_trainer, stage.routekaart
    assert desk_page(by=by, routekaart_id=routekaart.pk, today=TODAY).row is None
    with scopes_disabled():
        stage.member.employments.update(given_name="Anja Anders")
        employ(stage.member, make_school(name="Elders"), given_name="Eva Elders")
        desk = AdviceDesk.objects.create(routekaart=routekaart, changed_by=stage.member)
    row = desk_page(by=by, routekaart_id=routekaart.pk, today=TODAY).row
    assert row is not None
    assert row.changed_by is not None
    assert (row.pk, row.changed_by.name) == (desk.pk, "Anja Anders")


def test_a_version_that_is_not_there_is_not_found() -> None:
    stage = Stage()
    for version in (None, 1):
        with pytest.raises(NotFound):
            advice_version(by=stage.as_lead, routekaart_id=stage.routekaart.pk, version=version)
