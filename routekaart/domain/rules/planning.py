"""What stands in the way of a good plan, said before there is one. It warns, it never blocks."""

from collections.abc import Iterator

from courses.findings import Finding, Severity
from routekaart.domain.planner.goal_order import in_circle
from routekaart.domain.rules.view import RoutekaartView


def planning_findings(view: RoutekaartView) -> Iterator[Finding]:
    """Everything that the planner will run into, in no particular order."""
    yield from _order(view)


def _order(view: RoutekaartView) -> Iterator[Finding]:
    for key in in_circle({goal.key: goal.after for goal in view.goals}):
        yield Finding(
            "goal_order_cycle",
            Severity.WARNING,
            "Dit doel wacht op een doel dat zelf op dit doel wacht, rechtstreeks of via een ander "
            "doel. Geen van die doelen krijgt zo een studiedag. Haal bij één ervan weg dat het na "
            "een ander doel komt.",
            goal=key,
            field="after",
        )
