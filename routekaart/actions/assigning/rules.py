"""Rules that assign: they come with an action of assigning, and can be taken away."""

from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.actions.changing import UNDERWAY, changing
from routekaart.models import AssignmentRule


def remove_rule(*, by: Access, rule_id: UUID) -> None:
    """Whoever joins later gets nothing by this rule any more. What was assigned stays."""
    seen = by.fetch(AssignmentRule, rule_id, Permission.ASSIGN, along=["goal"])
    with changing(
        by=by,
        routekaart_id=seen.goal.routekaart_id,
        permission=Permission.ASSIGN,
        states=UNDERWAY,
        action="remove_assignment_rule",
        subject=seen,
    ):
        AssignmentRule.objects.filter(pk=rule_id).delete()
