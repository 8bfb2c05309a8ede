"""What the pages of a PLG show to whom, and who runs it."""

from datetime import date

import pytest
from django_scopes import scopes_disabled

from routekaart.access import ROLE_PERMISSIONS, Forbidden, Permission, Role
from routekaart.models import MicroStep, Person, PlgCycle, PlgCycleMember, PlgMeeting, Team
from routekaart.queries.plg.pages import cycle_in_hand, meeting_in_hand, plgs_of_team
from tests.makers import access_for, make_colleague, make_routekaart, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

DAY = date(2026, 11, 3)


def plg(team: Team, *members: Person) -> tuple[PlgCycle, PlgMeeting]:
    with scopes_disabled():
        cycle = PlgCycle.objects.create(routekaart=make_routekaart(team), name="Feedback")
        for person in members:
            PlgCycleMember.objects.create(cycle=cycle, person=person)
            MicroStep.objects.create(cycle=cycle, person=person, text=person.name, try_by=DAY)
        return cycle, PlgMeeting.objects.create(cycle=cycle, date=DAY)


def test_of_steps_only_the_own_ones() -> None:
    team = make_team()
    anna, bram = (make_colleague(team, name=name) for name in ("Anna", "Bram"))
    cycle, meeting = plg(team, anna, bram)
    by = access_for(anna)
    assert [one.text for one in cycle_in_hand(by=by, cycle_id=cycle.pk).steps] == ["Anna"]
    found = meeting_in_hand(by=by, meeting_id=meeting.pk)
    assert [one.text for one in found.own_steps] == ["Anna"]


def test_a_director_looks_and_runs_nothing() -> None:
    team = make_team()
    cycle, meeting = plg(team, make_colleague(team, name="Anna"))
    by = access_for(make_colleague(team, Role.DIRECTOR))
    of_team = plgs_of_team(by=by, routekaart_id=cycle.routekaart_id)
    assert (of_team.runs, of_team.opens_scans, of_team.answers_scans) == (False, False, False)
    assert cycle_in_hand(by=by, cycle_id=cycle.pk).runs is False
    assert meeting_in_hand(by=by, meeting_id=meeting.pk).runs is False
    with pytest.raises(Forbidden):
        cycle_in_hand(by=by, cycle_id=cycle.pk, permission=Permission.RUN_PLG)
    with pytest.raises(Forbidden):
        meeting_in_hand(by=by, meeting_id=meeting.pk, permission=Permission.RUN_PLG)


def test_who_may_not_see_plgs_gets_no_list_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    team = make_team()
    cycle, _ = plg(team, make_colleague(team, name="Anna"))
    by = access_for(make_colleague(team, Role.TRAINER))
    found = plgs_of_team(by=by, routekaart_id=cycle.routekaart_id)
    assert [[person.name for person in one.members.all()] for one in found.cycles] == [["Anna"]]
    # No role is like that today: whoever sees scans sees PLGs.
    monkeypatch.setitem(
        ROLE_PERMISSIONS, Role.TRAINER, ROLE_PERMISSIONS[Role.TRAINER] - {Permission.VIEW_PLG}
    )
    with pytest.raises(Forbidden):
        plgs_of_team(by=by, routekaart_id=cycle.routekaart_id)
