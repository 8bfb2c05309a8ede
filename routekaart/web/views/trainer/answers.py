"""What the team answered about its interventions, beside the desk."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import Permission
from routekaart.models import Routekaart
from routekaart.queries.routekaarten.routekaarten import routekaart_detail
from routekaart.web.signed_in import PageRequest, signed_in


@dataclass(frozen=True, slots=True)
class Answered:
    """An intervention with what was asked about it and the answers; what is empty is left out."""

    title: str
    answers: tuple[tuple[str, str], ...]


@require_safe
@signed_in
def answers(request: PageRequest, routekaart_id: UUID) -> HttpResponse:
    """A page of its own, or the part that the desk opens."""
    routekaart = routekaart_detail(
        by=request.by, routekaart_id=routekaart_id, permission=Permission.ADVISE
    )
    context = {
        "routekaart": routekaart,
        "team": routekaart.team,
        "answered": _answered(routekaart, current_catalogue()),
    }
    name = "answers_part" if request.htmx else "answers"
    return render(request, f"trainer/{name}.html", context)


def _answered(routekaart: Routekaart, catalogue: Catalogue) -> list[Answered]:
    found: list[Answered] = []
    for row in routekaart.chosen.all():
        known = catalogue.intervention_by_slug.get(row.intervention_id)
        if known is None:
            # Retired since it was chosen: nothing is advised for it.
            continue
        asked = {one.slug: one.text for one in known.attention_points} | {
            one.slug: one.text for one in known.consider_first
        }
        found.append(
            Answered(
                known.title,
                tuple(
                    (asked.get(answer.point, "Antwoord"), answer.text)
                    for answer in routekaart.answers.all()
                    if answer.intervention_id == known.slug and answer.text.strip()
                ),
            )
        )
    return found
