"""What somebody does with an assigned course: begin, finish, take that back, be exempted.

For the own courses it takes REPORT_PROGRESS, for those of others RECORD_PROGRESS. Who may not see
the courses of others hears that there are none. Who may not know how far somebody is gets the same
answer whatever that is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from routekaart import clock
from routekaart.access import (
    STEP_PERMISSIONS,
    STRICTER_STEPS,
    Access,
    Forbidden,
    NotFound,
    Permission,
)
from routekaart.actions.assigning.states import goes_without_saying, move_assignments
from routekaart.actions.audit import record
from routekaart.actions.changing import UNDERWAY, check_state
from routekaart.actions.in_the_year import lock_years_of
from routekaart.actions.progress.completions import record_completions, take_back
from routekaart.domain.errors import BadInput, Conflict
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.domain.privacy import names_shown
from routekaart.domain.progress import Done, check_done_on, counts_on
from routekaart.models import Assignment, Completion, School
from routekaart.models.completions import CompletionSource


@dataclass(frozen=True, slots=True)
class _Handled:
    """An assignment that is locked, and what `by` is to it."""

    assignment: Assignment
    own: bool
    records: bool
    # Whether `by` may know how far the person is.
    shown: bool

    @property
    def school(self) -> UUID:
        return self.assignment.routekaart.team.school_id


def start_assignment(*, by: Access, assignment_id: UUID, today: date) -> None:
    """The person has begun. Safe to repeat. Raises `Conflict` (`wrong_state`)."""
    with _handling(by, assignment_id, "start", today) as handled:
        _step(by, handled, "start")


def complete_assignment(
    *, by: Access, assignment_id: UUID, done_on: date, proof: str, today: date
) -> None:
    """The person has done the course on `done_on`. What is done already stays as it is.

    Raises `Conflict` (`wrong_state`) and `BadInput` (`in_the_future`, `too_long_ago`,
    `counts_no_more`).
    """
    check_done_on(done_on, today)
    with _handling(by, assignment_id, "complete", today) as handled:
        assignment = handled.assignment
        # Also of what is done already: what is refused must not tell how far somebody is.
        _check_counts(assignment.routekaart.team.school, done_on, today)
        if assignment.state == ASSIGNMENT.after(assignment.state, "complete"):
            return
        done = Done(assignment.person_id, assignment.course_id, done_on, proof)
        recorded = record_completions(
            by=by,
            school_id=handled.school,
            done=[done],
            source=CompletionSource.SELF if handled.own else CompletionSource.RECORDED,
            today=today,
        )
        if assignment.pk not in {row.pk for row in recorded.finished}:
            raise _counts_no_more()


def reopen_assignment(*, by: Access, assignment_id: UUID, today: date) -> None:
    """What was noted by mistake goes back to the beginning; safe to repeat.

    A completion is taken back with it, unless it was noted before this course was assigned: that
    one is no mistake. Raises `Conflict` (`wrong_state`, `not_own_report`, `earlier_completion`),
    and `Forbidden` for the person's own waiver.
    """
    with _handling(by, assignment_id, "reopen", today) as handled:
        assignment = handled.assignment
        stricter = STRICTER_STEPS.get((ASSIGNMENT.name, "reopen", assignment.state))
        if stricter is not None and not handled.records:
            raise Forbidden(stricter)
        if assignment.completion_id is None:
            _step(by, handled, "reopen")
            return
        completion = (
            Completion.objects.select_for_update(of=("self",), no_key=True)
            .select_related("school")
            .get(pk=assignment.completion_id)
        )
        if _noted_before_asked(completion, assignment):
            if not handled.shown:
                return
            raise Conflict(
                "Deze cursus is al eerder afgerond, en dat telt mee. Je teamleider of trainer kan "
                "aangeven dat het niet meetelt.",
                code="earlier_completion",
            )
        take_back(by=by, completion=completion, records=handled.records, today=today)


def waive_assignment(*, by: Access, assignment_id: UUID, reason: str, today: date) -> None:
    """The person need not do this course, for a reason; another reason replaces it.

    What is done already stays done: `Conflict` (`wrong_state`) for who may know that.
    """
    with _handling(by, assignment_id, "waive", today) as handled:
        _step(by, handled, "waive", reason)


def _step(by: Access, handled: _Handled, step: str, reason: str = "") -> None:
    assignment = handled.assignment
    silent = goes_without_saying(assignment.state, step, shown=handled.shown)
    if not silent and not _moved(assignment, step, reason):
        return
    record(
        by=by,
        school=handled.school,
        action=f"{step}_assignment",
        subject=assignment,
        routekaart=assignment.routekaart_id,
    )


def _moved(assignment: Assignment, step: str, reason: str) -> bool:
    """Makes the step; whether it changed anything."""
    after = ASSIGNMENT.after(assignment.state, step)
    if (assignment.state, assignment.state_reason) == (after, reason):
        return False
    if assignment.state == after:
        Assignment.objects.filter(pk=assignment.pk).update(state_reason=reason)
    else:
        move_assignments(rows=[assignment], step=step, at=clock.now(), reason=reason)
    return True


def _check_counts(school: School, done_on: date, today: date) -> None:
    if not counts_on(today, done_on, months=school.completion_months):
        raise _counts_no_more()


def _counts_no_more() -> BadInput:
    return BadInput(
        "done_on",
        "Wat je toen deed, telt bij jullie school niet meer mee. Vraag je teamleider of "
        "trainer of het toch mag tellen.",
        code="counts_no_more",
    )


def _noted_before_asked(completion: Completion, assignment: Assignment) -> bool:
    """Whether it was there before any team of the school asked for this course this year.

    The teams share what somebody did, so it is the same report for all of them.
    """
    asked = Assignment.objects.filter(
        person=assignment.person_id,
        course=assignment.course_id,
        routekaart__team__school=assignment.routekaart.team.school_id,
        routekaart__school_year=assignment.routekaart.school_year,
    )
    first = asked.order_by("assigned_at").values_list("assigned_at", flat=True)[0]
    return completion.recorded_at < first


@contextmanager
def _handling(by: Access, assignment_id: UUID, step: str, today: date) -> Iterator[_Handled]:
    seen = by.fetch(Assignment, assignment_id, Permission.VIEW_ASSIGNMENTS)
    marks: Any = seen
    school, team = marks.access_school, marks.access_team
    own = seen.person_id == by.person.pk
    sees_all = by.allows(Permission.VIEW_ALL_ASSIGNMENTS, school=school, team=team)
    is_ahead = seen.starts_on is not None and seen.starts_on > today
    if not sees_all and (not own or is_ahead):
        raise NotFound("Assignment")
    records = by.allows(Permission.RECORD_PROGRESS, school=school, team=team)
    needed = STEP_PERMISSIONS[ASSIGNMENT.name][step]
    if not records and not (own and by.allows(needed, school=school, team=team)):
        raise Forbidden(needed)
    with transaction.atomic(), by.entered():
        lock_years_of(
            school_id=school,
            persons=[seen.person_id],
            courses=[seen.course_id],
            also=seen.routekaart_id,
        )
        assignment = (
            Assignment.objects.select_for_update(of=("self",), no_key=True)
            .select_related("routekaart__team__school")
            .get(pk=assignment_id)
        )
        check_state(assignment.routekaart, UNDERWAY)
        by_name = assignment.routekaart.team.school.progress_by_name_since
        yield _Handled(assignment, own, records, own or names_shown(by_name, today))
