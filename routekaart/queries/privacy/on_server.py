"""Of one account what stands at all schools, for who runs the server. No page or key asks this."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django_scopes import scopes_disabled

from routekaart.domain.errors import BadInput
from routekaart.domain.personal_data.names import erased_address
from routekaart.models import Board, Person, School
from routekaart.queries.privacy.leavers import ErasurePreview, sorted_out
from routekaart.queries.privacy.rows import counted_rows, schools_of_person


@dataclass(frozen=True, slots=True)
class OnServer:
    """An account, the schools that keep something of it, and the places that it still has.

    By name; `places` are of schools, and of boards where there is a role for a whole board.
    """

    preview: ErasurePreview
    schools: tuple[str, ...]
    places: tuple[str, ...]


def account_on_server(*, email: str) -> OnServer:
    """What erasing an account would take everywhere. Raises as `person_called`."""
    person = person_called(email)
    with scopes_disabled():
        schools = schools_of_person(person.pk)
        preview = sorted_out(person, counted_rows(person.pk, schools=schools))
        names = School.objects.filter(pk__in=schools).order_by("name", "pk")
        return OnServer(
            preview=preview,
            schools=tuple(names.values_list("name", flat=True)),
            places=places_of(person.pk),
        )


def person_called(email: str) -> Person:
    """The account with this address. Raises `BadInput` (`unknown_person`), also for the address
    that an erasure leaves."""
    # Not by the list of erasures: of somebody on it a restore may have brought the name back.
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None or person.email == erased_address(person.pk):
        raise BadInput("email", "Er is geen account met dit adres.", code="unknown_person")
    return person


def places_of(person_id: UUID) -> tuple[str, ...]:
    """The names of the schools and boards where somebody works, has a role or is in a team."""
    with scopes_disabled():
        schools = School.objects.filter(
            Q(employments__person=person_id)
            | Q(role_grants__person=person_id)
            | Q(teams__memberships__person=person_id)
        )
        boards = Board.objects.filter(role_grants__person=person_id)
        found = {*schools.values_list("name", flat=True), *boards.values_list("name", flat=True)}
    return tuple(sorted(found))
