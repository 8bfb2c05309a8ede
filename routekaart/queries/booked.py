"""Study minutes that the other teams of a school have planned already for the same people."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from routekaart.domain.calendar import monday_of
from routekaart.domain.people import Booked
from routekaart.models import Plan, Routekaart, TeamMembership
from routekaart.models.routekaarten import State

# From the first plan until the year is over. A plan that was given back books nothing.
BOOKING = (State.PLANNED, State.APPROVED, State.RUNNING)


def booked_by_others(
    routekaart: Routekaart, *, plan_from: date, beside: Collection[UUID] = ()
) -> Mapping[str, tuple[Booked, ...]]:
    """Per person the minutes in each week from `plan_from` on, in order, by the latest plans.

    `beside` are teams that are planned at the same time: what they had booked is free again.
    Only teams of the same school count, in the same school year, and only the teams that somebody
    belongs to now: what another school asks of a person is never visible here. Call inside the
    scope of the routekaart's school.
    """
    shared: dict[object, set[str]] = defaultdict(set)
    for team, person in (
        TeamMembership.objects.filter(
            person__memberships__team=routekaart.team_id, team__school=routekaart.team.school_id
        )
        .exclude(team__in=[routekaart.team_id, *beside])
        .values_list("team_id", "person_id")
    ):
        shared[team].add(str(person))
    if not shared:
        return {}
    minutes: dict[str, Counter[date]] = defaultdict(Counter)
    latest = Plan.objects.filter(routekaart=OuterRef("routekaart")).order_by("-version")
    first = monday_of(plan_from)
    for team, weeks in Plan.objects.filter(
        version=Subquery(latest.values("version")[:1]),
        routekaart__team__in=list(shared),
        routekaart__school_year=routekaart.school_year,
        routekaart__state__in=BOOKING,
    ).values_list("routekaart__team_id", "content__preparation_weeks"):
        for week in weeks:
            monday = date.fromisoformat(week["week"])
            if week["member_id"] in shared[team] and monday >= first:
                minutes[week["member_id"]][monday] += week["minutes"]
    return {
        person: tuple(Booked(week, found[week]) for week in sorted(found))
        for person, found in minutes.items()
    }
