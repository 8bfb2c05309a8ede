"""A team's input without the people who left: they stand in no chapter, so they count nowhere."""

from dataclasses import replace

from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.planner.sight import only_of


def of_members(given: ScholingsplanInput) -> ScholingsplanInput:
    """The same with the courses and hours of the members alone, so that all numbers agree.

    A plan was made with who was in the team then; an assignment of who left may still stand.
    """
    ids = {member.id for member in given.members}
    return replace(
        given,
        assignments=tuple(item for item in given.assignments if item.member_id in ids),
        plan=only_of(given.plan, ids) if given.plan else None,
    )
