"""Writing the log: one row per action, in the transaction of the action."""

from uuid import UUID

from django.db.models import Model

from routekaart.access import Access
from routekaart.models import AuditEntry


def record(
    *, by: Access, school: UUID, action: str, subject: Model, routekaart: UUID | None = None
) -> None:
    """Adds a row that says who did `action` on `subject`. Ids only, never content.

    `routekaart` is the one in whose history it stands.
    """
    AuditEntry.objects.create(
        school_id=school,
        routekaart_id=routekaart,
        person=by.person,
        action=action,
        object_kind=type(subject).__name__,
        object_id=str(subject.pk),
    )


def record_without_person(*, school: UUID, action: str, subject: Model) -> None:
    """The same for what the server or the clock does: an action that has words of its own for it.

    A row of a person that names nobody any more is of a former colleague.
    """
    AuditEntry.objects.create(
        school_id=school,
        person=None,
        action=action,
        object_kind=type(subject).__name__,
        object_id=str(subject.pk),
    )
