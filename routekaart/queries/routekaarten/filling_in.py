"""A routekaart that is being filled in: what stands there, and what the rules say of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from courses.findings import Finding
from routekaart.access import Access, Permission
from routekaart.domain.filling_in import Stop, facilities_of, stops
from routekaart.domain.rules import Transition, blocking, check
from routekaart.models import ChosenIntervention, Employment, Leave, Routekaart
from routekaart.models.routekaarten import State
from routekaart.queries.routekaarten.dates import school_dates
from routekaart.queries.routekaarten.routekaarten import answers_of_chosen, links_of_chosen
from routekaart.queries.routekaarten.rows import RoutekaartRows, goals_with_children, rows_of
from routekaart.queries.routekaarten.rules import routekaart_view

# What nobody has advised on has no advice, no plan and nobody assigned.
_NOTHING_YET = (State.DRAFT, State.SUBMITTED)


@dataclass(frozen=True, slots=True)
class FillingIn:
    """`findings` heaviest first; `stops` is the line of steps."""

    routekaart: Routekaart
    findings: tuple[Finding, ...]
    stops: tuple[Stop, ...]

    @property
    def holds_back(self) -> tuple[Finding, ...]:
        """What must be mended before it can be submitted."""
        return blocking(self.findings, Transition.SUBMIT)


def routekaart_to_fill_in(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """The row with team and school, for who may fill it in, in one query."""
    return by.fetch(Routekaart, routekaart_id, Permission.EDIT_ROUTEKAART, along=("team__school",))


def routekaart_to_see(*, by: Access, routekaart_id: UUID) -> Routekaart:
    """The row with team and school, for who may see it, in one query."""
    return by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART, along=("team__school",))


def filling_in(*, by: Access, routekaart: Routekaart) -> FillingIn:
    """Where the team is. `routekaart` comes from one of the two above."""
    with by.entered():
        rows = _few_rows(routekaart) if routekaart.state in _NOTHING_YET else rows_of(routekaart)
        view = routekaart_view(routekaart, rows=rows)
    findings = check(rows.catalogue, view)
    return FillingIn(routekaart, findings, stops(rows.catalogue, view, findings))


def chosen_slugs(*, by: Access, routekaart_id: UUID) -> tuple[str, ...]:
    """The interventions that the team chose, in its order."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART)
    with by.entered():
        return tuple(
            ChosenIntervention.objects.filter(routekaart=routekaart_id).values_list(
                "intervention_id", flat=True
            )
        )


def has_facilities(*, by: Access, routekaart_id: UUID) -> bool:
    """Whether something of category F was chosen, so that there is a step about it."""
    return bool(
        facilities_of(current_catalogue(), chosen_slugs(by=by, routekaart_id=routekaart_id))
    )


def _few_rows(routekaart: Routekaart) -> RoutekaartRows:
    """What there can be before anybody has advised, in half the queries.

    Courses of the school's own and leave only matter to what is mandatory, and nothing is yet.
    """
    school = routekaart.team.school_id
    catalogue: Catalogue = current_catalogue()
    # Kept on the row: the rules read the choice from there.
    prefetch_related_objects([routekaart], "chosen")
    chosen = (row.intervention_id for row in routekaart.chosen.all())
    linked = bool(facilities_of(catalogue, chosen))
    employments = (
        Employment.objects.filter(
            person__memberships__team=routekaart.team_id, school=school, person__is_active=True
        )
        .select_related("person")
        .prefetch_related(Prefetch("leaves", Leave.objects.none()))
        .order_by("person__name", "person_id")
    )
    return RoutekaartRows(
        catalogue=catalogue,
        employments=tuple(employments),
        goals=goals_with_children(routekaart.goals.all()),
        links=tuple(links_of_chosen().filter(routekaart=routekaart)) if linked else (),
        answers=tuple(answers_of_chosen().filter(routekaart=routekaart)),
        assignments=(),
        advice=None,
        plan=None,
        dates=school_dates(routekaart),
        appointments=(),
    )
