"""Work groups: some people of a team who work on a goal together (S34)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from routekaart.access import Access, NotFound, Permission
from routekaart.actions.audit import record
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.actions.quality.agreements import give_to_team
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import (
    Agreement,
    Goal,
    Routekaart,
    TeamMembership,
    WorkGroup,
    WorkGroupMember,
)


def add_work_group(*, by: Access, routekaart_id: UUID, values: Mapping[str, Any]) -> WorkGroup:
    """Makes a work group. `values`: name, goal, rhythm_weeks and members (ids of people).

    Raises `BadInput` for a goal of another routekaart (`unknown_goal`) and for somebody who is
    not in the team (`not_in_team`), and `Conflict` when the name is taken (`name_taken`).
    """
    with _locked(by, routekaart_id) as routekaart:
        group = WorkGroup(routekaart=routekaart)
        _fill(group, values)
        _record(by, routekaart, "add_work_group", group)
    return group


def change_work_group(*, by: Access, work_group_id: UUID, values: Mapping[str, Any]) -> WorkGroup:
    """Changes what `values` names; `members` replaces who was in it. Raises as adding does."""
    seen = by.fetch(WorkGroup, work_group_id, Permission.EDIT_WORK_GROUPS)
    with _locked(by, seen.routekaart_id) as routekaart:
        group = WorkGroup.objects.filter(pk=work_group_id).first()
        if group is None:
            raise NotFound("WorkGroup")
        _fill(group, values)
        _record(by, routekaart, "change_work_group", group)
    return group


def remove_work_group(*, by: Access, work_group_id: UUID) -> None:
    """Removes a work group. What was assigned to its members stays, and what it agreed on is of
    the whole team from then on."""
    seen = by.fetch(WorkGroup, work_group_id, Permission.EDIT_WORK_GROUPS)
    with _locked(by, seen.routekaart_id) as routekaart:
        _record(by, routekaart, "remove_work_group", seen)
        give_to_team(by=by, routekaart=routekaart, orphans=Q(work_group=work_group_id))
        # Those that it kept or let go are history, but still somebody's.
        past = Agreement.objects.filter(work_group=work_group_id)
        past.update(work_group=None, whole_team=True)
        WorkGroup.objects.filter(pk=work_group_id).delete()


@contextmanager
def _locked(by: Access, routekaart_id: UUID) -> Iterator[Routekaart]:
    """The routekaart while it is under way. Its revision stays: no plan rests on work groups."""
    by.fetch(Routekaart, routekaart_id, Permission.EDIT_WORK_GROUPS)
    with transaction.atomic(), by.entered():
        routekaart = (
            Routekaart.objects.select_for_update(of=("self",), no_key=True)
            .select_related("team")
            .get(pk=routekaart_id)
        )
        check_state(routekaart, UNDERWAY)
        yield routekaart


def _record(by: Access, routekaart: Routekaart, action: str, group: WorkGroup) -> None:
    record(
        by=by,
        school=routekaart.team.school_id,
        action=action,
        subject=group,
        routekaart=routekaart.pk,
    )


def _fill(group: WorkGroup, values: Mapping[str, Any]) -> None:
    for name in ("name", "rhythm_weeks"):
        if name in values:
            setattr(group, name, values[name])
    if "goal" in values:
        group.goal_id = _checked_goal(group, values["goal"])
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise Conflict(
            "Er is al een werkgroep met deze naam. Kies een andere naam.", code="name_taken"
        ) from None
    if "members" in values:
        _set_members(group, values["members"])


def _checked_goal(group: WorkGroup, goal_id: UUID | None) -> UUID | None:
    if goal_id is None:
        return None
    if not Goal.objects.filter(routekaart=group.routekaart_id, pk=goal_id).exists():
        raise BadInput(
            "goal",
            "Dit doel hoort niet bij deze routekaart. Kies een van de eigen doelen.",
            code="unknown_goal",
        )
    return goal_id


def _set_members(group: WorkGroup, members: Iterable[UUID]) -> None:
    wanted = tuple(members)
    of_team = set(
        TeamMembership.objects.filter(team__routekaarten=group.routekaart_id).values_list(
            "person_id", flat=True
        )
    )
    for place, person in enumerate(wanted):
        if person not in of_team:
            raise BadInput(
                f"members.{place}",
                "Deze collega zit niet in het team. Kies uit de leden van het team.",
                code="not_in_team",
            )
    WorkGroupMember.objects.filter(work_group=group).delete()
    WorkGroupMember.objects.bulk_create(
        WorkGroupMember(work_group=group, person_id=person) for person in dict.fromkeys(wanted)
    )
