"""From rows to what the date adviser looks at: a team, and what other teams of its school plan."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from routekaart.domain.dates import OtherTeam, Situation, TeamDay
from routekaart.domain.people import Member
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.models import Routekaart, StudyDay, TeamMembership
from routekaart.models.routekaarten import State
from routekaart.queries.planning import calendar_of, resources_of
from routekaart.queries.teams import employments_of, members_for_planning

# Once a plan stands, a day that has passed is a day that was held.
_NOT_ADOPTED = frozenset(
    {State.DRAFT, State.SUBMITTED, State.ADVISED, State.ACCEPTED, State.PLANNED}
)


def date_situation(routekaart: Routekaart, *, today: date) -> Situation:
    """Everything the adviser looks at. Call inside the scope of the routekaart's school.

    Of other teams only their days in the same school year, and which members they share with
    this team; of other schools nothing. The routekaart is best read along with `team__school`.
    """
    school = routekaart.team.school_id
    employments = employments_of(team_id=routekaart.team_id, schools=[school])
    return _situation(routekaart, members_for_planning(employments), today)


def study_day_situation(routekaart: Routekaart, *, today: date) -> Situation:
    """The same without people, for the rules that are about the days alone.

    A day that has passed only matters until the plan is adopted.
    """
    return _situation(routekaart, (), today if routekaart.state in _NOT_ADOPTED else None)


def _situation(
    routekaart: Routekaart, members: tuple[Member, ...], today: date | None
) -> Situation:
    school = routekaart.team.school
    own: list[TeamDay] = []
    theirs: dict[tuple[str, UUID], list[TeamDay]] = defaultdict(list)
    rows = StudyDay.objects.filter(
        routekaart__team__school=school, routekaart__school_year=routekaart.school_year
    ).select_related("routekaart__team")
    for row in rows.order_by("date", "starts_at", "id"):
        team = row.routekaart.team
        mine = row.routekaart_id == routekaart.pk
        (own if mine else theirs[team.name, team.pk]).append(_team_day(row))
    shared = _shared(members, [team for _, team in theirs])
    return Situation(
        calendar=calendar_of(school=school, year=routekaart.school_year),
        sector=school.sector,
        members=members,
        own_days=tuple(own),
        others=tuple(
            OtherTeam(name, tuple(days), frozenset(shared[team]))
            for (name, team), days in sorted(theirs.items(), key=lambda item: item[0][0])
        ),
        today=today,
    )


def _team_day(row: StudyDay) -> TeamDay:
    return TeamDay(
        date=row.date,
        kind=StudyDayKind(row.kind),
        free_groups=tuple(row.free_groups),
        start=row.starts_at,
        minutes=row.minutes,
        resources=resources_of(row),
        fixed=row.fixed,
        id=str(row.pk),
    )


def _shared(members: tuple[Member, ...], teams: list[UUID]) -> dict[UUID, set[str]]:
    """Per other team the members that it has in common with this one."""
    found: dict[UUID, set[str]] = defaultdict(set)
    if members and teams:
        rows = TeamMembership.objects.filter(
            team__in=teams, person__in=[member.id for member in members]
        )
        for team, person in rows.values_list("team_id", "person_id"):
            found[team].add(str(person))
    return found
