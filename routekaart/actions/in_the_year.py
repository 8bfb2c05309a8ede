"""The one way to write down what the year brings: agreements, measurements, decisions.

The routekaart is locked, so that it cannot close meanwhile, but keeps its revision: nothing of
this makes a plan outdated.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from routekaart.access import Access, Permission
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.models import Routekaart
from routekaart.models.routekaarten import State

# Everything but what is over.
NOT_CLOSED = tuple(state for state in State if state is not State.CLOSED)


@contextmanager
def in_the_year(
    *,
    by: Access,
    routekaart_id: UUID,
    permission: Permission,
    states: Sequence[str] = UNDERWAY,
) -> Iterator[Routekaart]:
    """The locked routekaart inside a transaction, when `by` may write in its present state.

    Raises `NotFound`, `Forbidden`, or `Conflict` (`wrong_state`). The body writes its own row in
    the log; when it raises, nothing of what it did stays.
    """
    by.fetch(Routekaart, routekaart_id, permission)
    with transaction.atomic(), by.entered():
        routekaart = (
            Routekaart.objects.select_for_update(of=("self",))
            .select_related("team__school")
            .get(pk=routekaart_id)
        )
        check_state(routekaart, states)
        yield routekaart
