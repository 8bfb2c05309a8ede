"""The school year of a team as its route, and whether the plan behind it still fits."""

from datetime import date

import pytest

from routekaart.access import NotFound, Role
from routekaart.domain.year_route import PreparationPeriod
from routekaart.queries.planning.plan_page import latest_version, plan_overview
from routekaart.queries.planning.school_year import year_of
from tests.makers import access_for, make_colleague
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_the_year_of_a_plan_is_the_same_for_everybody_who_may_see_it() -> None:
    stage = Stage().approved()
    mr_reader = access_for(make_colleague(stage.team, Role.MR_READER))
    found = year_of(by=mr_reader, routekaart_id=stage.routekaart.pk)
    assert found.has_plan
    assert found.holidays_published
    assert found.facts.preparations == (
        PreparationPeriod("Wij leren feedback geven.", date(2026, 9, 28), date(2026, 10, 28)),
    )
    assert found.facts.breaks[1].title == "Herfstvakantie"
    by_lead = year_of(by=stage.as_lead, routekaart_id=stage.routekaart.pk).facts
    assert by_lead.preparations == found.facts.preparations


def test_before_the_plan_there_is_no_preparation() -> None:
    stage = Stage().filled()
    found = year_of(by=stage.as_member, routekaart_id=stage.routekaart.pk)
    assert not found.has_plan
    assert (found.facts.preparations, found.facts.visits) == ((), ())
    assert [moment.title for moment in found.facts.moments] == ["Feedback"]


def test_a_plan_fits_until_somebody_joins() -> None:
    stage = Stage().planned()

    def fits() -> bool | None:
        by = stage.as_director
        found = plan_overview(by=by, routekaart_id=stage.routekaart.pk, to_check=True)
        return latest_version(by=by, found=found, check=True).fits

    assert fits() is True
    make_colleague(stage.team)
    assert fits() is False


def test_the_plan_as_this_person_may_see_it() -> None:
    stage = Stage().planned()
    own = str(stage.member.pk)
    by_lead = plan_overview(by=stage.as_lead, routekaart_id=stage.routekaart.pk)
    by_member = plan_overview(by=stage.as_member, routekaart_id=stage.routekaart.pk)
    assert by_lead.plan is not None
    assert by_member.plan is not None
    assert len({row.member_id for row in by_lead.plan.hours}) == 2
    assert {row.member_id for row in by_member.plan.hours} == {own}
    assert (by_lead.sees_persons, by_member.sees_persons) == (True, False)
    assert by_member.assigned


def test_another_school_finds_nothing() -> None:
    stage, stranger = Stage().planned(), Stage().as_lead
    for read in (
        lambda: year_of(by=stranger, routekaart_id=stage.routekaart.pk),
        lambda: plan_overview(by=stranger, routekaart_id=stage.routekaart.pk),
    ):
        with pytest.raises(NotFound):
            read()
