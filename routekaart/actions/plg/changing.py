"""The one way into a PLG that changes: the right, the lock, the states.

The lock is on the PLG and not on the routekaart: what happens in the year does not make a plan
old, and two PLGs need not wait for each other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.domain.errors import Conflict
from routekaart.models import PlgCycle


@contextmanager
def in_cycle(
    *, by: Access, cycle_id: UUID, permission: Permission, also_closed: bool = False
) -> Iterator[PlgCycle]:
    """The PLG, locked inside a transaction, when `by` may change something in it now.

    Raises `NotFound`, `Forbidden`, or `Conflict` (`wrong_state`) when the routekaart is not
    underway, or the PLG itself is closed and that is not `also_closed`.
    """
    by.fetch(PlgCycle, cycle_id, permission)
    with transaction.atomic(), by.entered():
        cycle = (
            PlgCycle.objects.select_for_update(of=("self",), no_key=True)
            .select_related("routekaart__team__school", "previous")
            .get(pk=cycle_id)
        )
        check_state(cycle.routekaart, UNDERWAY)
        if cycle.state == "closed" and not also_closed:
            raise Conflict(
                "Deze PLG is afgerond. Heropen haar eerst, of begin een vervolg.",
                code="wrong_state",
            )
        yield cycle


def note(*, by: Access, cycle: PlgCycle, action: str, subject: Model | None = None) -> None:
    """A row in the history of the routekaart."""
    record(
        by=by,
        school=cycle.routekaart.team.school_id,
        action=action,
        subject=subject or cycle,
        routekaart=cycle.routekaart_id,
    )


def note_in_private(*, by: Access, cycle: PlgCycle, action: str, subject: Model) -> None:
    """A row outside the history that a team's companions read.

    Small steps and notes about a lesson are for those concerned: not even how many there are of
    whom can be read off.
    """
    record(by=by, school=cycle.routekaart.team.school_id, action=action, subject=subject)
