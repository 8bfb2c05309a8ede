"""The people of a school, for who runs it: who they are there, with roles and teams.

What somebody does at another school is nobody's business here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from routekaart.access import Access, NotFound, Permission, Role
from routekaart.models import Employment, Person, RoleGrant, School, Team, TeamMembership
from routekaart.queries.once_more import still_there
from routekaart.queries.organisation.names import (
    called_at,
    email_of_employed,
    name_at,
    name_of_employed,
)
from routekaart.queries.organisation.people import employments_of_school


@dataclass(frozen=True, slots=True)
class PersonHere:
    """Somebody at one school. `leave`: first and last days."""

    employment: Employment
    roles: Sequence[Role]
    teams: Sequence[Team]
    leave: Sequence[tuple[date, date]]


def people_of_school(*, by: Access, school_id: UUID, search: str = "") -> QuerySet[Employment]:
    """Who works at a school, by name, with roles and teams there; with `search` who is called so.

    Evaluate in `by.entered()`.
    """
    found = employments_of_school(by=by, school_id=school_id)
    found = found.annotate(called=name_of_employed(), address=email_of_employed())
    for word in search.split():
        found = found.filter(Q(called__icontains=word) | Q(address__icontains=word))
    return found.select_related("person", "invitation").prefetch_related(_teams_here(school_id))


def person_at_school(*, by: Access, employment_id: UUID) -> PersonHere:
    """Somebody at a school; its board is read along."""
    found = by.fetch(Employment, employment_id, Permission.MANAGE_PEOPLE, along=("school__board",))
    with by.entered():
        rows = people_of_school(by=by, school_id=found.school_id).filter(pk=employment_id)
        here = person_here(rows.get())
    here.employment.school = found.school
    return here


def person_here(employment: Any) -> PersonHere:
    """One row of `people_of_school`; inside the same scope."""
    roles = {grant.role for grant in employment.person.roles_here}
    return PersonHere(
        employment=employment,
        roles=tuple(role for role in Role if role.value in roles),
        teams=tuple(membership.team for membership in employment.person.teams_here),
        leave=tuple((away.first_day, away.last_day) for away in employment.leaves.all()),
    )


def _teams_here(school_id: UUID) -> "Prefetch[str]":
    here = TeamMembership.objects.filter(team__school=school_id).select_related("team")
    return Prefetch("person__memberships", here.order_by("team__name", "team_id"), "teams_here")


def people_to_choose(
    *, by: Access, school_id: UUID, outside: UUID | None = None
) -> Sequence[tuple[UUID, str]]:
    """Who belongs to a school, by name: who works there or has a role there.

    With `outside` only who is not in that team.
    """
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        return tuple(
            Person.objects.filter(
                Q(pk__in=Employment.objects.filter(school=school_id).values("person"))
                | Q(role_grants__school=school_id)
            )
            .exclude(pk__in=TeamMembership.objects.filter(team=outside).values("person"))
            .distinct()
            .annotate(called=name_at(school_id))
            .order_by("called", "pk")
            .values_list("pk", "called")
        )


# --- Roles ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a role, from its first day to its last where it has these. `employment` is
    None for who has no place among the people."""

    person: UUID
    name: str
    employment: UUID | None
    starts_on: date | None
    ends_on: date | None


def holders_of_roles(
    *, by: Access, school_id: UUID
) -> tuple[Mapping[Role, Sequence[Holder]], Mapping[Role, Sequence[Holder]]]:
    """Who has which role at a school, by name; and who has one there for the whole board."""
    school = by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        works = dict(Employment.objects.filter(school=school_id).values_list("person_id", "pk"))
        grants: QuerySet[Any] = (
            RoleGrant.objects.filter(
                Q(school=school_id) | Q(board=school.board_id), role__in=list(Role)
            )
            .annotate(called=name_at(school_id, person="person"))
            .order_by("called", "person_id")
        )
    own: defaultdict[Role, list[Holder]] = defaultdict(list)
    of_board: defaultdict[Role, list[Holder]] = defaultdict(list)
    for grant in grants:
        target = own if grant.school_id else of_board
        target[Role(grant.role)].append(
            Holder(
                grant.person_id,
                grant.called,
                works.get(grant.person_id),
                grant.starts_on,
                grant.ends_on,
            )
        )
    return own, of_board


def holder_of_role(*, by: Access, school_id: UUID, person_id: UUID, role: Role) -> Person:
    """The person, called as at this school, when they have this role here; raises `NotFound`
    otherwise. To be read only."""
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        rows = RoleGrant.objects.filter(school=school_id, person=person_id, role=role)
        found = called_at(rows, "person", school=school_id).first()
    if found is None:
        raise NotFound("RoleGrant")
    return found.person


# --- Teams ---------------------------------------------------------------------------------------
def team_to_run(*, by: Access, team_id: UUID) -> Team:
    """One team with its school and board."""
    return by.fetch(Team, team_id, Permission.MANAGE_TEAMS, along=("school__board",))


def members_of_team(*, by: Access, team_id: UUID) -> QuerySet[TeamMembership]:
    """Who is in a team, by name, with the employment there. Evaluate in `by.entered()`."""
    team = by.fetch(Team, team_id, Permission.VIEW_PEOPLE)
    with by.entered():
        here = Employment.objects.filter(school=team.school_id)
        return (
            TeamMembership.objects.filter(team=team_id)
            .select_related("person")
            .prefetch_related(Prefetch("person__employments", here, to_attr="employments_here"))
            .order_by(name_at(team.school_id, person="person"), "id")
        )


def membership_to_end(*, by: Access, membership_id: UUID) -> TeamMembership:
    """One membership with its person, called as at this school, team, school and board. To be read
    only."""
    by.fetch(TeamMembership, membership_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        rows = TeamMembership.objects.filter(pk=membership_id)
        called = called_at(rows, "person", school="team__school")
        return still_there(called.select_related("team__school__board"))
