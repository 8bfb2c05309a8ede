"""Whose meetings and steps a PLG shows, and what of other PLGs stands in the way."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Forbidden, NotFound, Role, school_scope
from routekaart.models import (
    MicroStep,
    Person,
    PlgCycle,
    PlgCycleMember,
    PlgMeeting,
    RoleGrant,
    Routekaart,
)
from routekaart.queries.plg.cycles import (
    meetings_of,
    micro_step_detail,
    micro_steps_of,
    other_meeting_dates,
)
from tests.makers import access_for, make_colleague, make_routekaart, make_team

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)


def plg(routekaart: Routekaart, *members: Person, name: str = "Feedback") -> PlgCycle:
    with scopes_disabled():
        cycle = PlgCycle.objects.create(routekaart=routekaart, name=name)
        for person in members:
            PlgCycleMember.objects.create(cycle=cycle, person=person)
    return cycle


def meets(cycle: PlgCycle, day: date) -> PlgMeeting:
    with scopes_disabled():
        return PlgMeeting.objects.create(cycle=cycle, date=day)


def step(cycle: PlgCycle, person: Person) -> MicroStep:
    with scopes_disabled():
        return MicroStep.objects.create(cycle=cycle, person=person, text=person.name, try_by=DAY)


def test_meetings_are_those_of_this_plg() -> None:
    team = make_team()
    routekaart, anna = make_routekaart(team), make_colleague(team, name="Anna")
    mine, other = plg(routekaart, anna), plg(routekaart, anna, name="Lezen")
    meeting = meets(mine, DAY)
    meets(other, DAY)
    by = access_for(anna)
    found = meetings_of(by=by, cycle_id=mine.pk)
    with by.entered():
        assert list(found) == [meeting]


def test_steps_are_for_members_and_of_members() -> None:
    team = make_team()
    anna, bram, cor = (make_colleague(team, name=name) for name in ("Anna", "Bram", "Cor"))
    cycle = plg(make_routekaart(team), anna, bram)
    # Cor has left the PLG.
    kept, _left = step(cycle, bram), step(cycle, cor)
    assert list(micro_steps_of(by=access_for(anna), cycle_id=cycle.pk)) == [kept]
    with pytest.raises(Forbidden):
        micro_steps_of(by=access_for(cor), cycle_id=cycle.pk)


def test_an_own_step_is_out_of_sight_where_one_has_no_role_any_more() -> None:
    team = make_team()
    anna = make_colleague(team, name="Anna")
    own = step(plg(make_routekaart(team), anna), anna)
    assert micro_step_detail(by=access_for(anna), step_id=own.pk) == own
    RoleGrant.objects.filter(person=anna, role=Role.MEMBER).delete()
    with pytest.raises(NotFound):
        micro_step_detail(by=access_for(anna), step_id=own.pk)


def test_other_meetings_count_of_the_same_people_at_the_same_school_only() -> None:
    team, elsewhere = make_team(), make_team()
    anna, bram = (make_colleague(team, name=name) for name in ("Anna", "Bram"))
    here, there = make_routekaart(team), make_routekaart(elsewhere)
    cycle = plg(here, anna)
    own, of_bram, at_the_other_school = (date(2026, 11, day) for day in (10, 11, 12))
    meets(cycle, DAY)
    meets(plg(here, anna, bram, name="Lezen"), own)
    meets(plg(here, bram, name="Rekenen"), of_bram)
    meets(plg(there, anna), at_the_other_school)
    with school_scope([team.school_id, elsewhere.school_id]):
        assert other_meeting_dates(cycle) == {own}
