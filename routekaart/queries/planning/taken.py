"""Rooms and trainers that the other teams of a school have planned with already."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import OuterRef, Subquery

from routekaart.domain.planner.problem import StudyDay, Taken
from routekaart.models import Plan, Routekaart
from routekaart.models import StudyDay as StudyDayRow
from routekaart.queries.planning.booked import BOOKING
from routekaart.queries.routekaarten.study_days import study_day_of


def taken_by_others(
    routekaart: Routekaart, days: Sequence[StudyDay], *, beside: Collection[UUID] = ()
) -> tuple[Taken, ...]:
    """The days with goals of other teams that need a room or trainer of one of these days.

    By the latest plans that count, as for booked minutes; `beside` are teams that are planned at
    the same time. Call inside the scope of the routekaart's school.
    """
    wanted = {resource for day in days for resource in day.resources}
    if not wanted:
        return ()
    latest = Plan.objects.filter(routekaart=OuterRef("routekaart")).order_by("-version")
    used = [
        day["study_day_id"]
        for planned in Plan.objects.filter(
            version=Subquery(latest.values("version")[:1]),
            routekaart__team__school=routekaart.team.school_id,
            routekaart__school_year=routekaart.school_year,
            routekaart__state__in=BOOKING,
        )
        .exclude(routekaart__team__in=[routekaart.team_id, *beside])
        .values_list("content__study_days", flat=True)
        for day in planned
        if day["goal_ids"]
    ]
    rows = StudyDayRow.objects.filter(pk__in=used).select_related("routekaart__team")
    found = [Taken(row.routekaart.team.name, study_day_of(row)) for row in rows]
    return tuple(
        sorted(
            (item for item in found if wanted & set(item.day.resources)),
            key=lambda item: (item.day.date, item.day.start, item.day.id),
        )
    )
