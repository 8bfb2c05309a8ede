"""Reading work groups. Everyone of the team sees them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet

from routekaart.access import Access, Permission
from routekaart.models import Goal, Routekaart, TeamMembership, WorkGroup, WorkGroupMember
from routekaart.queries.organisation.names import name_at


def work_groups_of(*, by: Access, routekaart_id: UUID) -> QuerySet[WorkGroup]:
    """The work groups by name, with their members, each `called` as at the school.

    Evaluate inside `by.entered()`.
    """
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ASSIGNMENTS)
    with by.entered():
        return _whole(WorkGroup.objects.filter(routekaart=routekaart_id))


def work_group_detail(*, by: Access, work_group_id: UUID) -> WorkGroup:
    """One work group with its members by name."""
    by.fetch(WorkGroup, work_group_id, Permission.VIEW_ASSIGNMENTS)
    with by.entered():
        return _whole(WorkGroup.objects.filter(pk=work_group_id)).get()


@dataclass(frozen=True, slots=True)
class WorkGroupChoices:
    """What a work group of a routekaart can be about, and who can be in it, by name."""

    routekaart: Routekaart
    goals: tuple[tuple[UUID, str], ...]
    members: tuple[tuple[UUID, str], ...]


def work_group_choices(*, by: Access, routekaart_id: UUID) -> WorkGroupChoices:
    """For who may make work groups here."""
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.EDIT_WORK_GROUPS, along=("team__school",)
    )
    with by.entered():
        members = TeamMembership.objects.filter(team=routekaart.team_id)
        return WorkGroupChoices(
            routekaart,
            tuple(Goal.objects.filter(routekaart=routekaart).values_list("id", "wording")),
            tuple(
                members.annotate(called=name_at(routekaart.team.school_id, person="person"))
                .order_by("called", "person_id")
                .values_list("person_id", "called")
            ),
        )


def work_group_to_change(*, by: Access, work_group_id: UUID) -> WorkGroup:
    """One work group with its members, for who may change it."""
    by.fetch(WorkGroup, work_group_id, Permission.EDIT_WORK_GROUPS)
    return work_group_detail(by=by, work_group_id=work_group_id)


def _whole(groups: "QuerySet[WorkGroup]") -> "QuerySet[WorkGroup]":
    school = OuterRef("work_group__routekaart__team__school")
    members = (
        WorkGroupMember.objects.select_related("person")
        .annotate(called=name_at(school, person="person"))
        .order_by("called", "person_id")
    )
    return groups.prefetch_related(Prefetch("member_rows", members))
