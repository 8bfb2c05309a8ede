"""The one way to write down what the year brings: progress, agreements, measurements, decisions.

The routekaart is locked, so that it cannot close meanwhile, but keeps its revision: nothing of
this makes a plan outdated.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from routekaart.access import Access, Permission
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.models import Assignment, Routekaart
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
            Routekaart.objects.select_for_update(of=("self",), no_key=True)
            .select_related("team__school")
            .get(pk=routekaart_id)
        )
        check_state(routekaart, states)
        yield routekaart


def lock_years_of(
    *,
    school_id: UUID,
    persons: Collection[UUID],
    courses: Collection[str],
    also: UUID | None = None,
) -> None:
    """Locks the routekaarten that ask these courses of these people, and the one of `also`.

    Progress is of a person, so it may move what several teams ask: none of these closes meanwhile,
    and nobody assigns. Call it before anything else is locked, inside a transaction and the
    school's scope; the caller then looks at the states.
    """
    asking = Assignment.objects.filter(person__in=persons, course__in=courses)
    rows = (
        Routekaart.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            Q(pk=also)
            | Q(~Q(state=State.CLOSED), team__school=school_id, pk__in=asking.values("routekaart"))
        )
        # In one order for everybody, so that two of these never wait for each other.
        .order_by("pk")
    )
    list(rows.only("pk"))
