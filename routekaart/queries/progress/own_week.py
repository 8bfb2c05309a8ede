"""Everything that waits for somebody, of all teams and schools together: "my week"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from routekaart.access import Access
from routekaart.domain.agreements import OPEN
from routekaart.models import (
    Agreement,
    GroupConfirmation,
    PlgMeeting,
    Routekaart,
    StudyDay,
)
from routekaart.models.routekaarten import DATES_HOLD, State
from routekaart.queries.organisation.names import called_at
from routekaart.queries.progress.own_assignments import OwnAssignment, own_assignments
from routekaart.queries.progress.own_hours import SchoolHours, own_hours
from routekaart.queries.quality.agreements import AgreementFilter, own_agreements

_Row = TypeVar("_Row", StudyDay, PlgMeeting)


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """What one person does by when. `days`: the study days that courses may be for.
    `routekaarten`: those of the own teams that are not over.

    `next_days` and `next_meetings`: the first to come of each team and of each PLG.
    """

    courses: tuple[OwnAssignment, ...]
    days: Mapping[UUID, StudyDay]
    next_days: Sequence[StudyDay]
    next_meetings: Sequence[PlgMeeting]
    agreements: Sequence[Agreement]
    confirmations: Sequence[GroupConfirmation]
    hours: tuple[SchoolHours, ...]
    routekaarten: Sequence[Routekaart]


def own_week(*, by: Access, today: date) -> OwnWeek:
    """The week of `by`, in a fixed number of queries. Nobody else's progress is in it."""
    courses = own_assignments(by=by, today=today, only_open=False)
    with by.entered():
        routekaarten = list(
            Routekaart.objects.filter(by.visible(Routekaart), team__in=list(by.teams))
            .exclude(state=State.CLOSED)
            .select_related("team__school")
            .order_by("team__school__name", "team__name", "pk")
        )
        current = [one.pk for one in routekaarten if one.state in DATES_HOLD]
        days = _study_days(current)
        return OwnWeek(
            courses=courses,
            days={day.pk: day for day in days},
            next_days=_first_of_each(
                (day for day in days if day.date >= today and day.fixed), "routekaart_id"
            ),
            next_meetings=_first_of_each(_meetings(by, today), "cycle_id"),
            agreements=_agreements(by),
            confirmations=_confirmations(by),
            hours=own_hours(by=by, routekaarten=routekaarten, courses=courses),
            routekaarten=routekaarten,
        )


def _study_days(routekaarten: Sequence[UUID]) -> list[StudyDay]:
    return list(
        StudyDay.objects.filter(routekaart__in=routekaarten)
        .select_related("routekaart__team__school")
        .order_by("date", "starts_at", "id")
    )


def _meetings(by: Access, today: date) -> list[PlgMeeting]:
    return list(
        PlgMeeting.objects.filter(
            by.visible(PlgMeeting),
            cycle__member_rows__person=by.person,
            cycle__state="running",
            state="planned",
            date__gte=today,
        )
        .exclude(cycle__routekaart__state=State.CLOSED)
        .select_related("cycle__routekaart__team__school")
        .order_by("date", "starts_at", "id")
    )


def _agreements(by: Access) -> list[Agreement]:
    rows = own_agreements(by=by, only=AgreementFilter(state=OPEN))
    return list(
        rows.prefetch_related(None)
        .select_related("owner", "work_group", "routekaart__team__school")
        .order_by("due_on", "id")
    )


def _confirmations(by: Access) -> list[GroupConfirmation]:
    """What others say that one did with them, and one has not said so oneself."""
    rows = GroupConfirmation.objects.filter(
        Q(group_completion__routekaart__team__in=list(by.teams)),
        person=by.person,
        confirmed_at__isnull=True,
    )
    school = "group_completion__routekaart__team__school"
    return list(
        called_at(rows, "group_completion__made_by", school=school)
        .exclude(group_completion__routekaart__state=State.CLOSED)
        .select_related("group_completion__course", school)
        .order_by("group_completion__done_on", "id")
    )


def _first_of_each(rows: Iterable[_Row], owner: str) -> list[_Row]:
    """The first row of each owner; `rows` come by date."""
    found: dict[UUID, _Row] = {}
    for row in rows:
        found.setdefault(getattr(row, owner), row)
    return list(found.values())
