"""Reading work groups. Everyone of the team sees them."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from routekaart.access import Access, Permission
from routekaart.models import Routekaart, WorkGroup, WorkGroupMember


def work_groups_of(*, by: Access, routekaart_id: UUID) -> QuerySet[WorkGroup]:
    """The work groups by name, with their members. Evaluate inside `by.entered()`."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ASSIGNMENTS)
    with by.entered():
        return _whole(WorkGroup.objects.filter(routekaart=routekaart_id))


def work_group_detail(*, by: Access, work_group_id: UUID) -> WorkGroup:
    """One work group with its members by name."""
    by.fetch(WorkGroup, work_group_id, Permission.VIEW_ASSIGNMENTS)
    with by.entered():
        return _whole(WorkGroup.objects.filter(pk=work_group_id)).get()


def _whole(groups: "QuerySet[WorkGroup]") -> "QuerySet[WorkGroup]":
    members = WorkGroupMember.objects.select_related("person").order_by("person__name", "person_id")
    return groups.prefetch_related(Prefetch("member_rows", members))
