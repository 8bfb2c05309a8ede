"""Which teams somebody oversees, and how each stands: light enough for all teams of a board."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count

from routekaart.access import STEP_PERMISSIONS, Access, Forbidden, NotFound, Permission
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.domain.overview import NOT_BEGUN, Waiting, waiting
from routekaart.domain.privacy import hides
from routekaart.models import Routekaart, Team
from routekaart.queries.advice.rounds import declined_items

_MAY = STEP_PERMISSIONS[ROUTEKAART.name]


@dataclass(frozen=True, slots=True)
class OverviewFilter:
    """Which teams one wants. None or False: whatever they are; no year: where the work is now."""

    school: UUID | None = None
    state: str | None = None
    year: int | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in one school year. `mine`: the next step is for who asks.

    `sees_agreements`: how many there are may be told, because this person may read them, or
    because the team is large enough that a number says nothing of anybody: not `is_small`.
    """

    team: UUID
    team_name: str
    school: UUID
    school_name: str
    year: int
    routekaart: UUID | None
    state: str
    waiting: Waiting
    mine: bool
    is_small: bool
    sees_agreements: bool


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school with how many of its teams are in each state."""

    school: UUID
    name: str
    teams: int
    states: Mapping[str, int]
    mine: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`lines` by school and team name. `schools` are all that this person oversees, whatever the
    filter; `years` those with a routekaart and the present one, newest first. `mine`: how many of
    these teams wait for this person, in each year in which some do."""

    year: int
    lines: tuple[TeamLine, ...]
    schools: tuple[SchoolLine, ...]
    years: tuple[int, ...]
    mine: Mapping[int, int]


def overseen_schools(by: Access) -> tuple[UUID, ...]:
    """The schools of which somebody sees how all teams stand. Raises `Forbidden` without any."""
    schools = tuple(
        school
        for school in by.schools
        if by.allows_everywhere(Permission.VIEW_PROGRESS, school=school)
    )
    if not schools:
        raise Forbidden(Permission.VIEW_PROGRESS)
    return schools


def overview(*, by: Access, only: OverviewFilter, today: date) -> Overview:
    """How all teams that this person oversees stand, in two queries.

    Raises `Forbidden` for who oversees no school and `NotFound` for a school out of reach.
    """
    reach = overseen_schools(by)
    if only.school is not None and only.school not in reach:
        raise NotFound("School")
    with by.entered():
        teams = list(
            Team.objects.filter(school__in=reach)
            .select_related("school")
            .annotate(member_count=Count("memberships"))
            .order_by("school__name", "school_id", "name", "id")
        )
        rows = list(
            Routekaart.objects.filter(team__school__in=reach)
            .order_by()
            .annotate(declined=declined_items())
            .values_list("team_id", "school_year", "pk", "state", "declined")
        )
    found: dict[int, dict[UUID, tuple[UUID, str, int]]] = defaultdict(dict)
    for team, of_year, *told in rows:
        found[of_year][team] = tuple(told)
    present = SchoolYear.containing(today).start
    year = opening_year(found, present) if only.year is None else only.year
    lines = tuple(_line(by, team, year, found[year], today) for team in teams)
    mine = {
        one: sum(
            _line(by, team, one, found[one], today).mine
            for team in teams
            if only.school in (None, team.school_id)
        )
        for one in sorted(found)
    }
    return Overview(
        year=year,
        lines=tuple(line for line in lines if _wanted(line, only)),
        schools=_schools(lines),
        years=tuple(sorted({present, *(row[1] for row in rows)}, reverse=True)),
        mine={one: count for one, count in mine.items() if count},
    )


def opening_year(begun: Iterable[int], present: int) -> int:
    """The present year; the next with a routekaart when only later years have one."""
    return min((one for one in begun if one >= present), default=present)


def _line(
    by: Access,
    team: Any,
    year: int,
    found: Mapping[UUID, tuple[UUID, str, int]],
    today: date,
) -> TeamLine:
    routekaart, state, declined = found.get(team.pk, (None, NOT_BEGUN, 0))
    next_step = waiting(
        state, year_is_over=SchoolYear(year).last_day < today, declined=bool(declined)
    )
    is_small = hides(team.member_count)
    return TeamLine(
        team=team.pk,
        team_name=team.name,
        school=team.school_id,
        school_name=team.school.name,
        year=year,
        routekaart=routekaart,
        state=state,
        waiting=next_step,
        mine=bool(next_step.step)
        and by.allows(_MAY[next_step.step], school=team.school_id, team=team.pk),
        is_small=is_small,
        sees_agreements=not is_small
        or by.allows(Permission.VIEW_AGREEMENTS, school=team.school_id, team=team.pk),
    )


def _wanted(line: TeamLine, only: OverviewFilter) -> bool:
    return (
        only.school in (None, line.school)
        and only.state in (None, line.state)
        and (line.mine or not only.mine)
    )


def _schools(lines: Sequence[TeamLine]) -> tuple[SchoolLine, ...]:
    by_school: dict[UUID, list[TeamLine]] = {}
    for line in lines:
        by_school.setdefault(line.school, []).append(line)
    return tuple(_school(own) for own in by_school.values())


def _school(lines: Collection[TeamLine]) -> SchoolLine:
    first = next(iter(lines))
    return SchoolLine(
        school=first.school,
        name=first.school_name,
        teams=len(lines),
        states=Counter(line.state for line in lines),
        mine=sum(line.mine for line in lines),
    )
