"""The roles that a school gives and takes back, and the one it never goes without."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, NotFound, Permission, Role
from routekaart.actions.audit import record
from routekaart.actions.organisation.leaving import after_losing_roles
from routekaart.actions.organisation.school_lock import lock_school
from routekaart.clock import today
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.roles import SCHOOL_GIVES
from routekaart.models import Person, RoleGrant, School
from routekaart.queries.organisation.people import belongs_to_school


@transaction.atomic
def grant_role(
    *,
    by: Access,
    school_id: UUID,
    person_id: UUID,
    role: Role,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RoleGrant:
    """Gives somebody of the school one role more, from `starts_on` up to and with `ends_on`.

    Without days it counts now and until it is taken back; who has the role gets these days. Safe
    to repeat. Raises `BadInput` for days that cannot be (`wrong_order`, `in_the_past`), and
    `Conflict` when the last school admin would not stay one.
    """
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    _check_grantable([role])
    _check_days(starts_on, ends_on)
    with by.entered():
        lock_school(school_id)
        person = _of_school(person_id, school_id)
        days = {"starts_on": starts_on, "ends_on": ends_on}
        mine = RoleGrant.objects.filter(person=person, role=role.value, school=school_id)
        same = mine.filter(**days).select_related("person").first()
        if same is not None:
            return same
        grant, _ = RoleGrant.objects.update_or_create(
            person=person, role=role.value, school_id=school_id, defaults=days
        )
        if role is Role.SCHOOL_ADMIN:
            check_an_admin_stays(school_id)
        record(by=by, school=school_id, action="grant_role", subject=person)
    return grant


@transaction.atomic
def withdraw_role(*, by: Access, school_id: UUID, person_id: UUID, role: Role) -> None:
    """Takes one role back. Safe to repeat; raises `Conflict` for the last school admin."""
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    _check_grantable([role])
    with by.entered():
        lock_school(school_id)
        person = _of_school(person_id, school_id)
        mine = RoleGrant.objects.filter(person=person, role=role.value, school=school_id)
        if not mine.delete()[0]:
            return
        if role is Role.SCHOOL_ADMIN:
            check_an_admin_stays(school_id)
        record(by=by, school=school_id, action="withdraw_role", subject=person)
        after_losing_roles(person, school_id)


@transaction.atomic
def withdraw_grant(*, by: Access, grant_id: int) -> None:
    """The same for a grant of a school by its number. Raises `NotFound` for one out of reach."""
    grant = by.fetch(RoleGrant, str(grant_id), Permission.MANAGE_PEOPLE)
    if grant.school_id is None or grant.role not in list(Role):
        raise NotFound("RoleGrant")
    withdraw_role(
        by=by, school_id=grant.school_id, person_id=grant.person_id, role=Role(grant.role)
    )


def set_roles(school_id: UUID, person: Person, roles: Iterable[Role]) -> None:
    """Makes these the roles that somebody has at the school; one that stays keeps its days.

    Call in a transaction, in the scope of the school and with its lock.
    """
    named = tuple(roles)
    wanted = set(named)
    _check_grantable(named)
    present = _roles_at(school_id, person)
    # What somebody else than the school gave stays as it is.
    taken = {role for role in present - wanted if role in SCHOOL_GIVES}
    RoleGrant.objects.filter(person=person, school=school_id, role__in=taken).delete()
    RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role=role.value, school_id=school_id)
        for role in SCHOOL_GIVES
        if role in wanted - present
    )
    if Role.SCHOOL_ADMIN in taken:
        check_an_admin_stays(school_id)


def check_an_admin_stays(school_id: UUID) -> None:
    """Raises `Conflict` when nobody runs the school any more, now or at some day that is known.

    Call with the lock of the school: two admins who take each other's role at once wait there.
    """
    if not has_a_lasting_admin(school_id):
        raise Conflict(
            "Dit is de laatste schoolbeheerder. Draag deze rol eerst over aan iemand anders.",
            code="last_school_admin",
        )


def has_a_lasting_admin(school_id: UUID) -> bool:
    """Whether somebody runs the school now, without a last day."""
    lasting = RoleGrant.objects.at_school(school_id).lasting(today())
    return lasting.filter(role=Role.SCHOOL_ADMIN.value, person__is_active=True).exists()


def _of_school(person_id: UUID, school_id: UUID) -> Person:
    if not belongs_to_school(person_id=person_id, school_id=school_id):
        raise BadInput(
            "person",
            "Deze medewerker staat niet bij jullie school. Voeg hem of haar eerst toe.",
            code="not_at_this_school",
        )
    return Person.objects.get(pk=person_id)


def _check_grantable(roles: Iterable[Role]) -> None:
    for place, role in enumerate(roles):
        if role not in SCHOOL_GIVES:
            raise BadInput(
                f"roles.{place}",
                "Deze rol geeft een school niet zelf.",
                code="role_not_grantable",
            )


def _check_days(starts_on: date | None, ends_on: date | None) -> None:
    if ends_on is None:
        return
    if starts_on is not None and ends_on < starts_on:
        raise BadInput("ends_on", "De laatste dag ligt voor de eerste dag.", code="wrong_order")
    if ends_on < today():
        raise BadInput(
            "ends_on",
            "Deze dag is al voorbij. Kies een latere dag, of trek de rol in.",
            code="in_the_past",
        )


def _roles_at(school_id: UUID, person: Person) -> set[Role]:
    # A row of a newer version may hold a role that is unknown here.
    rows = RoleGrant.objects.filter(person=person, school=school_id, role__in=list(Role))
    return {Role(role) for role in rows.values_list("role", flat=True)}
