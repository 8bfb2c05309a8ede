"""The first board, school and school admin: what everything else needs somebody for.

There is nobody yet to do it, so there is no `by=`: only a command on the server calls this.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from courses.catalogue import CatalogueNotLoadedError, current_catalogue
from routekaart.access import Role, school_scope
from routekaart.actions.audit import record_without_person
from routekaart.actions.organisation.accounts import held_accounts
from routekaart.actions.organisation.tokens import issue_token
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.written_text import checked_name
from routekaart.models import ApiToken, Board, Person, RoleGrant, School

TOKEN_NAME = "eerste beheerder"  # noqa: S105  (the name of a token, not the token)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. Texts as they were typed."""

    board_name: str
    board_number: str
    school_name: str
    brin: str
    sector: str
    region: str
    admin_name: str
    admin_email: str


@dataclass(frozen=True, slots=True)
class Made:
    """What there is now. `created` names what is new; the token only at its first and only time."""

    board: Board
    school: School
    admin: Person
    created: tuple[str, ...]
    token: str | None


@transaction.atomic
def create_organisation(wanted: Wanted, *, new_token: bool = False) -> Made:
    """Makes what is missing, and leaves alone what is there.

    Raises `BadInput` with the field that cannot be used, and `Conflict` when a number belongs to
    something else already.
    """
    created: list[str] = []
    board = _board(wanted, created)
    school = _school(wanted, board, created)
    admin = _admin(wanted, created)
    _, granted = RoleGrant.objects.get_or_create(
        person=admin, role=Role.SCHOOL_ADMIN.value, school=school
    )
    token = None
    if new_token or not ApiToken.objects.filter(person=admin, name=TOKEN_NAME).exists():
        _, token = issue_token(admin, TOKEN_NAME)
    if granted:
        created.append("rol")
        with school_scope([school.pk]):
            record_without_person(school=school.pk, action="create_organisation", subject=school)
    return Made(board, school, admin, tuple(created), token)


def _board(wanted: Wanted, created: list[str]) -> Board:
    number = wanted.board_number.strip()
    known = Board.objects.filter(number=number).first()
    if known is not None:
        if known.name != wanted.board_name.strip():
            raise Conflict(
                f"Bestuursnummer {number} hoort al bij {known.name}. Gebruik die naam of kies een "
                "ander nummer.",
                code="board_number_taken",
            )
        return known
    board = Board(name=checked_name("board_name", wanted.board_name.strip()), number=number)
    _check(board, {"name": "board_name", "number": "board_number"})
    board.save()
    created.append("bestuur")
    return board


def _school(wanted: Wanted, board: Board, created: list[str]) -> School:
    brin = wanted.brin.strip().upper()
    # The base manager: before the first school there is no scope to enter.
    known: School | None = School._base_manager.filter(brin=brin).first()
    if known is not None:
        if known.board_id != board.pk:
            raise Conflict(
                f"De vestiging {brin} hoort al bij een ander bestuur.", code="brin_taken"
            )
        return known
    school = School(
        board=board,
        name=checked_name("school_name", wanted.school_name.strip()),
        brin=brin,
        sector=wanted.sector.strip().lower(),
        region=wanted.region.strip().capitalize(),
        packages=_default_packages(),
    )
    _check(school, {"name": "school_name"})
    school.save()
    created.append("school")
    return school


def _default_packages() -> list[str]:
    try:
        return [package.slug for package in current_catalogue().packages if package.in_default]
    except CatalogueNotLoadedError:
        default: list[str] = School._meta.get_field("packages").get_default()
        return default


def _admin(wanted: Wanted, created: list[str]) -> Person:
    email = wanted.admin_email.strip().lower()
    known = held_accounts().filter(email=email).first()
    if known is not None:
        return known
    person = Person(email=email, name=wanted.admin_name.strip())
    person.set_unusable_password()
    _check(person, {"name": "admin_name", "email": "admin_email"})
    person.save()
    created.append("schoolbeheerder")
    return person


def _check(row: Model, names: dict[str, str]) -> None:
    """Raises `BadInput` for the first field that its own column refuses."""
    try:
        row.clean_fields()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise BadInput(names.get(field, field), " ".join(messages)) from None
