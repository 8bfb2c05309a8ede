"""The trainer's advice and the team's answer to it."""

from collections.abc import Container, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Max

from courses.advice import Advice, AdviceRequest
from courses.catalogue import current_catalogue
from courses.matching import match
from routekaart.access import Access
from routekaart.actions.changing import moving
from routekaart.models import AdviceVersion, Routekaart
from routekaart.queries.advice import advice_to_json
from routekaart.queries.school_catalogue import school_catalogue
from routekaart.queries.teams import employments_of, functions_of


def give_advice(*, by: Access, routekaart_id: UUID, note: str, today: date) -> AdviceVersion:
    """Stores what the mapping proposes for this team as a new version of the advice."""
    with moving(by=by, routekaart_id=routekaart_id, step="advise") as routekaart:
        versions = AdviceVersion.objects.filter(routekaart=routekaart)
        last = versions.aggregate(last=Max("version"))["last"]
        advice = advice_for(by=by, routekaart=routekaart, today=today)
        return AdviceVersion.objects.create(
            routekaart=routekaart,
            version=(last or 0) + 1,
            content=advice_to_json(advice),
            note=note,
            catalogue_version=current_catalogue().version,
            made_by=by.person,
        )


def advice_for(*, by: Access, routekaart: Routekaart, today: date) -> Advice:
    """What the mapping proposes for the team of a routekaart, as things stand now.

    What the catalogue has retired since it was chosen (interventions, functions, packages) is
    left out: nobody can mend that here.
    """
    school = routekaart.team.school
    catalogue = school_catalogue(school=school.pk)
    employments = employments_of(team_id=routekaart.team_id, schools=by.schools)
    with by.entered():
        chosen = tuple(routekaart.chosen.values_list("intervention_id", flat=True))
    return match(
        catalogue,
        AdviceRequest(
            interventions=_known(chosen, catalogue.intervention_by_slug),
            functions=_known(functions_of(employments), catalogue.function_by_slug),
            today=today,
            platforms=tuple(routekaart.platforms),
            packages=_known(school.packages, catalogue.package_by_slug),
            sector=school.sector,
        ),
    )


def _known(slugs: Iterable[str], catalogue: Container[str]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if slug in catalogue)


def accept_advice(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """The team takes the latest advice."""
    with moving(by=by, routekaart_id=routekaart_id, step="accept") as routekaart:
        return routekaart
