"""A role at all schools of a board, taken back at that board alone."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.organisation.board_roles import grant_board_role, withdraw_board_role
from routekaart.models import AuditEntry, Departure, RoleGrant
from tests.makers import make_board, make_person, make_school

pytestmark = pytest.mark.django_db


def test_it_ends_at_the_schools_of_that_board_and_nowhere_else() -> None:
    other, board = make_board(), make_board()
    here = {make_school(board).pk, make_school(board).pk}
    for one in (other, make_board()):
        make_school(one)
    person = make_person()
    for one in (other, board):
        grant_board_role(number=one.number, email=person.email, name="", role=Role.TRAINER)
    assert withdraw_board_role(number=board.number, email=person.email, role=Role.TRAINER)
    assert [grant.board for grant in RoleGrant.objects.filter(person=person)] == [other]
    with scopes_disabled():
        logged = AuditEntry.objects.filter(action="withdraw_board_role")
        assert sorted(logged.values_list("school", flat=True)) == sorted(here)
        left = Departure.objects.filter(person=person)
        assert set(left.values_list("school", flat=True)) == here
