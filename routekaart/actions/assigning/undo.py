"""Undoing an action of assigning: what nobody began with goes, the rest stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.actions.assigning.states import move_assignments
from routekaart.actions.changing import UNDERWAY, changing
from routekaart.clock import today
from routekaart.domain.assigning.undoing import Asked, Kept, counted, sorted_out
from routekaart.domain.privacy import names_shown
from routekaart.models import (
    Assignment,
    AssignmentBatch,
    AssignmentGoal,
    AssignmentRule,
    BatchItem,
)

_REASON = "omdat: de actie waarmee dit was toegewezen, is teruggedraaid"


@dataclass(frozen=True, slots=True)
class Undone:
    """How many assignments were withdrawn, and how many stay for each reason."""

    withdrawn: int
    kept: Mapping[Kept, int]


def undo_batch(*, by: Access, batch_id: UUID, at: datetime) -> Undone:
    """Takes back what a batch brought and nobody began with; again it changes nothing more.

    What is begun or done stays, and so does what another batch asked for too. Rules that the
    batch made no longer count for who joins later. How far people are is only told with the
    PMR's consent.
    """
    seen = by.fetch(AssignmentBatch, batch_id, Permission.ASSIGN)
    with changing(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.ASSIGN,
        states=UNDERWAY,
        action="undo_batch",
        subject=seen,
    ) as routekaart:
        asked = _asked_by(seen)
        with_names = names_shown(routekaart.team.school.progress_by_name_since, today())
        if AssignmentBatch.objects.filter(pk=seen.pk, undone_at=None).update(undone_at=at):
            taken, kept = sorted_out(asked)
            rows = Assignment.objects.filter(pk__in=taken)
            withdrawn = move_assignments(rows=rows, step="withdraw", at=at, reason=_REASON)
            _unlink_goals(seen, [UUID(pk) for pk, why in kept if why is Kept.ASKED_OTHERWISE])
            _drop_rules(seen)
            reasons = [why for _, why in kept]
            return Undone(len(withdrawn), counted(reasons, with_names=with_names))
        reasons = [why for _, why in sorted_out(asked)[1]]
        return Undone(0, counted(reasons, with_names=with_names))


def _asked_by(batch: AssignmentBatch) -> tuple[Asked, ...]:
    """The standing assignments that this batch asked for."""
    rows = (
        Assignment.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=BatchItem.objects.filter(batch=batch).values("assignment"))
        .exclude(state="withdrawn")
        .order_by("pk")
    )
    others = set(
        BatchItem.objects.filter(
            assignment__in=BatchItem.objects.filter(batch=batch).values("assignment"),
            batch__undone_at=None,
        )
        .exclude(batch=batch)
        .values_list("assignment_id", flat=True)
    )
    # Without a batch it stood before actions of assigning were noted.
    return tuple(
        Asked(str(row.pk), row.state, otherwise=row.pk in others or row.batch_id is None)
        for row in rows
    )


def _unlink_goals(batch: AssignmentBatch, kept: Sequence[UUID]) -> None:
    """Takes off the goals that only this batch, or others that were undone, put there."""
    items = BatchItem.objects.filter(assignment__in=kept)
    asked = set(items.filter(batch=batch).values_list("assignment_id", "goal_id"))
    alive = set(items.filter(batch__undone_at=None).values_list("assignment_id", "goal_id"))
    added = set(items.filter(added=True).values_list("assignment_id", "goal_id"))
    gone = (asked & added) - alive
    links = AssignmentGoal.objects.filter(assignment__in=kept)
    ids = [
        pk
        for pk, assignment, goal in links.values_list("pk", "assignment_id", "goal_id")
        if (assignment, goal) in gone
    ]
    AssignmentGoal.objects.filter(pk__in=ids).delete()


def _drop_rules(batch: AssignmentBatch) -> None:
    """The rules of this batch go, save those that another batch by the same rule asks for."""
    for rule in AssignmentRule.objects.filter(batch=batch):
        heir = (
            AssignmentBatch.objects.filter(
                routekaart=batch.routekaart_id,
                undone_at=None,
                target=batch.target,
                function=batch.function,
                items__goal=rule.goal_id,
                items__assignment__course=rule.course_id,
            )
            .exclude(pk=batch.pk)
            .order_by("made_at", "id")
            .first()
        )
        if heir is None:
            rule.delete()
        else:
            rule.batch = heir
            rule.save(update_fields=["batch"])
