"""Reading who works where and who belongs to which team. Starts from what `by` may see."""

from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from routekaart.access import Access, Forbidden, Permission, Role
from routekaart.clock import today
from routekaart.models import Employment, Person, RoleGrant, School, Team, TeamMembership
from routekaart.queries.organisation.names import (
    called_at,
    email_at,
    name_at,
    name_of_employed,
)


def employments_of_school(*, by: Access, school_id: UUID) -> QuerySet[Employment]:
    """Who works at a school, by name, with leave and roles there. Evaluate in `by.entered()`."""
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        return _with_roles(Employment.objects.filter(school=school_id), school_id)


def employment_detail(*, by: Access, employment_id: UUID) -> Employment:
    """One employment with leave and roles at that school."""
    found = by.fetch(Employment, employment_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        return _with_roles(Employment.objects.filter(pk=employment_id), found.school_id).get()


def _with_roles(employments: QuerySet[Employment], school_id: UUID) -> QuerySet[Employment]:
    # Roles at another school, or for a board, are nobody's business here.
    here = RoleGrant.objects.filter(school=school_id).order_by("role")
    return (
        employments.select_related("person")
        .prefetch_related("leaves", Prefetch("person__role_grants", here, to_attr="roles_here"))
        .order_by(name_of_employed(), "id")
    )


def belongs_to_school(*, person_id: UUID, school_id: UUID) -> bool:
    """Whether somebody works at a school, or has a role there or for its board.

    Call inside the scope of the school.
    """
    return (
        Employment.objects.filter(person=person_id, school=school_id).exists()
        or RoleGrant.objects.filter(
            Q(school=school_id) | Q(board__schools=school_id), person=person_id
        ).exists()
    )


def memberships_of_team(*, by: Access, team_id: UUID) -> QuerySet[TeamMembership]:
    """Who belongs to a team, by name, with functions at the team's school."""
    team = by.fetch(Team, team_id, Permission.VIEW_PEOPLE)
    with by.entered():
        return with_functions(TeamMembership.objects.filter(team=team_id), team.school_id)


def membership_detail(*, by: Access, membership_id: UUID) -> TeamMembership:
    """One membership with the person's functions at the team's school."""
    by.fetch(TeamMembership, membership_id, Permission.VIEW_PEOPLE)
    with by.entered():
        found = TeamMembership.objects.select_related("team").get(pk=membership_id)
        return with_functions(
            TeamMembership.objects.filter(pk=membership_id), found.team.school_id
        ).get()


def name_in_team(membership: TeamMembership) -> str:
    """What the school of the team calls somebody; read with `with_functions`."""
    here: list[Employment] = getattr(membership.person, "employments_here", [])
    return here[0].shown_name if here else membership.person.name


def with_functions(
    memberships: QuerySet[TeamMembership], school_id: UUID
) -> QuerySet[TeamMembership]:
    """Memberships by name, with each person's employment at that school."""
    here = Employment.objects.filter(school=school_id)
    return (
        memberships.select_related("person")
        .prefetch_related(Prefetch("person__employments", here, to_attr="employments_here"))
        .order_by(name_at(school_id, person="person"), "id")
    )


def administrators_of(*, by: Access, school_id: UUID) -> tuple[Person, ...]:
    """Who can change people and teams of a school, by name, for who works there.

    Called as at this school: to be read only.
    """
    if not by.allows(Permission.VIEW_PEOPLE, school=school_id):
        raise Forbidden(Permission.VIEW_PEOPLE)
    granted = RoleGrant.objects.in_force(today()).filter(
        role=Role.SCHOOL_ADMIN, school=school_id, person__is_active=True
    )
    with by.entered():
        called = called_at(granted, "person", school=school_id)
        rows: list[Any] = list(
            called.annotate(address=email_at(school_id, person="person")).order_by(
                F("called_person"), "person_id"
            )
        )
    for row in rows:
        row.person.email = row.address
    return tuple(row.person for row in rows)
