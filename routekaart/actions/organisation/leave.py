"""Single periods of leave, where `change_employment` replaces all of them."""

from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Permission
from routekaart.actions.organisation.people import (
    Away,
    change_employment,
    locked_employment,
)
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Employment, Leave

# As many as the API takes at once.
MOST_PERIODS = 50


@transaction.atomic
def add_leave(*, by: Access, employment_id: UUID, away: Away) -> None:
    """Notes that somebody is away for a period. Safe to repeat."""
    if away.last_day < away.first_day:
        raise BadInput("last_day", "De laatste dag ligt voor de eerste dag.", code="wrong_order")
    present = _locked(by, employment_id)
    if away in present:
        return
    if len(present) >= MOST_PERIODS:
        raise Conflict(
            f"Iemand heeft hoogstens {MOST_PERIODS} periodes. Haal eerst een oude weg.",
            code="too_many_periods",
        )
    _replace(by, employment_id, [*present, away])


@transaction.atomic
def remove_leave(*, by: Access, employment_id: UUID, away: Away) -> None:
    """Takes a period back. Safe to repeat."""
    present = _locked(by, employment_id)
    if away in present:
        _replace(by, employment_id, [each for each in present if each != away])


def _locked(by: Access, employment_id: UUID) -> list[Away]:
    seen = by.fetch(Employment, employment_id, Permission.MANAGE_PEOPLE)
    with by.entered():
        locked_employment(seen)
        rows = Leave.objects.filter(employment=employment_id)
        return [Away(row.first_day, row.last_day) for row in rows]


def _replace(by: Access, employment_id: UUID, leave: list[Away]) -> None:
    change_employment(by=by, employment_id=employment_id, changes={}, leave=leave)
