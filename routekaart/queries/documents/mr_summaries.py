"""From rows to what the summaries for the MR are made from: of one plan, and of a whole school."""

from datetime import date
from uuid import UUID

from courses.catalogue import public_catalogue
from routekaart.access import Access
from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.mr_input import MrSchoolInput, MrTeamInput
from routekaart.domain.dates.legal import DayCheck, legal_checks
from routekaart.domain.privacy import names_shown
from routekaart.models import Plan, Routekaart
from routekaart.queries.documents.content import scholingsplan_input
from routekaart.queries.documents.overviews import SchoolRead, report_of_school
from routekaart.queries.routekaarten.dates import school_dates, study_day_situation


def mr_team_input(*, plan: Plan, schools: tuple[UUID, ...], today: date) -> MrTeamInput:
    """What the summary of one plan version is made from. `NotFound` outside the schools.

    Of a version that was approved it is what stood then; only whether progress is shown by name
    is of today, because the PMR may take that back at any time.
    """
    given = scholingsplan_input(plan=plan, schools=schools, with_persons=False, with_checks=True)
    return MrTeamInput(
        plan=given,
        reason=given.reason,
        checks=given.checks,
        names_since=_names_since(plan.routekaart.team.school.progress_by_name_since, today),
    )


def mr_school_input(*, by: Access, school_id: UUID, year: int, today: date) -> MrSchoolInput:
    """What the summary of all teams of a school is made from, in a fixed number of queries.

    Raises `NotFound` for a school out of sight, and `Forbidden` for who may not have it made.
    """
    read = report_of_school(by=by, school_id=school_id, year=year, today=today)
    checks = _checks(by, read, today)
    nothing: tuple[DayCheck, ...] = ()
    return MrSchoolInput(
        year=SchoolYear(year),
        on=today,
        board=read.school.board.name,
        sector=read.school.sector,
        school=read.report,
        checks=tuple(
            checks.get(line.routekaart, nothing) if line.routekaart else nothing
            for line in read.lines
        ),
        catalogue_version=public_catalogue().version,
        names_since=_names_since(read.school.progress_by_name_since, today),
    )


def _checks(by: Access, read: SchoolRead, today: date) -> dict[UUID, tuple[DayCheck, ...]]:
    ids = [line.routekaart for line in read.lines if line.routekaart is not None]
    with by.entered():
        routekaarten = list(
            Routekaart.objects.filter(pk__in=ids).select_related("team__school").order_by("pk")
        )
        if not routekaarten:
            return {}
        # The days of the whole school: read once for all of its teams.
        dates = school_dates(routekaarten[0])
        return {
            row.pk: legal_checks(study_day_situation(row, today=today, dates=dates))
            for row in routekaarten
        }


def _names_since(since: date | None, today: date) -> date | None:
    return since if names_shown(since, today) else None
