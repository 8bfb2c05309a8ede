"""Where people of a team have to be for their other teams of the school, by the latest plans."""

from pydantic import TypeAdapter

from routekaart.domain.planner.elsewhere import elsewhere_of
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.domain.planner.problem import Elsewhere
from routekaart.queries.planning.other_teams import OtherTeams

_PLAN = TypeAdapter(DomainPlan)


def elsewhere_for(others: OtherTeams) -> tuple[Elsewhere, ...]:
    """In order of team and date."""
    return tuple(
        item
        for plan in others.plans_of_shared()
        for item in elsewhere_of(
            plan.name, _PLAN.validate_python(plan.content), others.shared[plan.team]
        )
    )
