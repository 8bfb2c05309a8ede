"""Being in a routekaart at the same time as somebody else."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.domain.errors import BadInput
from routekaart.domain.filling_in import Part
from routekaart.models import Presence, Routekaart
from routekaart.queries.organisation.names import called_at

# How long ago somebody who is still busy was seen last; a page tells it every 15 seconds.
HERE = timedelta(minutes=1)
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else who is in the routekaart now, and at which step."""

    name: str
    part: Part


def be_present(*, by: Access, routekaart_id: UUID, step: str) -> tuple[Colleague, ...]:
    """Says that `by` is at `step` of a routekaart, and gives who else is in it now, by name.

    Writes one row; rows of more than a day old, of any routekaart within reach, go at the same
    moment. No log: that somebody looked is nobody's business later. Raises `BadInput` for a step
    that there is not, and `Forbidden` for who only reads.
    """
    try:
        part = Part(step)
    except ValueError:
        raise BadInput("step", "Deze stap is er niet.", code="unknown_step") from None
    by.fetch(Routekaart, routekaart_id, Permission.EDIT_ROUTEKAART)
    now = clock.now()
    here = Q(routekaart=routekaart_id, seen_at__gt=now - HERE)
    old = Q(seen_at__lt=now - FORGOTTEN)
    with by.entered():
        found = Presence.objects.filter(here | old)
        rows = list(called_at(found, "person", school="routekaart__team__school"))
        if any(row.seen_at < now - FORGOTTEN for row in rows):
            Presence.objects.filter(old).delete()
        # One statement, so that two pages of the same person do not collide.
        Presence.objects.bulk_create(
            [Presence(routekaart_id=routekaart_id, person=by.person, step=part, seen_at=now)],
            update_conflicts=True,
            unique_fields=["routekaart", "person"],
            update_fields=["step", "seen_at"],
        )
    others = [row for row in rows if row.person_id != by.person.pk and row.seen_at > now - HERE]
    return tuple(
        sorted(
            (Colleague(row.person.name, Part(row.step)) for row in others),
            key=lambda one: (one.name, one.part),
        )
    )
