"""Storing what was assigned as one batch: new rows, goals of rows that stand, and rules.

The routekaart must be locked: then nobody else assigns the same course at the same time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from routekaart.access import Access
from routekaart.clock import now, today
from routekaart.domain.assigning import NewAssignment, NewRule
from routekaart.domain.assigning.together import beginning_of
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.models import (
    Assignment,
    AssignmentBatch,
    AssignmentGoal,
    AssignmentRule,
    BatchItem,
    Completion,
    Routekaart,
)
from routekaart.models.assignment_batches import TargetKind
from routekaart.queries.assigning.needs import Standing, standing_of
from routekaart.queries.progress.completions import Pair, counting_completions

_AT_ONCE = 500
_TITLE = 300


@dataclass(frozen=True, slots=True)
class Label:
    """What a batch says of itself."""

    target: TargetKind
    title: str
    function: str = ""
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """The batch, how many assignments are new and how many people had the course already."""

    batch: AssignmentBatch
    created: int
    existing: int


def store_batch(
    *,
    by: Access,
    routekaart: Routekaart,
    label: Label,
    wanted: Sequence[NewAssignment],
    rules: Iterable[NewRule] = (),
) -> Stored:
    """Stores `wanted`, in which each pair of person and course stands once.

    Who has the course keeps it, with its goals added. What somebody does for another team already
    begins where that one is, and what was done before and still counts is done: nobody does a
    course twice.
    """
    batch = AssignmentBatch.objects.create(
        routekaart=routekaart,
        target=label.target,
        title=label.title[:_TITLE],
        function=label.function,
        starts_on=label.starts_on,
        made_by=by.person,
    )
    standing = standing_of(
        routekaart, (new.person for new in wanted), (new.course for new in wanted)
    )
    here = {(row.person, row.course): row for row in standing if row.here}
    new_rows = [new for new in wanted if (new.person, new.course) not in here]
    fresh = _new_rows(by, batch, new_rows, [row for row in standing if not row.here])
    _done_before(
        fresh,
        counting_completions(
            school=routekaart.team.school,
            persons=[UUID(new.person) for new in new_rows],
            courses=[new.course for new in new_rows],
            today=today(),
        ),
    )
    Assignment.objects.bulk_create(fresh.values(), batch_size=_AT_ONCE)
    items: list[BatchItem] = []
    for new in wanted:
        key = (new.person, new.course)
        pk, served = (here[key].id, here[key].goals) if key in here else (fresh[key].pk, set())
        items += [
            BatchItem(batch=batch, assignment_id=pk, goal_id=UUID(goal), added=goal not in served)
            for goal in new.goals
        ]
    AssignmentGoal.objects.bulk_create(
        [
            AssignmentGoal(assignment_id=item.assignment_id, goal_id=item.goal_id)
            for item in items
            if item.added
        ],
        batch_size=_AT_ONCE,
        ignore_conflicts=True,
    )
    BatchItem.objects.bulk_create(items, batch_size=_AT_ONCE)
    _store_rules(by, batch, rules)
    return Stored(batch, len(fresh), len(wanted) - len(fresh))


def _new_rows(
    by: Access,
    batch: AssignmentBatch,
    wanted: Sequence[NewAssignment],
    elsewhere: Iterable[Standing],
) -> dict[tuple[str, str], Assignment]:
    others: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for standing in elsewhere:
        others[standing.person, standing.course].append(standing)
    made: dict[tuple[str, str], Assignment] = {}
    at = now()
    for new in wanted:
        key = (new.person, new.course)
        row = made[key] = Assignment(
            routekaart_id=batch.routekaart_id,
            person_id=UUID(new.person),
            course_id=new.course,
            reason=new.reason,
            mandatory=new.mandatory,
            assigned_by=by.person,
            batch=batch,
            starts_on=batch.starts_on,
            state_since=at,
        )
        row.state = beginning_of(standing.state for standing in others[key])
        for standing in others[key]:
            if standing.state == row.state != "assigned":
                row.state_since = standing.state_since
                row.completion_id = standing.completion
                break
    return made


def _done_before(
    fresh: Mapping[tuple[str, str], Assignment], known: Mapping[Pair, Completion]
) -> None:
    """What somebody did before, and still counts, need not be done again (feature 27)."""
    for row in fresh.values():
        completion = known.get((row.person_id, row.course_id))
        if completion is not None and row.state != "done":
            row.state = ASSIGNMENT.after(row.state, "complete")
            row.completion = completion


def _store_rules(by: Access, batch: AssignmentBatch, rules: Iterable[NewRule]) -> None:
    # Whoever made a rule first keeps it: the same one again changes nothing.
    AssignmentRule.objects.bulk_create(
        [
            AssignmentRule(
                goal_id=UUID(rule.goal),
                course_id=rule.course,
                function=rule.function,
                mandatory=rule.mandatory,
                reason=rule.reason,
                batch=batch,
                made_by=by.person,
            )
            for rule in rules
        ],
        batch_size=_AT_ONCE,
        ignore_conflicts=True,
    )
