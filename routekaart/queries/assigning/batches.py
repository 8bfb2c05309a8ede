"""Reading actions of assigning and the rules that they left."""

from uuid import UUID

from django.db.models import Count, QuerySet

from routekaart.access import Access, Permission
from routekaart.models import AssignmentBatch, AssignmentRule, Routekaart


def batches_of(*, by: Access, routekaart_id: UUID) -> QuerySet[AssignmentBatch]:
    """The actions of assigning, newest first, each with how many assignments it asked for.

    For who sees all assignments of the team. Evaluate inside `by.entered()`.
    """
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ALL_ASSIGNMENTS)
    with by.entered():
        return (
            AssignmentBatch.objects.filter(routekaart=routekaart_id)
            .select_related("made_by")
            .annotate(asked=Count("items__assignment", distinct=True))
        )


def rules_of_routekaart(*, by: Access, routekaart_id: UUID) -> QuerySet[AssignmentRule]:
    """What who joins later gets, by course, function and goal. Evaluate inside `by.entered()`."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ASSIGNMENTS)
    with by.entered():
        return (
            AssignmentRule.objects.filter(goal__routekaart=routekaart_id)
            .select_related("course")
            .order_by("course_id", "function", "goal__priority", "id")
        )
