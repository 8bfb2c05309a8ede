"""Who has which role at a school, and from when to when."""

from uuid import UUID

from django.db.models import QuerySet

from routekaart.access import Access, Permission, Role
from routekaart.models import RoleGrant, School
from routekaart.queries.organisation.names import name_at


def role_grants_of(*, by: Access, school_id: UUID) -> QuerySet[RoleGrant]:
    """The roles at a school, by name and role; also those for its whole board.

    Also what has yet to begin, and what is over and was not cleared away yet. Raises `NotFound`
    and `Forbidden` as `fetch`.
    """
    by.fetch(School, school_id, Permission.MANAGE_PEOPLE)
    found = RoleGrant.objects.at_school(school_id).filter(role__in=list(Role))
    with by.entered():
        called = found.annotate(called=name_at(school_id, person="person"))
    return called.order_by("called", "person_id", "role", "pk")
