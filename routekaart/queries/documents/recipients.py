"""To whom a document can be sent: who may read it anyway."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django_scopes import scopes_disabled

from routekaart import clock
from routekaart.access import Access, NotFound, Permission, Role, accesses_of
from routekaart.models import Document, Person, School
from routekaart.models.jobs import MR_KINDS, PLAN_KINDS
from routekaart.queries.documents.documents import document_for, progress_by_name
from routekaart.queries.documents.links import document_to_send, sees_people
from routekaart.queries.organisation.names import people_at

# Somebody with two roles stands under the first of them.
ROLE_ORDER = (
    Role.DIRECTOR,
    Role.BOARD,
    Role.MR_READER,
    Role.TEAM_LEAD,
    Role.TRAINER,
    Role.MEMBER,
)
# Whom also a sender knows who does not see the people of a school: who answers for it.
_ANSWERABLE = frozenset({Role.DIRECTOR, Role.BOARD})


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
    return readers_besides(by, document_to_send(by=by, document_id=document_id))


def readers_besides(by: Access, document: Document) -> tuple[Recipient, ...]:
    """The same of a document that `document_to_send` gave.

    Who does not see the people of the school finds only who answers for it.
    """
    team = document.routekaart.team_id if document.routekaart else None
    roles = Q(role_grants__school=document.school_id)
    roles |= Q(role_grants__board=document.school.board_id)
    # Whoever is in the team reads it through a role too: a place in a team alone gives nothing.
    rows = Person.objects.filter(roles, is_active=True).exclude(pk=by.person.pk).distinct()
    with by.entered():
        people = list(people_at(rows, document.school_id))
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
    known = found if sees_people(by, document) else [one for one in found if _answers(one)]
    return tuple(
        sorted(
            known,
            key=lambda one: (ROLE_ORDER.index(one.role), one.person.name, str(one.person.pk)),
        )
    )


def readers_among(
    *, by: Access, document: Document, persons: Collection[UUID]
) -> Mapping[UUID, Person]:
    """Those of `persons` who are active, may read the document at this moment, and are known to
    the sender as in `readers_besides`."""
    rows = Person.objects.filter(pk__in=persons, is_active=True)
    with by.entered():
        people = list(people_at(rows, document.school_id))
    knows_all = sees_people(by, document)
    return {
        who: access.person
        for who, access in accesses_of(people).items()
        if (knows_all or _role_at(access, document.school_id) in _ANSWERABLE)
        and _finds(access, document.pk)
    }


def _answers(recipient: Recipient) -> bool:
    return recipient.role in _ANSWERABLE


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
        and (
            _is_adopted(document)
            or not access.only_adopted(
                Permission.VIEW_DOCUMENT, school=document.school_id, team=team
            )
        )
        and (own or not document.private)
        and (not document.holds_persons or own or may(Permission.VIEW_ALL_ASSIGNMENTS))
        and all(
            access.allows_everywhere(Permission.VIEW_DOCUMENT, school=school) for school in whole
        )
    )


def _is_adopted(document: Document) -> bool:
    """Whether who sees only what was adopted may read it; as `access.ADOPTED` says of rows."""
    return document.kind in MR_KINDS or (document.kind in PLAN_KINDS and document.adopted)


def _role_at(access: Access, school: UUID) -> Role:
    roles = access.roles.get(school, frozenset())
    return next((role for role in ROLE_ORDER if role in roles), Role.MEMBER)
