"""The latest plans of the other teams of a school, read once for all that a team has to respect."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, JSONField, OuterRef, Subquery, Value, When

from routekaart.models import Plan, Routekaart, TeamMembership
from routekaart.models.routekaarten import State

# From the first plan until the year is over. A plan that was given back books nothing.
BOOKING = (State.PLANNED, State.APPROVED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """`content` is only there when people of this team are in that one too."""

    routekaart: UUID
    team: UUID
    name: str
    study_days: Any
    content: Any


@dataclass(frozen=True, slots=True)
class OtherTeams:
    """`shared`: per other team who is in this one too. The plans come by name of the team."""

    shared: Mapping[UUID, frozenset[str]]
    plans: tuple[OtherPlan, ...]

    def plans_of_shared(self) -> tuple[OtherPlan, ...]:
        """Those of the teams that somebody of this team is in."""
        return tuple(plan for plan in self.plans if plan.team in self.shared)


def other_teams(routekaart: Routekaart, *, beside: Collection[UUID], all_plans: bool) -> OtherTeams:
    """Only teams of the same school count, in the same school year, and only the teams that
    somebody belongs to now: what another school asks of a person is never visible here.

    `beside` are teams that are planned at the same time: what they had is free again. `all_plans`
    also gives the plans of teams that share nobody. Call inside the scope of the school.
    """
    not_these = [routekaart.team_id, *beside]
    shared: dict[UUID, set[str]] = defaultdict(set)
    for team, person in (
        TeamMembership.objects.filter(
            person__memberships__team=routekaart.team_id, team__school=routekaart.team.school_id
        )
        .exclude(team__in=not_these)
        .values_list("team_id", "person_id")
    ):
        shared[team].add(str(person))
    plans = _plans(routekaart, not_these, shared, all_plans) if shared or all_plans else ()
    return OtherTeams({team: frozenset(people) for team, people in shared.items()}, plans)


def _plans(
    routekaart: Routekaart, not_these: list[UUID], shared: Collection[UUID], all_plans: bool
) -> tuple[OtherPlan, ...]:
    latest = Plan.objects.filter(routekaart=OuterRef("routekaart")).order_by("-version")
    rows = Plan.objects.filter(
        version=Subquery(latest.values("version")[:1]),
        routekaart__team__school=routekaart.team.school_id,
        routekaart__school_year=routekaart.school_year,
        routekaart__state__in=BOOKING,
    ).exclude(routekaart__team__in=not_these)
    if not all_plans:
        rows = rows.filter(routekaart__team__in=list(shared))
    # The plan of a team that shares nobody is only looked at for its days.
    content = Case(
        When(routekaart__team__in=list(shared), then="content"),
        default=Value(None),
        output_field=JSONField(),
    )
    return tuple(
        OtherPlan(*row)
        for row in rows.order_by("routekaart__team__name", "routekaart_id").values_list(
            "routekaart_id",
            "routekaart__team_id",
            "routekaart__team__name",
            "content__study_days",
            content,
        )
    )
