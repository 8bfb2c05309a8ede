"""What hangs on a routekaart, read once for all that look at it: rules and documents."""

from dataclasses import dataclass

from courses.advice import Advice
from courses.entities import Catalogue
from routekaart.models import AdviceVersion, Answer, Employment, FacilityLink, Goal, Routekaart
from routekaart.queries.advice import advice_from_json
from routekaart.queries.routekaarten import answers_of_chosen, links_of_chosen
from routekaart.queries.school_catalogue import school_catalogue
from routekaart.queries.teams import employments_of


@dataclass(frozen=True, slots=True)
class RoutekaartRows:
    """Goals come with their interventions and courses, by priority. Links and answers are those
    that count: about interventions that are chosen now. The advice is the latest."""

    catalogue: Catalogue
    employments: tuple[Employment, ...]
    goals: tuple[Goal, ...]
    links: tuple[FacilityLink, ...]
    answers: tuple[Answer, ...]
    advice: Advice | None


def rows_of(routekaart: Routekaart) -> RoutekaartRows:
    """Reads them now. Call inside the scope of the routekaart's school."""
    school = routekaart.team.school_id
    latest = AdviceVersion.objects.filter(routekaart=routekaart).first()
    return RoutekaartRows(
        catalogue=school_catalogue(school=school),
        employments=employments_of(team_id=routekaart.team_id, schools=[school]),
        goals=tuple(routekaart.goals.prefetch_related("goal_interventions", "goal_courses")),
        links=tuple(links_of_chosen().filter(routekaart=routekaart)),
        answers=tuple(answers_of_chosen().filter(routekaart=routekaart)),
        advice=advice_from_json(latest.content) if latest else None,
    )
