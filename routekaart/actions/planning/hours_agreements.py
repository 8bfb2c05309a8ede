"""Recording that a mandatory course may draw on somebody's own hours, and taking that back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from routekaart.access import Access, NotFound, Permission
from routekaart.actions.assigning.assignments import MAY_ASSIGN
from routekaart.actions.changing import changing
from routekaart.domain.errors import BadInput, Conflict
from routekaart.models import Assignment, HoursAgreement


def record_agreement(*, by: Access, assignment_id: UUID, agreed_on: date, today: date) -> None:
    """Somebody agrees to do a mandatory course in own hours; again moves the date.

    The person itself records it, or the team lead. Raises `BadInput` for a day that is yet to
    come, and `Conflict` for a course that needs no agreement.
    """
    if agreed_on > today:
        raise BadInput(
            "agreed_on",
            "Deze dag moet nog komen. Leg de afspraak vast als die gemaakt is.",
            code="in_the_future",
        )
    with _changing(by, assignment_id, "agree_on_hours") as assignment:
        if assignment.state == "withdrawn":
            raise Conflict(
                "Deze toewijzing is ingetrokken. Er valt niets meer af te spreken.",
                code="assignment_withdrawn",
            )
        if not assignment.mandatory:
            raise Conflict(
                "Deze cursus is vrijwillig en gaat al uit eigen uren. Een afspraak is niet nodig.",
                code="course_is_voluntary",
            )
        HoursAgreement.objects.update_or_create(
            assignment=assignment, defaults={"agreed_on": agreed_on, "recorded_by": by.person}
        )


def withdraw_agreement(*, by: Access, assignment_id: UUID) -> None:
    """The course draws on assigned hours again; safe to repeat."""
    with _changing(by, assignment_id, "withdraw_hours_agreement") as assignment:
        HoursAgreement.objects.filter(assignment=assignment).delete()


@contextmanager
def _changing(by: Access, assignment_id: UUID, action: str) -> Iterator[Assignment]:
    """The assignment as it stands now that its routekaart is locked."""
    seen = by.fetch(Assignment, assignment_id, Permission.VIEW_ASSIGNMENTS)
    marks: Any = seen
    own = seen.person_id == by.person.pk
    sees_all = by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS, school=marks.access_school, team=marks.access_team
    )
    if not own and not sees_all:
        raise NotFound("Assignment")
    with changing(
        by=by,
        routekaart_id=seen.routekaart_id,
        permission=Permission.VIEW_ASSIGNMENTS if own else Permission.RECORD_AGREEMENT,
        states=MAY_ASSIGN,
        action=action,
        subject=seen,
    ):
        assignment = Assignment.objects.filter(pk=assignment_id).first()
        if assignment is None:
            raise NotFound("Assignment")
        yield assignment
