"""Somebody's teams at a school, all at once: what otherwise takes an action per team."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Permission, Role
from routekaart.actions.organisation.people import (
    add_employment,
    add_membership,
    locked_employment,
    remove_membership,
)
from routekaart.domain.errors import BadInput
from routekaart.models import Employment, Team, TeamMembership


@transaction.atomic
def add_person(
    *,
    by: Access,
    school_id: UUID,
    email: str,
    name: str,
    roles: Collection[Role],
    functions: list[str],
    fte: Decimal,
    working_days: list[int],
    weekly_study_minutes: int | None,
    teams: Collection[UUID],
    joined_on: date,
) -> Employment:
    """Someone starts at a school and in teams of it, or nothing happens."""
    employment = add_employment(
        by=by,
        school_id=school_id,
        email=email,
        name=name,
        roles=roles,
        functions=functions,
        fte=fte,
        working_days=working_days,
        weekly_study_minutes=weekly_study_minutes,
    )
    change_teams(by=by, employment_id=employment.pk, teams=teams, joined_on=joined_on)
    return employment


@transaction.atomic
def change_teams(
    *, by: Access, employment_id: UUID, teams: Collection[UUID], joined_on: date
) -> None:
    """Makes `teams` those of somebody at this school; new ones from `joined_on`.

    What was open in a team that is left is withdrawn. Safe to repeat.
    """
    employment = by.fetch(Employment, employment_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        locked_employment(employment)
        wanted = set(
            Team.objects.filter(school=employment.school_id, pk__in=teams).values_list(
                "pk", flat=True
            )
        )
        if wanted != set(teams):
            raise BadInput("teams", "Kies teams van deze school.", code="other_school")
        present = {
            row.team_id: row.pk
            for row in TeamMembership.objects.filter(
                person=employment.person_id, team__school=employment.school_id
            )
        }
        for team in sorted(present.keys() - wanted, key=str):
            remove_membership(by=by, membership_id=present[team])
        for team in sorted(wanted - present.keys(), key=str):
            add_membership(by=by, team_id=team, person_id=employment.person_id, joined_on=joined_on)
