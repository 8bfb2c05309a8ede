"""Changing schools and teams."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from courses.catalogue import current_catalogue
from courses.lookup import checked_slugs
from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.actions.organisation.sign_in import (
    everybody_of,
    sign_out_without_second_factor,
)
from routekaart.domain.errors import Conflict
from routekaart.domain.written_text import checked_name
from routekaart.models import School, Team


@transaction.atomic
def change_school(*, by: Access, school_id: UUID, changes: Mapping[str, Any]) -> None:
    """Changes the fields of `changes`; raises `UnknownSlug` for an unknown package, and `BadInput`
    as `checked_name` does.

    Where a second step is asked from now on, who has none is signed out.
    """
    school = by.fetch(School, school_id, Permission.EDIT_SCHOOL)
    if not changes:
        return
    if "packages" in changes:
        checked_slugs(current_catalogue(), "packages", changes["packages"])
    if "name" in changes:
        checked_name("name", changes["name"])
    asked_before = school.second_factor_required
    for name, value in changes.items():
        setattr(school, name, value)
    with by.entered():
        if school.second_factor_required and not asked_before:
            sign_out_without_second_factor(everybody_of(school_id))
        school.save(update_fields=list(changes))
        record(by=by, school=school_id, action="change_school", subject=school)


@transaction.atomic
def add_team(*, by: Access, school_id: UUID, name: str) -> Team:
    """A new team; raises `Conflict` when the school has one of that name, and `BadInput` as
    `checked_name` does."""
    by.fetch(School, school_id, Permission.MANAGE_TEAMS)
    team = Team(school_id=school_id, name=checked_name("name", name))
    with by.entered():
        _save(team)
        record(by=by, school=school_id, action="add_team", subject=team)
    return team


@transaction.atomic
def rename_team(*, by: Access, team_id: UUID, name: str) -> None:
    """Gives a team another name; raises as `add_team` does."""
    team = by.fetch(Team, team_id, Permission.MANAGE_TEAMS)
    team.name = checked_name("name", name)
    with by.entered():
        _save(team)
        record(by=by, school=team.school_id, action="rename_team", subject=team)


def _save(team: Team) -> None:
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError:
        raise Conflict(
            "Deze school heeft al een team met deze naam. Kies een andere naam.",
            code="team_exists",
        ) from None
