"""From rows to everything the plan of a group is made from: one function of a team, or several."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from routekaart.access import Access, Forbidden, Permission
from routekaart.domain.content.group_input import GroupPlanInput, of_group
from routekaart.domain.errors import BadInput
from routekaart.models import Plan
from routekaart.queries.documents.content import ALONG, scholingsplan_input
from routekaart.queries.organisation.teams import functions_in_team


def group_plan_input(
    *, by: Access, plan_id: UUID, functions: Collection[str], with_persons: bool
) -> GroupPlanInput:
    """What the plan of a group is made from, of one version of the plan of its team.

    `functions`: slugs. Somebody in the group has at least one of them. Raises `NotFound` and
    `Forbidden` as `fetch`, and `Forbidden` for persons out of sight.
    """
    plan = plan_for_group(by=by, plan_id=plan_id, with_persons=with_persons)
    school: UUID = plan.routekaart.team.school_id
    given = scholingsplan_input(plan=plan, schools=(school,), with_persons=with_persons)
    order = [one.slug for one in given.catalogue.functions]
    return of_group(given, _in_order(functions, order))


def plan_for_group(*, by: Access, plan_id: UUID, with_persons: bool) -> Plan:
    """The plan with its team and school, when `by` may have such a document of it."""
    plan = by.fetch(Plan, plan_id, Permission.MAKE_DOCUMENT, along=ALONG)
    marks: Any = plan
    needed = Permission.VIEW_ALL_ASSIGNMENTS
    if with_persons and not by.allows(needed, school=marks.access_school, team=marks.access_team):
        raise Forbidden(needed)
    return plan


def check_functions(*, team_id: UUID, school: UUID, functions: Collection[str]) -> tuple[str, ...]:
    """The functions of a group, sorted. Raises `BadInput` for none (`no_functions`), and for one
    that nobody in the team has (`function_not_in_team`)."""
    if not functions:
        raise BadInput(
            "functions", "Kies minstens één functie: dat is de groep.", code="no_functions"
        )
    known = functions_in_team(team_id=team_id, schools=[school])
    if not set(functions) <= set(known):
        raise BadInput(
            "functions",
            "In dit team heeft niemand deze functie. Kies een functie van het team.",
            code="function_not_in_team",
        )
    return tuple(sorted(set(functions)))


def _in_order(functions: Collection[str], order: list[str]) -> tuple[str, ...]:
    """Each once, as the catalogue lists them; what it does not know comes last."""
    known = {slug: place for place, slug in enumerate(order)}
    return tuple(sorted(set(functions), key=lambda slug: (known.get(slug, len(known)), slug)))
