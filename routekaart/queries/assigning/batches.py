"""Reading actions of assigning and the rules that they left."""

from uuid import UUID

from django.db.models import OuterRef, QuerySet

from routekaart.access import Access, Permission
from routekaart.models import AssignmentBatch, AssignmentRule, BatchItem, Routekaart
from routekaart.queries.counted import number_of
from routekaart.queries.organisation.names import called_at


def batches_of(*, by: Access, routekaart_id: UUID) -> QuerySet[AssignmentBatch]:
    """The actions of assigning, newest first, each with how many assignments it asked for.

    For who sees all assignments of the team. Evaluate inside `by.entered()`.
    """
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ALL_ASSIGNMENTS)
    with by.entered():
        rows = AssignmentBatch.objects.filter(routekaart=routekaart_id)
        # An assignment stands there once for each goal.
        asked = number_of(BatchItem.objects.filter(batch=OuterRef("pk")), "assignment")
        found = called_at(rows, "made_by", school="routekaart__team__school")
        return found.annotate(asked=asked)


def batch_detail(*, by: Access, batch_id: UUID) -> AssignmentBatch:
    """One action of assigning with its routekaart, for who may undo it."""
    return by.fetch(AssignmentBatch, batch_id, Permission.ASSIGN, along=("routekaart__team",))


def rules_of_routekaart(*, by: Access, routekaart_id: UUID) -> QuerySet[AssignmentRule]:
    """What who joins later gets, by course, function and goal. Evaluate inside `by.entered()`."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_ASSIGNMENTS)
    with by.entered():
        return (
            AssignmentRule.objects.filter(goal__routekaart=routekaart_id)
            .select_related("course")
            .order_by("course_id", "function", "goal__priority", "id")
        )
