"""Reading what happened with a routekaart."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from routekaart.access import Access, Permission
from routekaart.domain.history_words import hidden_from_others
from routekaart.models import AuditEntry, Routekaart
from routekaart.queries.organisation.names import called_at


def history_of(*, by: Access, routekaart_id: UUID) -> QuerySet[AuditEntry]:
    """The log of a routekaart with the persons, newest first; evaluate inside `by.entered()`.

    What is somebody's own (progress, notes, votes) is there for that person only: whose it is
    shows from the moment alone.
    """
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.VIEW_HISTORY)
    marks: Any = routekaart
    sees = by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS, school=marks.access_school, team=marks.access_team
    )
    hidden = Q(action__in=hidden_from_others(sees_assignments=sees)) & ~Q(person=by.person)
    with by.entered():
        rows = AuditEntry.objects.filter(routekaart=routekaart_id).exclude(hidden)
        return called_at(rows, "person", school=marks.access_school)
