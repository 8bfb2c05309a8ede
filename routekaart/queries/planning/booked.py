"""Study minutes that the other teams of a school have planned already for the same people."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from routekaart.domain.calendar import monday_of
from routekaart.domain.people import Booked
from routekaart.models import Assignment, Plan, Routekaart, TeamMembership
from routekaart.models.assignments import STANDING
from routekaart.models.routekaarten import State

# From the first plan until the year is over. A plan that was given back books nothing.
BOOKING = (State.PLANNED, State.APPROVED, State.RUNNING)


def booked_by_others(
    routekaart: Routekaart, *, plan_from: date, beside: Collection[UUID] = ()
) -> Mapping[str, tuple[Booked, ...]]:
    """Per person the minutes in each week from `plan_from` on, in order, by the latest plans.

    `beside` are teams that are planned at the same time: what they had booked is free again.
    Only teams of the same school count, in the same school year, and only the teams that somebody
    belongs to now: what another school asks of a person is never visible here. A course that
    several teams ask of somebody is done once: it counts in the plan that has it done first, and
    not at all when this team asks for it too and so plans it itself. Call inside the scope of the
    routekaart's school.
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
    own = set(
        Assignment.objects.filter(routekaart=routekaart, state__in=STANDING).values_list(
            "person_id", "course_id"
        )
    )
    planned: dict[tuple[str, str], list[Counter[date]]] = defaultdict(list)
    latest = Plan.objects.filter(routekaart=OuterRef("routekaart")).order_by("-version")
    for team, weeks in (
        Plan.objects.filter(
            version=Subquery(latest.values("version")[:1]),
            routekaart__team__in=list(shared),
            routekaart__school_year=routekaart.school_year,
            routekaart__state__in=BOOKING,
        )
        .order_by("routekaart_id")
        .values_list("routekaart__team_id", "content__preparation_weeks")
    ):
        of_team: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)
        for week in weeks:
            key = (week["member_id"], week["course"])
            if week["member_id"] in shared[team] and (UUID(key[0]), key[1]) not in own:
                of_team[key][date.fromisoformat(week["week"])] += week["minutes"]
        for key, found in of_team.items():
            planned[key].append(found)
    return _from(monday_of(plan_from), planned)


def _from(
    first: date, planned: Mapping[tuple[str, str], Sequence[Counter[date]]]
) -> Mapping[str, tuple[Booked, ...]]:
    minutes: dict[str, Counter[date]] = defaultdict(Counter)
    for (person, _), plans in planned.items():
        done_first = min(plans, key=max)
        for week, count in done_first.items():
            if week >= first:
                minutes[person][week] += count
    return {
        person: tuple(Booked(week, found[week]) for week in sorted(found))
        for person, found in minutes.items()
    }
