"""A role that is over goes by the clock, with what it let in, at each school that it reached."""

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.organisation.board_roles import grant_board_role
from routekaart.actions.organisation.roles import grant_role
from routekaart.actions.organisation.roles_over import clear_roles_that_are_over
from routekaart.actions.organisation.tokens import issue_token
from routekaart.actions.privacy.erasing import erase_departed
from routekaart.clock import now
from routekaart.models import (
    ApiToken,
    AuditEntry,
    Board,
    Departure,
    Person,
    RoleGrant,
    School,
)
from routekaart.queries.privacy.leavers import people_who_left
from tests.makers import (
    access_for,
    employ,
    grant,
    make_board,
    make_colleague,
    make_person,
    make_school,
    make_team,
)

pytestmark = pytest.mark.django_db

LAST = date(2099, 9, 30)
LATER = LAST + timedelta(days=1)


def trainer_of(board: Board) -> tuple[Person, ApiToken]:
    """Somebody who guides all schools of a board until the last day, signed in and with a key."""
    person = make_person("Wim de Wit")
    grant_board_role(number=board.number, email=person.email, name="", role=Role.TRAINER)
    RoleGrant.objects.filter(person=person).update(ends_on=LAST)
    client = Client()
    client.force_login(person)
    key = client.session.session_key
    UserSession.objects.create(user=person, session_key=key, ip="127.0.0.1")
    return person, issue_token(person, "sleutel")[0]


def logged() -> set[tuple[object, object, str]]:
    with scopes_disabled():
        rows = AuditEntry.objects.filter(action="role_over")
        return set(rows.values_list("school", "person", "object_id"))


def left() -> set[tuple[object, object]]:
    with scopes_disabled():
        return set(Departure.objects.values_list("person", "school"))


def test_of_a_school() -> None:
    team = make_team()
    trainer = make_colleague(team, Role.TRAINER)
    key, _ = issue_token(trainer, "sleutel")
    RoleGrant.objects.filter(person=trainer).update(ends_on=LAST)
    assert clear_roles_that_are_over(day=LAST) == 0
    assert clear_roles_that_are_over(day=LATER) == 1
    assert clear_roles_that_are_over(day=LATER) == 0
    assert not RoleGrant.objects.filter(person=trainer).exists()
    assert ApiToken.objects.get(pk=key.pk).revoked_at is not None
    assert logged() == {(team.school.pk, None, str(trainer.pk))}
    assert left() == {(trainer.pk, team.school.pk)}


def test_of_a_board_at_each_of_its_schools_and_nowhere_else() -> None:
    board, other = make_board(), make_board()
    here = {make_school(board).pk, make_school(board).pk}
    make_school(other)
    person, key = trainer_of(board)
    colleague = make_person()
    grant(colleague, Role.TRAINER, board=board)
    assert clear_roles_that_are_over(day=LAST) == 0
    assert clear_roles_that_are_over(day=LATER) == 1
    assert clear_roles_that_are_over(day=LATER) == 0
    assert [one.person for one in RoleGrant.objects.all()] == [colleague]
    assert ApiToken.objects.get(pk=key.pk).revoked_at is not None
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()
    assert logged() == {(school, None, str(person.pk)) for school in here}
    assert left() == {(person.pk, school) for school in here}


def test_each_school_of_the_board_can_erase_who_left_and_so_does_the_clock() -> None:
    board = make_board()
    school: School = make_team(make_school(board)).school
    admin = make_person()
    grant(admin, Role.SCHOOL_ADMIN, school=school)
    person, _ = trainer_of(board)
    clear_roles_that_are_over(day=LATER)
    found = people_who_left(by=access_for(admin), school_id=school.pk)
    assert list(found) == [person]
    assert erase_departed(at=now()) == 0
    assert erase_departed(at=now() + timedelta(days=31 * settings.RETENTION_MONTHS)) == 1
    assert not Person.objects.filter(name="Wim de Wit").exists()


def test_who_works_at_one_of_the_schools_left_only_the_other() -> None:
    board = make_board()
    stays, leaves = make_school(board), make_school(board)
    person, key = trainer_of(board)
    employ(person, stays)
    clear_roles_that_are_over(day=LATER)
    assert left() == {(person.pk, leaves.pk)}
    assert ApiToken.objects.get(pk=key.pk).revoked_at is None
    assert UserSession.objects.filter(user=person).exists()


def test_a_board_without_schools_keeps_nobody() -> None:
    person, _ = trainer_of(make_board())
    assert clear_roles_that_are_over(day=LATER) == 1
    assert not RoleGrant.objects.filter(person=person).exists()


def test_what_was_given_once_more_stays() -> None:
    team = make_team()
    admin, trainer = (make_colleague(team, role) for role in (Role.SCHOOL_ADMIN, Role.TRAINER))
    RoleGrant.objects.filter(person=trainer).update(ends_on=date(2020, 1, 1))
    grant_role(
        by=access_for(admin), school_id=team.school.pk, person_id=trainer.pk, role=Role.TRAINER
    )
    assert clear_roles_that_are_over(day=date(2026, 1, 1)) == 0
    assert RoleGrant.objects.filter(person=trainer, ends_on=None).exists()
