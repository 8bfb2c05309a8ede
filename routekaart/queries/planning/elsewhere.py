"""Where people of a team have to be for their other teams of the school, by the latest plans."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, Subquery
from pydantic import TypeAdapter

from routekaart.domain.planner.elsewhere import elsewhere_of
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.domain.planner.problem import Elsewhere
from routekaart.models import Plan, Routekaart, TeamMembership
from routekaart.queries.planning.booked import BOOKING

_PLAN = TypeAdapter(DomainPlan)


def elsewhere_for(
    routekaart: Routekaart, *, beside: Collection[UUID] = ()
) -> tuple[Elsewhere, ...]:
    """In order of team and date. `beside` are teams that are planned at the same time.

    Only teams of the same school count, in the same school year. Call inside the scope of the
    routekaart's school.
    """
    shared: dict[UUID, set[str]] = defaultdict(set)
    for team, person in (
        TeamMembership.objects.filter(
            person__memberships__team=routekaart.team_id, team__school=routekaart.team.school_id
        )
        .exclude(team__in=[routekaart.team_id, *beside])
        .values_list("team_id", "person_id")
    ):
        shared[team].add(str(person))
    if not shared:
        return ()
    latest = Plan.objects.filter(routekaart=OuterRef("routekaart")).order_by("-version")
    rows = Plan.objects.filter(
        version=Subquery(latest.values("version")[:1]),
        routekaart__team__in=list(shared),
        routekaart__school_year=routekaart.school_year,
        routekaart__state__in=BOOKING,
    ).order_by("routekaart__team__name", "routekaart_id")
    return tuple(
        item
        for team, name, content in rows.values_list(
            "routekaart__team_id", "routekaart__team__name", "content"
        )
        for item in elsewhere_of(name, _PLAN.validate_python(content), shared[team])
    )
