"""From rows to what the overview of a school and that of a board are made from.

A document has other readers than who asks for it: what only some of them may know is in none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from courses.catalogue import public_catalogue
from routekaart.access import Access, Forbidden, NotFound, Permission
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.overview_input import OverviewInput, SchoolReport, TeamReport
from routekaart.domain.overview import NO_TOTALS
from routekaart.models import Board, School
from routekaart.queries.overview.lines import OverviewFilter, TeamLine, overview
from routekaart.queries.overview.schools import school_totals
from routekaart.queries.overview.teams import TeamOverview, with_details


@dataclass(frozen=True, slots=True)
class SchoolRead:
    """A school with its teams as they were read; `lines` are those of `report.teams`, in order."""

    school: School
    report: SchoolReport
    lines: tuple[TeamLine, ...]


def school_overview_input(*, by: Access, school_id: UUID, year: int, today: date) -> OverviewInput:
    """How all teams of a school stand. Raises `NotFound` and `Forbidden` as `report_of_school`."""
    read = report_of_school(by=by, school_id=school_id, year=year, today=today)
    return OverviewInput(
        year=SchoolYear(year),
        on=today,
        board=read.school.board.name,
        schools=(read.report,),
        catalogue_version=public_catalogue().version,
    )


def board_overview_input(*, by: Access, board_id: UUID, year: int, today: date) -> OverviewInput:
    """How all teams of all schools of a board stand, also those of schools without teams.

    Raises `NotFound` for a board of which no school is within reach, and `Forbidden` for who does
    not oversee all of them, or makes no documents.
    """
    schools = schools_of_board(by=by, board_id=board_id)
    return OverviewInput(
        year=SchoolYear(year),
        on=today,
        board=Board.objects.values_list("name", flat=True).get(pk=board_id),
        schools=tuple(read.report for read in _read(by, schools, year, today)),
        catalogue_version=public_catalogue().version,
    )


def schools_of_board(*, by: Access, board_id: UUID) -> Mapping[UUID, School]:
    """All schools of a board by name, for who oversees each of them.

    Raises `NotFound` and `Forbidden` as `board_overview_input`.
    """
    # Outside the net on purpose: the question is whether there is a school out of reach.
    schools = {
        school.pk: school
        for school in School._base_manager.filter(board=board_id).order_by("name", "id")
    }
    if not schools.keys() & set(by.schools):
        raise NotFound("Board")
    for school in schools:
        require_overview(by, school)
    return schools


def report_of_school(*, by: Access, school_id: UUID, year: int, today: date) -> SchoolRead:
    """A school with all its teams in a school year, in a fixed number of queries.

    Raises `NotFound` for a school out of sight, and `Forbidden` for who does not oversee it or
    makes no documents.
    """
    school = by.fetch(School, school_id, Permission.VIEW_SCHOOL, along=("board",))
    require_overview(by, school_id)
    [read] = _read(by, {school_id: school}, year, today)
    return read


def require_overview(by: Access, school: UUID) -> None:
    """Raises `Forbidden` for who may not make documents about all teams of a school."""
    for needed in (Permission.VIEW_PROGRESS, Permission.MAKE_DOCUMENT):
        if not by.allows_everywhere(needed, school=school):
            raise Forbidden(needed)


def _read(
    by: Access, schools: Mapping[UUID, School], year: int, today: date
) -> tuple[SchoolRead, ...]:
    only = next(iter(schools)) if len(schools) == 1 else None
    found = overview(by=by, only=OverviewFilter(school=only, year=year), today=today)
    of_school: dict[UUID, list[TeamLine]] = {key: [] for key in schools}
    for line in found.lines:
        if line.school in of_school:
            of_school[line.school].append(_for_everyone(line))
    lines = [line for own in of_school.values() for line in own]
    details = with_details(by=by, lines=lines, today=today)
    totals = school_totals(by=by, lines=lines, today=today)
    return tuple(
        SchoolRead(
            school=school,
            report=SchoolReport(
                name=school.name,
                teams=tuple(_team(line, details.get(line.team)) for line in of_school[key]),
                totals=totals.get(key, NO_TOTALS),
            ),
            lines=tuple(of_school[key]),
        )
        for key, school in schools.items()
    )


def _for_everyone(line: TeamLine) -> TeamLine:
    """As who may read least of all that read the document."""
    return replace(line, mine=False, sees_agreements=not line.is_small)


def _team(line: TeamLine, more: TeamOverview | None) -> TeamReport:
    told = TeamReport(name=line.team_name, state=line.state, waiting=line.waiting)
    if more is None:
        return told
    return replace(
        told,
        since=timezone.localdate(more.since),
        interventions=more.interventions,
        goals=more.goals,
        days=more.days,
        next_day=more.next_day,
        plan_version=more.plan_version,
        hours=more.hours,
        cost=more.cost,
        agreements=more.agreements,
        to_look_at=more.to_look_at,
        mr_date=more.mr_date,
    )
