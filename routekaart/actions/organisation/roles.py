"""The roles that a school gives and takes back, and the one it never goes without."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from routekaart.access import Access, Permission, Role
from routekaart.actions.audit import record
from routekaart.actions.organisation.sign_in import end_sessions_without_place
from routekaart.actions.privacy.departures import note_departure
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Person, RoleGrant, School
from routekaart.queries.organisation.people import belongs_to_school

# A school gives these at its own school. A board's role and the catalogue are not a school's to
# give.
GRANTABLE: tuple[Role, ...] = (
    Role.MEMBER,
    Role.TEAM_LEAD,
    Role.TRAINER,
    Role.DIRECTOR,
    Role.MR_READER,
    Role.SCHOOL_ADMIN,
)


@transaction.atomic
def grant_role(*, by: Access, school_id: UUID, person_id: UUID, role: Role) -> None:
    """Gives somebody of the school one role more. Safe to repeat."""
    _change(by, school_id, person_id, give={role}, take=set())


@transaction.atomic
def withdraw_role(*, by: Access, school_id: UUID, person_id: UUID, role: Role) -> None:
    """Takes one role back. Safe to repeat; raises `Conflict` for the last school admin."""
    _change(by, school_id, person_id, give=set(), take={role})


def _change(
    by: Access, school_id: UUID, person_id: UUID, *, give: set[Role], take: set[Role]
) -> None:
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    _check_grantable((*give, *take))
    with by.entered():
        # Before the roles are read: who changes others of the same person waits here.
        School.objects.select_for_update().get(pk=school_id)
        if not belongs_to_school(person_id=person_id, school_id=school_id):
            raise BadInput(
                "person",
                "Deze medewerker staat niet bij jullie school. Voeg hem of haar eerst toe.",
                code="not_at_this_school",
            )
        person = Person.objects.get(pk=person_id)
        before = _roles_at(school_id, person).intersection(GRANTABLE)
        after = (before | give) - take
        if after != before:
            set_roles(school_id, person, after)
            if give:
                record(by=by, school=school_id, action="grant_role", subject=person)
            else:
                record(by=by, school=school_id, action="withdraw_role", subject=person)
                end_sessions_without_place(person)
                note_departure(person_id=person_id, school_id=school_id)


def set_roles(school_id: UUID, person: Person, roles: Iterable[Role]) -> None:
    """Makes these the roles that the school itself gives. Call in a transaction and its scope."""
    named = tuple(roles)
    wanted = set(named)
    _check_grantable(named)
    # Two admins who take each other's role at once wait for each other here.
    School.objects.select_for_update().get(pk=school_id)
    present = _roles_at(school_id, person)
    if Role.SCHOOL_ADMIN in present - wanted and not _other_admin(school_id, person):
        raise Conflict(
            "Dit is de laatste schoolbeheerder. Geef eerst iemand anders deze rol.",
            code="last_school_admin",
        )
    # What somebody else than the school gave stays as it is.
    taken = [role.value for role in present - wanted if role in GRANTABLE]
    RoleGrant.objects.filter(person=person, school=school_id, role__in=taken).delete()
    RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role=role.value, school_id=school_id)
        for role in GRANTABLE
        if role in wanted - present
    )


def _check_grantable(roles: Iterable[Role]) -> None:
    for place, role in enumerate(roles):
        if role not in GRANTABLE:
            raise BadInput(
                f"roles.{place}",
                "Deze rol geeft een school niet zelf.",
                code="role_not_grantable",
            )


def _roles_at(school_id: UUID, person: Person) -> set[Role]:
    # A row of a newer version may hold a role that is unknown here.
    rows = RoleGrant.objects.filter(person=person, school=school_id, role__in=list(Role))
    return {Role(role) for role in rows.values_list("role", flat=True)}


def _other_admin(school_id: UUID, person: Person) -> bool:
    return (
        RoleGrant.objects.filter(
            Q(school=school_id) | Q(board__schools=school_id),
            role=Role.SCHOOL_ADMIN.value,
            person__is_active=True,
        )
        .exclude(person=person)
        .exists()
    )
