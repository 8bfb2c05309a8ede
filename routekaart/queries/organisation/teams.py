"""Reading a team: its members as the planner and the assigning see them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F

from routekaart.access import school_scope
from routekaart.domain.assigning import TeamMember
from routekaart.domain.people import Booked, Leave, Member
from routekaart.models import Employment, TeamMembership
from routekaart.queries.joined import with_children


def employments_of(*, team_id: UUID, schools: Iterable[UUID]) -> tuple[Employment, ...]:
    """The employments of a team's members at the team's own school, by name and then by id.

    A member without an employment there (someone who only visits) is not among them.
    """
    return employments_of_teams(team_ids=[team_id], schools=schools)[team_id]


def employments_of_teams(
    *, team_ids: Collection[UUID], schools: Iterable[UUID]
) -> dict[UUID, tuple[Employment, ...]]:
    """The same of several teams, by team; in one query however many there are."""
    of_team = F("person__memberships__team")
    with school_scope(schools):
        rows = Employment.objects.filter(
            person__memberships__team__in=team_ids,
            school__teams=of_team,
            person__is_active=True,
        ).annotate(of_team=of_team)
        employments = with_children(
            rows.select_related("person").order_by("person__name", "person_id"),
            apart="of_team",
            leaves=("first_day", "id", "last_day"),
        )
    found: dict[UUID, list[Employment]] = {team: [] for team in team_ids}
    for employment in employments:
        marked: Any = employment
        found[marked.of_team].append(employment)
    return {team: tuple(rows) for team, rows in found.items()}


def member_count(*, team_id: UUID, schools: Iterable[UUID]) -> int:
    """How many people belong to a team."""
    with school_scope(schools):
        return TeamMembership.objects.filter(team=team_id).count()


def members_for_planning(
    employments: Sequence[Employment],
    booked: Mapping[str, tuple[Booked, ...]] | None = None,
    *,
    called_here: bool = False,
) -> tuple[Member, ...]:
    """The members with their days, leave and study time. Never why somebody is away.

    `booked`: per person what other teams of the school have planned. `called_here`: called and
    sorted by the name that the school gave, where it counts; for what is read now, and never for
    what is stored: another order alone would make a plan outdated.
    """
    taken = booked or {}
    if called_here and any(employment.given_name for employment in employments):
        employments = sorted(employments, key=lambda one: (one.shown_name, str(one.person_id)))
    return tuple(
        Member(
            id=str(employment.person_id),
            name=employment.shown_name if called_here else employment.person.name,
            functions=tuple(employment.functions),
            fte=employment.fte,
            working_days=tuple(sorted(employment.working_days)),
            leave=tuple(
                Leave(first=leave.first_day, last=leave.last_day)
                for leave in employment.leaves.all()
            ),
            own_weekly_minutes=employment.weekly_study_minutes,
            booked=taken.get(str(employment.person_id), ()),
        )
        for employment in employments
    )


def members_for_assigning(employments: Sequence[Employment]) -> tuple[TeamMember, ...]:
    """The members with their functions."""
    return tuple(
        TeamMember(id=str(employment.person_id), functions=tuple(employment.functions))
        for employment in employments
    )


def functions_in_team(*, team_id: UUID, schools: Iterable[UUID]) -> tuple[str, ...]:
    """The functions present in a team, each once, sorted; without reading its people."""
    with school_scope(schools):
        found = Employment.objects.filter(
            person__memberships__team=team_id, school__teams=team_id, person__is_active=True
        ).values_list("functions", flat=True)
        return tuple(sorted({slug for functions in found for slug in functions}))


def functions_of(employments: Sequence[Employment]) -> tuple[str, ...]:
    """The functions present, each once, sorted."""
    return tuple(sorted({f for employment in employments for f in employment.functions}))
