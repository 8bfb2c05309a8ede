"""All that a team filled in, in one reading: for the page that shows it and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import Access, Permission
from routekaart.models import (
    Answer,
    ChosenIntervention,
    FacilityLink,
    Goal,
    Routekaart,
    StudyDay,
    TeamMembership,
)
from routekaart.queries.organisation.people import with_functions
from routekaart.queries.routekaarten.routekaarten import answers_of_chosen, links_of_chosen


@dataclass(frozen=True, slots=True)
class FilledIn:
    """Links and answers are those that count: about interventions that are chosen now.

    `members` is None for who may not know who is in the team.
    """

    routekaart: Routekaart
    catalogue: Catalogue
    chosen: Sequence[ChosenIntervention]
    answers: Sequence[Answer]
    links: Sequence[FacilityLink]
    goals: Sequence[Goal]
    study_days: Sequence[StudyDay]
    members: Sequence[TeamMembership] | None


def filled_in(*, by: Access, routekaart: Routekaart) -> FilledIn:
    """Reads it. `routekaart` comes from `routekaart_to_see`, with team and school."""
    team = routekaart.team
    sees_people = by.allows(Permission.VIEW_PEOPLE, school=team.school_id, team=team.pk)
    with by.entered():
        return FilledIn(
            routekaart=routekaart,
            catalogue=current_catalogue(),
            chosen=tuple(
                ChosenIntervention.objects.filter(routekaart=routekaart).select_related(
                    "intervention"
                )
            ),
            answers=tuple(answers_of_chosen().filter(routekaart=routekaart)),
            links=tuple(links_of_chosen().filter(routekaart=routekaart)),
            goals=tuple(
                Goal.objects.filter(routekaart=routekaart).prefetch_related(
                    "goal_interventions", "goal_courses__course"
                )
            ),
            study_days=tuple(StudyDay.objects.filter(routekaart=routekaart)),
            members=tuple(with_functions(TeamMembership.objects.filter(team=team), team.school_id))
            if sees_people
            else None,
        )
