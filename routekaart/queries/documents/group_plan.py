"""From rows to everything the plan of a group is made from: one function of a team, or several."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from routekaart.access import Access, Forbidden, Permission
from routekaart.domain.content.group_input import GroupPlanInput, few_told, of_group
from routekaart.domain.errors import BadInput
from routekaart.domain.people import Member
from routekaart.domain.privacy import MINIMUM_GROUP
from routekaart.models import Plan
from routekaart.queries.documents.content import ALONG, members_in_print, scholingsplan_input


def group_plan_input(
    *, by: Access, plan_id: UUID, functions: Collection[str], with_persons: bool
) -> GroupPlanInput:
    """What the plan of a group is made from, of one version of the plan of its team.

    `functions`: slugs. Somebody in the group has at least one of them. Raises `NotFound` and
    `Forbidden` as `fetch`, `Forbidden` for persons out of sight, and without persons `BadInput`
    (`group_too_small`) for a group that would tell what a few people do.
    """
    plan = plan_for_group(by=by, plan_id=plan_id, with_persons=with_persons)
    school: UUID = plan.routekaart.team.school_id
    given = scholingsplan_input(plan=plan, schools=(school,), with_persons=with_persons)
    if not with_persons:
        _check_size(given.members, functions)
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


def check_functions(
    *, plan_id: UUID, functions: Collection[str], with_persons: bool
) -> tuple[str, ...]:
    """The functions of a group in this version of a plan, sorted. Call inside the scope.

    Raises `BadInput` for none (`no_functions`), for one that nobody has in what is printed
    (`function_not_in_team`), and as `group_plan_input` for a group that is too small.
    """
    if not functions:
        raise BadInput(
            "functions", "Kies minstens één functie: dat is de groep.", code="no_functions"
        )
    members = members_in_print(Plan.objects.select_related(*ALONG).get(pk=plan_id))
    if not set(functions) <= functions_among(members):
        raise BadInput(
            "functions",
            "In dit plan heeft niemand deze functie. Kies een functie van het team.",
            code="function_not_in_team",
        )
    if not with_persons:
        _check_size(members, functions)
    return tuple(sorted(set(functions)))


def functions_among(members: Collection[Member]) -> frozenset[str]:
    """The functions that somebody has, as slugs."""
    return frozenset(slug for one in members for slug in one.functions)


def _check_size(members: Collection[Member], functions: Collection[str]) -> None:
    if few_told(members, functions):
        raise BadInput(
            "functions",
            "Zonder namen maken we geen plan waarin je ziet wat een paar mensen doen. Kies "
            f"functies van samen minstens {MINIMUM_GROUP} mensen, en geen functie die daar maar "
            "een paar mensen aan toevoegt.",
            code="group_too_small",
        )


def _in_order(functions: Collection[str], order: list[str]) -> tuple[str, ...]:
    """Each once, as the catalogue lists them; what it does not know comes last."""
    known = {slug: place for place, slug in enumerate(order)}
    return tuple(sorted(set(functions), key=lambda slug: (known.get(slug, len(known)), slug)))
