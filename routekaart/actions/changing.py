"""The one way to change a routekaart: the right, the lock, the state, the revision, the log.

`moving` makes a step of its state machine; `changing` changes something else about it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from routekaart.access import STEP_PERMISSIONS, Access, Permission
from routekaart.actions.audit import record
from routekaart.domain.errors import Conflict
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.models import Routekaart
from routekaart.models.routekaarten import State

DRAFT = (State.DRAFT,)
# Days and hours may still move while the plan is not approved.
BEFORE_APPROVAL = (
    State.DRAFT,
    State.SUBMITTED,
    State.ADVISED,
    State.ACCEPTED,
    State.PLANNED,
)
# What the year itself brings: progress, notes, meetings, agreements.
UNDERWAY = (State.ACCEPTED, State.PLANNED, State.APPROVED, State.RUNNING)
AFTER_APPROVAL = (State.APPROVED, State.RUNNING)
ASK_FOR_IT_BACK = (
    "Vraag de directeur om het plan terug te geven, met de reden erbij. Daarna kan dit wel, en "
    "keurt de directeur het nieuwe plan weer goed."
)


@contextmanager
def changing(
    *,
    by: Access,
    routekaart_id: UUID,
    permission: Permission,
    states: Sequence[str],
    action: str,
    revision: int | None = None,
    subject: Model | None = None,
) -> Iterator[Routekaart]:
    """The routekaart, locked inside a transaction, when `by` may change it in its present state.

    Raises `NotFound`, `Forbidden`, or `Conflict` when the state is not one of `states` or when
    `revision` is not the present one. When the body ends well, the row is saved with a raised
    revision and a row in the log (on `subject`, or else on the routekaart itself); when it
    raises, nothing of what it did stays.
    """
    by.fetch(Routekaart, routekaart_id, permission)
    with transaction.atomic(), by.entered():
        routekaart = (
            Routekaart.objects.select_for_update(of=("self",), no_key=True)
            .select_related("team__school")
            .get(pk=routekaart_id)
        )
        check_state(routekaart, states)
        if revision is not None:
            check_revision(routekaart, revision)
        yield routekaart
        routekaart.revision += 1
        routekaart.save()
        record(
            by=by,
            school=routekaart.team.school_id,
            action=action,
            subject=subject or routekaart,
            routekaart=routekaart.pk,
        )


@contextmanager
def moving(*, by: Access, routekaart_id: UUID, step: str) -> Iterator[Routekaart]:
    """The locked routekaart for the body that goes with a step of its machine, which ends it.

    Raises as `changing` does.
    """
    with changing(
        by=by,
        routekaart_id=routekaart_id,
        permission=STEP_PERMISSIONS[ROUTEKAART.name][step],
        states=ROUTEKAART.sources(step),
        action=step,
    ) as routekaart:
        yield routekaart
        routekaart.state = ROUTEKAART.after(routekaart.state, step)


def check_state(routekaart: Routekaart, states: Sequence[str]) -> None:
    """Raises `Conflict` (`wrong_state`) when the state is not one of `states`."""
    if routekaart.state not in states:
        # Given back it is accepted again, whatever it was before.
        back = routekaart.state in AFTER_APPROVAL and State.ACCEPTED in states
        raise Conflict(
            f"Dit kan niet: de routekaart heeft de status ‘{ROUTEKAART.words[routekaart.state]}’. "
            f"Het kan wel bij: {', '.join(ROUTEKAART.words[state] for state in states)}."
            + (f" {ASK_FOR_IT_BACK}" if back else ""),
            code="wrong_state",
        )


def check_revision(routekaart: Routekaart, revision: int) -> None:
    """Raises `Conflict` (`stale_revision`) when the routekaart has moved on since `revision`."""
    if revision != routekaart.revision:
        raise Conflict(
            "Iemand anders heeft deze routekaart intussen gewijzigd. "
            "Haal de routekaart opnieuw op en probeer het dan nog eens.",
            code="stale_revision",
        )
