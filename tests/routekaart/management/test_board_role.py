"""Roles at all schools of a board, given on the server."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Permission, Role, access_of
from routekaart.models import AuditEntry, Board, Person, RoleGrant
from tests.makers import client_for, grant, make_board, make_person, make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Board:
    made = make_board()
    make_school(made, "De Wilg")
    make_school(made, "De Eik")
    return made


def run(board: Board, *more: str, role: str = "board", email: str = "bo@voorbeeld.test") -> str:
    said = StringIO()
    call_command(
        "board_role", "--board", board.number, "--email", email, "--role", role, *more, stdout=said
    )
    return said.getvalue()


def test_a_role_at_all_schools_comes_and_goes(board: Board) -> None:
    elsewhere = make_school(name="Elders")
    for _ in range(2):
        said = run(board, "--name", "Bo Bestuur")
    assert said == (
        "Bo Bestuur heeft de rol bestuur.\n"
        "Dit account kiest een wachtwoord via ‘Wachtwoord vergeten’.\n"
    )
    person = Person.objects.get(email="bo@voorbeeld.test")
    access = access_of(person)
    assert len(access.schools) == 2
    assert elsewhere.pk not in access.schools
    assert all(access.allows(Permission.SEND_DOCUMENT, school=one) for one in access.schools)
    client = client_for(person)
    assert run(board, "--withdraw") == "Ingetrokken.\n"
    assert run(board, "--withdraw") == "Deze persoon had de rol niet.\n"
    assert access_of(person).schools == ()
    assert client.call("get", "/me").status_code == 401
    with scopes_disabled():
        rows = AuditEntry.objects.filter(object_id=str(person.pk))
        assert rows.filter(action="withdraw_board_role").count() == 2


def test_the_account_chooses_a_password_by_mail(board: Board, mailoutbox: list[Any]) -> None:
    run(board, "--name", "Bo Bestuur")
    Client().post("/accounts/password/reset/", {"email": "bo@voorbeeld.test"})
    assert [message.to for message in mailoutbox] == [["bo@voorbeeld.test"]]


def test_the_only_admin_of_the_board_stays(board: Board) -> None:
    run(board, "--name", "Ada", role="school_admin")
    with scopes_disabled():
        first, second = board.schools.order_by("pk")
    grant(make_person(), Role.SCHOOL_ADMIN, school=first)
    with pytest.raises(CommandError, match="laatste schoolbeheerder"):
        run(board, "--withdraw", role="school_admin")
    grant(make_person(), Role.SCHOOL_ADMIN, school=second)
    assert run(board, "--withdraw", role="school_admin") == "Ingetrokken.\n"


def test_what_cannot_be(board: Board) -> None:
    for more, said in (
        (("--name", "Bo", "--until", "2020-01-01"), "--until: Deze dag is al voorbij."),
        (("--name", " "), "--name: Vul de naam in"),
    ):
        with pytest.raises(CommandError, match=said):
            run(board, *more)
    with pytest.raises(CommandError, match="--email: Dit is geen"):
        run(board, "--name", "Bo", email="bo")
    with pytest.raises(CommandError, match="invalid choice"):
        run(board, "--name", "Bo", role="director")
    board.number = "00000"
    with pytest.raises(CommandError, match="Er is geen bestuur met nummer 00000"):
        run(board, "--name", "Bo")
    assert not RoleGrant.objects.exists()


def test_until_a_day(board: Board) -> None:
    said = run(board, "--name", "Bo", "--until", "2099-07-31")
    assert said.startswith("Bo heeft de rol bestuur tot en met 2099-07-31.")
    assert RoleGrant.objects.get().ends_on == date(2099, 7, 31)


def test_the_only_lasting_admin_gets_no_last_day(board: Board) -> None:
    until = ("--name", "Ada", "--until", "2099-07-31")
    # There is none yet: whoever is there for a while is better than nobody.
    assert run(board, *until, role="school_admin").startswith("Ada heeft de rol")
    run(board, role="school_admin")
    with pytest.raises(CommandError, match="laatste schoolbeheerder"):
        run(board, *until, role="school_admin")
    assert RoleGrant.objects.get().ends_on is None
    run(board, "--name", "Bo", role="school_admin", email="bo2@voorbeeld.test")
    run(board, *until, role="school_admin")
    assert RoleGrant.objects.get(person__name="Ada").ends_on == date(2099, 7, 31)
    # Another role of the same person has nothing to do with it.
    run(board, *until)
