"""Parts of what hangs on several routekaarten, by routekaart, each in a fixed number of queries.

Call all of it inside the scope.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from courses.catalogue import public_catalogue
from routekaart.domain.content.claims import source_line
from routekaart.domain.hours import MemberHours
from routekaart.domain.progress import ProgressRow
from routekaart.models import ChosenIntervention, Plan
from routekaart.queries.planning.current_plan import current_plans
from routekaart.queries.progress.progress import standing_assignments

_HOURS = TypeAdapter(tuple[MemberHours, ...])


@dataclass(frozen=True, slots=True)
class PlanPart:
    """The parts of a stored plan that are told here."""

    version: int
    placements: Sequence[Mapping[str, Any]]
    hours: tuple[MemberHours, ...]


def plans_of(ids: Collection[UUID]) -> dict[UUID, PlanPart]:
    """The plans on which people count."""
    # As it was stored: a plan as the domain's value takes far longer to make.
    rows = Plan.objects.filter(pk__in=current_plans(ids).values()).values_list(
        "routekaart_id", "version", "content__placements", "content__hours"
    )
    return {
        key: PlanPart(version, placed, _HOURS.validate_python(hours))
        for key, version, placed, hours in rows
    }


def progress_of(ids: Collection[UUID], today: date) -> dict[UUID, tuple[ProgressRow, ...]]:
    """Without names: nothing here tells them. One row of the query per goal that is served."""
    rows = (
        standing_assignments(ids, today)
        .order_by("routekaart_id", "course_id", "person_id")
        .values_list("routekaart_id", "course_id", "person_id", "mandatory", "state", "goals")
    )
    found: dict[UUID, list[ProgressRow]] = defaultdict(list)
    for (key, course, person, mandatory, state), pairs in groupby(
        rows, key=itemgetter(0, 1, 2, 3, 4)
    ):
        found[key].append(
            ProgressRow(
                person=str(person),
                name="",
                course=course,
                course_title="",
                state=state,
                mandatory=mandatory,
                goals=tuple(str(pair[-1]) for pair in pairs if pair[-1]),
            )
        )
    return {key: tuple(rows) for key, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen intervention. `cost`: the label with its source, None where no source gives one."""

    title: str
    cost: tuple[str, str] | None


def chosen_of(ids: Collection[UUID]) -> dict[UUID, list[Chosen]]:
    """The interventions that each chose, in their order."""
    catalogue = public_catalogue()
    found: dict[UUID, list[Chosen]] = defaultdict(list)
    for key, slug, title in ChosenIntervention.objects.filter(routekaart__in=ids).values_list(
        "routekaart_id", "intervention_id", "intervention__title"
    ):
        # An intervention that was retired has no figure any more.
        intervention = catalogue.intervention_by_slug.get(slug)
        claim = intervention.card_claim("cost") if intervention else None
        source = source_line(catalogue.source_by_slug[claim.source]) if claim else ""
        found[key].append(Chosen(title, (claim.label, source) if claim and claim.label else None))
    return found
