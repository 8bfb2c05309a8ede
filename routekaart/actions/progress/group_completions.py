"""What some people did together: one notes it, and each of them confirms for oneself.

Until somebody confirms it counts for nothing; who was not there takes the own name away.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from routekaart import clock
from routekaart.access import Access, Forbidden, NotFound, Permission
from routekaart.actions.audit import record
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.actions.in_the_year import lock_years_of
from routekaart.actions.progress.completions import record_completion
from routekaart.actions.progress.reports import check_course
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.progress import Done, check_done_on
from routekaart.models import GroupCompletion, GroupConfirmation, Routekaart, TeamMembership
from routekaart.models.completions import CompletionSource


def note_group_completion(
    *,
    by: Access,
    routekaart_id: UUID,
    course: str,
    done_on: date,
    note: str,
    persons: Sequence[UUID],
    today: date,
) -> GroupCompletion:
    """Notes that these people of the team did a course together. Who notes it confirms by that.

    A member may do so, and who may note things for others. Raises `BadInput`
    (`unknown_course`, `not_in_team`, `in_the_future`, `too_long_ago`).
    """
    seen = by.fetch(Routekaart, routekaart_id, Permission.VIEW_PLAN)
    marks: Any = seen
    if not any(
        by.allows(permission, school=marks.access_school, team=marks.access_team)
        for permission in (Permission.REPORT_PROGRESS, Permission.RECORD_PROGRESS)
    ):
        raise Forbidden(Permission.REPORT_PROGRESS)
    check_done_on(done_on, today)
    with transaction.atomic(), by.entered():
        lock_years_of(
            school_id=marks.access_school,
            persons=[by.person.pk],
            courses=[course],
            also=routekaart_id,
        )
        routekaart = Routekaart.objects.select_related("team").get(pk=routekaart_id)
        check_state(routekaart, UNDERWAY)
        check_course(routekaart.team.school_id, course)
        _check_members(routekaart, persons)
        made = GroupCompletion.objects.create(
            routekaart=routekaart, course_id=course, done_on=done_on, note=note, made_by=by.person
        )
        GroupConfirmation.objects.bulk_create(
            GroupConfirmation(group_completion=made, person_id=person) for person in persons
        )
        record(
            by=by,
            school=routekaart.team.school_id,
            action="note_group_completion",
            subject=made,
            routekaart=routekaart.pk,
        )
        if by.person.pk in persons:
            confirm_group_completion(by=by, group_completion_id=made.pk, today=today)
    return made


def confirm_group_completion(*, by: Access, group_completion_id: UUID, today: date) -> None:
    """The person was there: from now on it is a completion. Safe to repeat."""
    with _answering(by, group_completion_id) as (group, own):
        if own.confirmed_at is not None:
            return
        own.confirmed_at = clock.now()
        own.save(update_fields=["confirmed_at"])
        record_completion(
            by=by,
            school_id=group.routekaart.team.school_id,
            done=Done(by.person.pk, group.course_id, group.done_on),
            source=CompletionSource.GROUP,
            today=today,
        )


def decline_group_completion(*, by: Access, group_completion_id: UUID) -> None:
    """The person was not there: the name goes.

    Raises `Conflict` (`already_confirmed`) for who said before that it was so.
    """
    with _answering(by, group_completion_id) as (group, own):
        if own.confirmed_at is not None:
            raise Conflict(
                "Je hebt dit al bevestigd. Neem eerst je afronding terug.",
                code="already_confirmed",
            )
        own.delete()
        record(
            by=by,
            school=group.routekaart.team.school_id,
            action="decline_group_completion",
            subject=group,
            routekaart=group.routekaart_id,
        )


@contextmanager
def _answering(
    by: Access, group_completion_id: UUID
) -> Iterator[tuple[GroupCompletion, GroupConfirmation]]:
    seen = by.fetch(GroupCompletion, group_completion_id, Permission.VIEW_ASSIGNMENTS)
    marks: Any = seen
    with transaction.atomic(), by.entered():
        lock_years_of(
            school_id=marks.access_school,
            persons=[by.person.pk],
            courses=[seen.course_id],
            also=seen.routekaart_id,
        )
        own = (
            GroupConfirmation.objects.select_for_update(of=("self",), no_key=True)
            .filter(group_completion=group_completion_id, person=by.person)
            .first()
        )
        if own is None:
            raise NotFound("GroupCompletion")
        group = GroupCompletion.objects.select_related("routekaart__team").get(
            pk=group_completion_id
        )
        check_state(group.routekaart, UNDERWAY)
        yield group, own


def _check_members(routekaart: Routekaart, persons: Sequence[UUID]) -> None:
    members = TeamMembership.objects.filter(team=routekaart.team_id, person__in=persons)
    if members.count() != len(set(persons)):
        raise BadInput(
            "persons",
            "Een van deze collega’s hoort niet bij dit team. Kies uit de leden van het team.",
            code="not_in_team",
        )
