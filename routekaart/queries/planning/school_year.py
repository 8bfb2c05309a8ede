"""The school year of a team as its route: holidays, preparation, and everything with a date."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.domain.year_route import YearFacts, breaks_of, preparation_periods, visit_weeks
from routekaart.models import Routekaart
from routekaart.queries.planning.current_plan import current_plan
from routekaart.queries.planning.moments import moments_of
from routekaart.queries.planning.problems import calendar_of


@dataclass(frozen=True, slots=True)
class TeamYear:
    """`has_plan`: without one there are only the study days. `holidays_published`: of this year."""

    routekaart: Routekaart
    facts: YearFacts
    has_plan: bool
    holidays_published: bool


def year_of(*, by: Access, routekaart_id: UUID) -> TeamYear:
    """The year by the plan on which people count. No names of people, whoever asks."""
    routekaart: Any = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_PLAN, along=("team__school",)
    )
    moments = moments_of(by=by, routekaart_id=routekaart_id)
    calendar = calendar_of(school=routekaart.team.school, year=routekaart.school_year)
    with by.entered():
        plan = current_plan(routekaart)
    return TeamYear(
        routekaart=routekaart,
        facts=YearFacts(
            year=calendar.year,
            breaks=breaks_of(calendar),
            preparations=preparation_periods(plan) if plan else (),
            moments=moments,
            visits=visit_weeks(plan) if plan else (),
        ),
        has_plan=plan is not None,
        holidays_published=calendar.holidays_published,
    )
