"""Roles at all schools of a board. There is nobody in the product who gives these, so there is no
`by=`: only a command on the server calls this."""

from contextlib import ExitStack
from datetime import date

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django_scopes import scopes_disabled

from routekaart.access import Role, school_scope
from routekaart.actions.audit import record_without_person
from routekaart.actions.organisation.accounts import held_accounts
from routekaart.actions.organisation.leaving import after_losing_roles
from routekaart.actions.organisation.roles import check_an_admin_stays, has_a_lasting_admin
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.actions.organisation.sign_in import sign_out_without_second_factor
from routekaart.clock import today
from routekaart.domain.errors import BadInput
from routekaart.domain.roles import FOR_A_BOARD
from routekaart.models import Board, Person, RoleGrant, School


@transaction.atomic
def grant_board_role(
    *, number: str, email: str, name: str, role: Role, ends_on: date | None = None
) -> RoleGrant:
    """Gives somebody a role at all schools of a board; an account is made where there is none.

    Safe to repeat; who has the role gets this last day. Raises `BadInput` for an unknown board
    (`unknown_board`), a role that is not for a board (`role_not_for_board`), an address or name
    that cannot be used, and a last day that is over (`in_the_past`), and `Conflict`
    (`last_school_admin`) when a school would lose with that day its last lasting admin.
    """
    board = _board(number, role)
    if ends_on is not None and ends_on < today():
        raise BadInput("until", "Deze dag is al voorbij.", code="in_the_past")
    with ExitStack() as stack:
        schools = _entered(board, stack)
        runs = [school.pk for school in schools if has_a_lasting_admin(school.pk)]
        person = _person(email, name)
        grant, new = RoleGrant.objects.update_or_create(
            person=person, board=board, role=role.value, defaults={"ends_on": ends_on}
        )
        if new and any(school.second_factor_required for school in schools):
            sign_out_without_second_factor(Q(pk=person.pk))
        for school in runs:
            check_an_admin_stays(school)
        for one in schools:
            record_without_person(school=one.pk, action="grant_board_role", subject=person)
    return grant


@transaction.atomic
def withdraw_board_role(*, number: str, email: str, role: Role) -> bool:
    """Takes such a role back; False when there was none. Raises `BadInput` as above, and `Conflict`
    (`last_school_admin`) when a school would be left without one."""
    board = _board(number, role)
    with ExitStack() as stack:
        schools = _entered(board, stack)
        held = RoleGrant.objects.filter(
            person__email=email.strip().lower(), board=board, role=role.value
        )
        grant = held.select_related("person").first()
        if grant is None:
            return False
        grant.delete()
        for school in schools:
            if role is Role.SCHOOL_ADMIN:
                check_an_admin_stays(school.pk)
            record_without_person(
                school=school.pk, action="withdraw_board_role", subject=grant.person
            )
            after_losing_roles(grant.person, school.pk)
    return True


def _board(number: str, role: Role) -> Board:
    if role not in FOR_A_BOARD:
        raise BadInput("role", "Deze rol is niet voor een bestuur.", code="role_not_for_board")
    board = Board.objects.filter(number=number.strip()).first()
    if board is None:
        raise BadInput("board", f"Er is geen bestuur met nummer {number}.", code="unknown_board")
    return board


def _entered(board: Board, stack: ExitStack) -> list[School]:
    """The schools of the board, locked in one order, and the net open for them alone."""
    with scopes_disabled():
        schools = list(School.objects.filter(board=board).order_by("pk"))
    if schools:
        stack.enter_context(school_scope([school.pk for school in schools]))
    for school in schools:
        lock_school(school.pk)
    return schools


def _person(email: str, name: str) -> Person:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise BadInput("email", "Dit is geen e-mailadres.", code="invalid") from None
    person = held_accounts().filter(email=address).first()
    if person is not None:
        return person
    called = " ".join(name.split())
    if not called:
        raise BadInput("name", "Vul de naam in: dit account is nieuw.", code="required")
    # No password yet: the person chooses one by mail, with "wachtwoord vergeten".
    return Person.objects.create(email=address, name=called, password=make_password(None))
