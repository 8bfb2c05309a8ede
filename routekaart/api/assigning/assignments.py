"""Assignments over HTTP."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from routekaart import clock
from routekaart.actions.assigning.assignments import assign_from_advice, withdraw_assignment
from routekaart.actions.planning.hours_agreements import record_agreement, withdraw_agreement
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Day, Id, Reply, Shape, problems
from routekaart.domain.assigning import Selection
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.queries.routekaarten.routekaarten import (
    assignment_detail,
    assignments_of,
    listed_assignment,
)

router = Router(tags=["Toewijzingen"])


class NewAssignments(Shape):
    """`selection`: every course of the advice, or the smallest set that covers all goals."""

    selection: Literal["all", "smallest_set"] = "smallest_set"


class Assigned(Reply):
    """How many assignments are new, and how many people had the course already."""

    created: int
    existing: int


class AssignmentReply(Reply):
    id: UUID
    person: UUID
    person_name: str
    course: str
    course_title: str
    goals: list[UUID]
    reason: str
    mandatory: bool
    starts_on: date | None = Field(
        description="Vanaf wanneer de collega de cursus zelf ziet; leeg: meteen."
    )
    batch: UUID | None = Field(description="De toewijsactie waar dit uit komt.")
    hours_agreed_on: date | None = Field(
        description="Sinds wanneer deze verplichte cursus uit eigen uren mag, volgens afspraak."
    )
    state: str | None = Field(
        description="Leeg waar je de voortgang van deze collega niet op naam mag zien."
    )
    state_label: str | None
    state_since: datetime | None


class Agreement(Shape):
    """`agreed_on`: today when it is left out."""

    agreed_on: Day | None = None


def assignment_reply(assignment: Any) -> AssignmentReply:
    """An assignment that a query brought along with `progress_shown`."""
    shown = assignment.progress_shown
    return AssignmentReply(
        id=assignment.pk,
        person=assignment.person_id,
        person_name=assignment.called,
        course=assignment.course_id,
        course_title=assignment.course.title,
        goals=[goal.pk for goal in assignment.goals.all()],
        reason=assignment.reason,
        mandatory=assignment.mandatory,
        starts_on=assignment.starts_on,
        batch=assignment.batch_id,
        # Brought along by the query: without an agreement there is no such attribute.
        hours_agreed_on=assignment.hours_agreement.agreed_on
        if hasattr(assignment, "hours_agreement")
        else None,
        state=assignment.state if shown else None,
        state_label=ASSIGNMENT.words[assignment.state] if shown else None,
        state_since=assignment.state_since if shown else None,
    )


@router.get(
    "/routekaarten/{routekaart_id}/assignments",
    response={200: Listed[AssignmentReply], **problems(403, 404)},
    operation_id="list_assignments",
    summary="Wie welke cursus doet",
    description="Een teamlid ziet alleen wat aan hem of haar is toegewezen.",
)
def list_assignments(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(
            assignments_of(by=request.auth, routekaart_id=routekaart_id), page, assignment_reply
        )


@router.post(
    "/routekaarten/{routekaart_id}/assignments",
    response={200: Assigned, **problems(403, 404, 409)},
    operation_id="assign_courses",
    summary="Het advies toewijzen aan het team",
    description="Gerust te herhalen: wie een cursus al heeft, krijgt hem niet nog eens.",
)
def assign_courses(request: SignedInRequest, routekaart_id: Id, body: NewAssignments) -> Any:
    done = assign_from_advice(
        by=request.auth,
        routekaart_id=routekaart_id,
        selection=Selection(body.selection),
        today=clock.today(),
    )
    return Assigned(created=done.created, existing=done.existing)


@router.get(
    "/assignments/{assignment_id}",
    response={200: AssignmentReply, **problems(404)},
    operation_id="get_assignment",
    summary="Eén toewijzing",
    description="Zoals die in de lijst staat; wat je daar niet ziet, is er hier ook niet.",
)
def get_assignment(request: SignedInRequest, assignment_id: Id) -> Any:
    return assignment_reply(listed_assignment(by=request.auth, assignment_id=assignment_id))


@router.delete(
    "/assignments/{assignment_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="withdraw_assignment",
    summary="Een toewijzing intrekken",
    description="Hoe ver de collega ook is. Wat iemand deed, blijft op de eigen naam staan.",
)
def delete_assignment(request: SignedInRequest, assignment_id: Id) -> Any:
    withdraw_assignment(by=request.auth, assignment_id=assignment_id, at=clock.now())
    return Status(204, None)


@router.put(
    "/assignments/{assignment_id}/hours-agreement",
    response={200: AssignmentReply, **problems(403, 404, 409)},
    operation_id="record_hours_agreement",
    summary="Afspreken dat een verplichte cursus uit eigen uren gaat",
    description="Voor jezelf, of als teamleider voor een collega. Zonder afspraak gaat een "
    "verplichte cursus nooit uit eigen uren.",
)
def put_agreement(request: SignedInRequest, assignment_id: Id, body: Agreement) -> Any:
    by, today = request.auth, clock.today()
    record_agreement(
        by=by, assignment_id=assignment_id, agreed_on=body.agreed_on or today, today=today
    )
    return assignment_reply(assignment_detail(by=by, assignment_id=assignment_id))


@router.delete(
    "/assignments/{assignment_id}/hours-agreement",
    response={204: None, **problems(403, 404, 409)},
    operation_id="withdraw_hours_agreement",
    summary="Een afspraak over eigen uren intrekken",
)
def delete_agreement(request: SignedInRequest, assignment_id: Id) -> Any:
    withdraw_agreement(by=request.auth, assignment_id=assignment_id)
    return Status(204, None)
