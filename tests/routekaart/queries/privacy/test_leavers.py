"""Who left a school: also somebody who works at another one."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import now
from routekaart.models import ApiToken, Departure
from routekaart.queries.privacy.leavers import erasure_preview, people_who_left
from tests.makers import (
    access_for,
    employ,
    grant,
    make_colleague,
    make_person,
    make_school,
    make_team,
)

pytestmark = pytest.mark.django_db


def test_who_left_here_and_works_elsewhere_has_left_here_and_not_there() -> None:
    here, there = (make_team(make_school(name=name)) for name in ("Hier", "Daar"))
    admin = make_colleague(here, Role.SCHOOL_ADMIN)
    grant(admin, Role.SCHOOL_ADMIN, school=there.school)
    moved = make_colleague(there)
    with scopes_disabled():
        for team in (here, there):
            Departure.objects.create(person=moved, school=team.school, left_at=now())
    by = access_for(admin)
    assert list(people_who_left(by=by, school_id=here.school_id)) == [moved]
    assert list(people_who_left(by=by, school_id=there.school_id)) == []


def test_who_still_has_a_role_here_or_for_the_board_has_not_left() -> None:
    team = make_team()
    admin = make_colleague(team, Role.SCHOOL_ADMIN)
    gone = make_person()
    staying = [make_colleague(team, role) for role in (Role.TRAINER, Role.BOARD)]
    with scopes_disabled():
        for person in (gone, *staying):
            Departure.objects.create(person=person, school=team.school, left_at=now())
    assert list(people_who_left(by=access_for(admin), school_id=team.school_id)) == [gone]


def test_what_goes_is_counted_only_where_the_admin_runs_the_people() -> None:
    here, there, board = (make_team(make_school(name=name)) for name in ("Hier", "Daar", "Bestuur"))
    admin, moved = make_colleague(here, Role.SCHOOL_ADMIN), make_person("Lies Lang")
    grant(admin, Role.DIRECTOR, school=there.school)

    def shown() -> list[tuple[str, int]]:
        found = erasure_preview(by=access_for(admin), school_id=here.school_id, person_id=moved.pk)
        assert found.stays == ()
        return [(one.title, one.count) for one in found.goes]

    with scopes_disabled():
        Departure.objects.create(person=moved, school=here.school, left_at=now())
    before = shown()
    assert before == [("vertrek bij een school, met de datum", 1)]
    with scopes_disabled():
        Departure.objects.create(person=moved, school=board.school, left_at=now())
    employ(moved, there.school)
    grant(moved, Role.MEMBER, school=there.school)
    ApiToken.objects.create(person=moved, name="Rooster", digest="d")
    assert shown() == before
    # Of another school that the same admin runs it goes too.
    grant(admin, Role.SCHOOL_ADMIN, school=board.school)
    assert shown() == [("vertrek bij een school, met de datum", 2)]
