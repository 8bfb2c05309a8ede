"""Keeping what was tried without an account."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Permission
from routekaart.actions.routekaarten.routekaarten import (
    Choice,
    change_routekaart,
    create_routekaart,
)
from routekaart.models import Routekaart, Team


def keep_choice(
    *, by: Access, team_id: UUID, school_year: int, interventions: Sequence[str]
) -> Routekaart:
    """The team's routekaart of that year with `interventions` chosen too; a new draft if needed.

    What was chosen before stays, so doing it twice changes nothing. Raises as `change_routekaart`
    does: `Conflict` when the routekaart of that year is no longer a draft.
    """
    by.fetch(Team, team_id, Permission.EDIT_ROUTEKAART)
    with transaction.atomic(), by.entered():
        found = Routekaart.objects.filter(team=team_id, school_year=school_year).first()
        routekaart = found or create_routekaart(
            by=by, team_id=team_id, school_year=school_year, reason=""
        )
        before = [
            Choice(one.intervention_id, one.programme, one.recognition, one.parameters)
            for one in routekaart.chosen.all()
        ]
        known = {one.intervention for one in before}
        new = [Choice(slug) for slug in dict.fromkeys(interventions) if slug not in known]
        if not new:
            return routekaart
        return change_routekaart(
            by=by, routekaart_id=routekaart.pk, changes={"interventions": [*before, *new]}
        )
