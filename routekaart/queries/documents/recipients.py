"""To whom a document can be sent: who may read it anyway."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django_scopes import scopes_disabled

from routekaart import clock
from routekaart.access import Access, NotFound, Permission, Role, accesses_of
from routekaart.models import Document, Person, School
from routekaart.queries.documents.documents import document_for, progress_by_name
from routekaart.queries.documents.links import document_to_send

# Somebody with two roles stands under the first of them.
ROLE_ORDER = (
    Role.DIRECTOR,
    Role.BOARD,
    Role.MR_READER,
    Role.TEAM_LEAD,
    Role.TRAINER,
    Role.MEMBER,
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may read the document, and as what; who is only in the team is a member."""

    person: Person
    role: Role


def possible_recipients(*, by: Access, document_id: UUID) -> tuple[Recipient, ...]:
    """Who may read the document besides the sender, by role and name; in as many queries for a
    school of two hundred people. Raises as `document_to_send`.

    A list to choose from. Sending asks again, of each, the rule that readers themselves meet.
    """
    return readers_besides(by.person, document_to_send(by=by, document_id=document_id))


def readers_besides(sender: Person, document: Document) -> tuple[Recipient, ...]:
    """The same of a document that `document_to_send` gave."""
    team = document.routekaart.team_id if document.routekaart else None
    roles = Q(role_grants__school=document.school_id)
    roles |= Q(role_grants__board=document.school.board_id)
    of_team = Q(memberships__team=team) if team else Q(pk__in=[])
    people = list(
        Person.objects.filter(roles | of_team, is_active=True).exclude(pk=sender.pk).distinct()
    )
    whole = _schools_of_board(document)
    hidden = document.holds_progress and not progress_by_name(
        school_id=document.school_id, today=clock.today()
    )
    found = [
        Recipient(access.person, _role_at(access, document.school_id))
        for access in accesses_of(people).values()
        if _reads(access, document, team, whole)
        and (not hidden or access.person.pk == document.person_id)
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (ROLE_ORDER.index(one.role), one.person.name, str(one.person.pk)),
        )
    )


def readers_among(*, document: Document, persons: Collection[UUID]) -> Mapping[UUID, Person]:
    """Those of `persons` who are active and may read the document at this moment."""
    people = list(Person.objects.filter(pk__in=persons, is_active=True))
    return {
        who: access.person
        for who, access in accesses_of(people).items()
        if _finds(access, document.pk)
    }


def _finds(access: Access, document_id: UUID) -> bool:
    try:
        document_for(by=access, document_id=document_id)
    except NotFound:
        return False
    return True


def _schools_of_board(document: Document) -> tuple[UUID, ...]:
    if document.board_id is None:
        return ()
    # As in `whole_board`: also the schools out of reach count.
    with scopes_disabled():
        return tuple(School.objects.filter(board=document.board_id).values_list("pk", flat=True))


def _reads(access: Access, document: Document, team: UUID | None, whole: Collection[UUID]) -> bool:
    """What `document_for` finds, said of somebody else; a test holds the two together."""

    def may(permission: Permission) -> bool:
        if team is None:
            return access.allows_everywhere(permission, school=document.school_id)
        return access.allows(permission, school=document.school_id, team=team)

    own = document.person_id == access.person.pk
    return (
        may(Permission.VIEW_DOCUMENT)
        and (own or not document.private)
        and (not document.holds_persons or own or may(Permission.VIEW_ALL_ASSIGNMENTS))
        and all(
            access.allows_everywhere(Permission.VIEW_DOCUMENT, school=school) for school in whole
        )
    )


def _role_at(access: Access, school: UUID) -> Role:
    roles = access.roles.get(school, frozenset())
    return next((role for role in ROLE_ORDER if role in roles), Role.MEMBER)
