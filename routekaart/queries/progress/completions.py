"""Reading completions: one's own, and those that a team lead or trainer may see or note."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from routekaart.access import Access, NotFound, Permission
from routekaart.domain.privacy import names_shown
from routekaart.domain.progress import counts_on
from routekaart.models import (
    Completion,
    Employment,
    GroupCompletion,
    GroupConfirmation,
    Routekaart,
    School,
)
from routekaart.queries.once_more import still_there
from routekaart.queries.organisation.names import called_at

Pair = tuple[UUID, str]


def recordable_people(*, by: Access, school_id: UUID) -> QuerySet[Employment]:
    """The employments of those for whom `by` may note what they did: all of the school, or those
    of the own teams. Evaluate inside `by.entered()`."""
    with by.entered():
        rows = Employment.objects.filter(school=school_id)
        if by.allows_everywhere(Permission.RECORD_PROGRESS, school=school_id):
            return rows
        if not by.allows(Permission.RECORD_PROGRESS, school=school_id):
            return rows.none()
        return rows.filter(
            person__memberships__team__in=by.teams, person__memberships__team__school=school_id
        ).distinct()


def may_record(*, by: Access, school_id: UUID, person_id: UUID) -> bool:
    """Whether `by` may note what this person did. Call inside `by.entered()`."""
    return recordable_people(by=by, school_id=school_id).filter(person=person_id).exists()


def own_completions(*, by: Access) -> QuerySet[Completion]:
    """What the person did, at all schools within reach, latest first: the own record."""
    with by.entered():
        return _whole(Completion.objects.filter(person=by.person))


def completions_of_school(*, by: Access, school_id: UUID, today: date) -> QuerySet[Completion]:
    """The own ones and those that one noted oneself; those of others only by the PMR's consent,
    for whoever may note them too. Evaluate inside `by.entered()`."""
    school = by.fetch(School, school_id, Permission.VIEW_ASSIGNMENTS)
    with by.entered():
        return _whole(Completion.objects.filter(_sight(by, school, today), school=school_id))


def known_to(
    *, by: Access, school: School, persons: Iterable[UUID], today: date
) -> frozenset[tuple[UUID, str, date]]:
    """By person, course and day which completions stand that `by` may see in the list of a
    school. Call inside the scope."""
    rows = Completion.objects.filter(
        _sight(by, school, today), school=school, person__in=set(persons), revoked_at__isnull=True
    )
    return frozenset(rows.values_list("person_id", "course_id", "done_on"))


def _sight(by: Access, school: School, today: date) -> Q:
    sight = Q(person=by.person) | Q(recorded_by=by.person)
    if names_shown(school.progress_by_name_since, today):
        people = recordable_people(by=by, school_id=school.pk)
        sight |= Q(person__in=people.values("person"))
    return sight


def completion_within_reach(*, by: Access, completion_id: UUID) -> tuple[Completion, bool]:
    """A completion that stands, and whether `by` may note things for its person.

    Raises `NotFound` for those of people who are neither oneself nor within reach.
    """
    seen = by.fetch(Completion, completion_id, Permission.VIEW_ASSIGNMENTS)
    with by.entered():
        records = may_record(by=by, school_id=seen.school_id, person_id=seen.person_id)
        found = still_there(_whole(Completion.objects.filter(pk=completion_id)))
    if not (records or found.person_id == by.person.pk):
        raise NotFound("Completion")
    return found, records


def completion_detail(*, by: Access, completion_id: UUID) -> Completion:
    """One completion that stands, of oneself or of somebody within reach."""
    return completion_within_reach(by=by, completion_id=completion_id)[0]


def counting_completions(
    *, school: School, persons: Iterable[UUID], courses: Iterable[str], today: date
) -> Mapping[Pair, Completion]:
    """By person and course the latest completion that counts today. Call inside the scope."""
    rows = Completion.objects.filter(
        school=school,
        person__in=set(persons),
        course__in=set(courses),
        revoked_at__isnull=True,
    ).order_by("done_on", "recorded_at", "id")
    return {
        (row.person_id, row.course_id): row
        for row in rows
        if counts_on(today, row.done_on, months=school.completion_months, override=row.counts)
    }


def group_completions_of(
    *, by: Access, routekaart_id: UUID, today: date
) -> tuple[QuerySet[GroupCompletion], bool]:
    """What groups say they did together, with the people, and whether `by` may see who confirmed.

    Those that one made or is named in, and for team lead and trainer all of them once the PMR
    agreed. Evaluate inside `by.entered()`.
    """
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_ASSIGNMENTS, along=("team__school",)
    )
    names = _sees_names(by, routekaart, routekaart.team.school, today)
    with by.entered():
        rows = GroupCompletion.objects.filter(routekaart=routekaart_id)
        if not names:
            named = GroupConfirmation.objects.filter(person=by.person)
            rows = rows.filter(Q(made_by=by.person) | Q(pk__in=named.values("group_completion_id")))
        return _with_people(rows), names


def group_completion_detail(
    *, by: Access, group_completion_id: UUID, today: date
) -> tuple[GroupCompletion, bool]:
    """One of them with its people, and whether `by` may see who confirmed.

    For whoever made it or is named in it.
    """
    seen = by.fetch(
        GroupCompletion,
        group_completion_id,
        Permission.VIEW_ASSIGNMENTS,
        along=("routekaart__team__school",),
    )
    names = _sees_names(by, seen, seen.routekaart.team.school, today)
    with by.entered():
        return still_there(_with_people(GroupCompletion.objects.filter(pk=seen.pk))), names


def _sees_names(by: Access, fetched: Any, school: School, today: date) -> bool:
    return by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS, school=fetched.access_school, team=fetched.access_team
    ) and names_shown(school.progress_by_name_since, today)


def _with_people(rows: "QuerySet[GroupCompletion]") -> "QuerySet[GroupCompletion]":
    confirmed = called_at(
        GroupConfirmation.objects.all(),
        "person",
        school="group_completion__routekaart__team__school",
    )
    return rows.select_related("course").prefetch_related(Prefetch("confirmations", confirmed))


def _whole(rows: "QuerySet[Completion]") -> "QuerySet[Completion]":
    return (
        called_at(rows.filter(revoked_at__isnull=True), "person", school="school")
        .select_related("course", "school")
        .order_by("-done_on", "id")
    )
