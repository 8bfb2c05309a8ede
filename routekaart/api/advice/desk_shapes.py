"""Shapes of the trainer's desk."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from courses.advice import Advice, AdviceItem, DroppedItem
from routekaart.api.paging import Page
from routekaart.api.shapes import (
    EachOnce,
    FindingReply,
    Id,
    LongText,
    Reply,
    Sentence,
    Shape,
    Slug,
    finding_reply,
)
from routekaart.domain.advice_desk import (
    AddCourse,
    ChangeCourse,
    CourseNote,
    DeskChange,
    DropCourse,
    desk_findings,
)
from routekaart.models import Routekaart
from routekaart.queries.advice.desk import Desk

Revision = Annotated[int, Field(ge=0, le=2**31 - 1)]


class QueuePage(Page):
    """`waiting_for`: only what waits for the trainer, or for the team."""

    waiting_for: Literal["trainer", "team"] | None = None


class QueuedReply(Reply):
    """A routekaart in the queue. `comes_back`: the team declined items of the latest advice."""

    routekaart: UUID
    state: str
    waiting_for: str
    since: datetime
    team: UUID
    team_name: str
    school: UUID
    school_name: str
    school_year: str
    goals: int
    advice_version: int | None
    declined_items: int
    comes_back: bool


def queued_reply(row: Routekaart) -> QueuedReply:
    marks: Any = row  # what the query counted
    waits = row.state == "submitted" or marks.declined_items > 0
    return QueuedReply(
        routekaart=row.pk,
        state=row.state,
        waiting_for="trainer" if waits else "team",
        since=marks.since,
        team=row.team_id,
        team_name=row.team.name,
        school=row.team.school_id,
        school_name=row.team.school.name,
        school_year=f"{row.school_year}-{row.school_year + 1}",
        goals=marks.goal_count,
        advice_version=marks.advice_version,
        declined_items=marks.declined_items,
        comes_back=marks.declined_items > 0,
    )


# --- The desk ----------------------------------------------------------------------------------
class DropShape(Shape):
    """A course is left out."""

    kind: Literal["drop"]
    course: Slug
    reason: Sentence


class AddShape(Shape):
    """A course is added for chosen interventions, for goals, or both; no `functions`: everyone."""

    kind: Literal["add"]
    course: Slug
    reason: Sentence
    interventions: Annotated[list[Slug], Field(max_length=50), EachOnce] = []
    goals: Annotated[list[Id], Field(max_length=50), EachOnce] = []
    functions: Annotated[list[Slug], Field(max_length=50), EachOnce] = []


class ChangeShape(Shape):
    """A course becomes voluntary (`mandatory` false), or one that everyone meant does."""

    kind: Literal["change"]
    course: Slug
    reason: Sentence
    mandatory: bool


class NoteShape(Shape):
    """A few words with a course; an empty text takes them away."""

    kind: Literal["note"]
    course: Slug
    text: LongText


DeskChangeShape = Annotated[
    DropShape | AddShape | ChangeShape | NoteShape, Field(discriminator="kind")
]


class DeskChanges(Shape):
    """All changes, in the order in which they are made, on top of `revision`."""

    revision: Revision
    changes: Annotated[list[DeskChangeShape], Field(max_length=300)]


class DeskItemReply(Reply):
    """One course on the desk. `status`: kept, changed or added; those left out are apart.

    `declined_because`: why the team did not want it in the round before.
    """

    status: Literal["kept", "changed", "added"]
    declined_because: str | None
    item: AdviceItem
    may_be_mandatory: bool


class LeftOutReply(Reply):
    """A change that no longer fits what is proposed now, and why."""

    kind: str
    course: str
    why: str


class DeskReply(Reply):
    """`advice` is the whole as it would be proposed now; `items` are its courses with what
    happened to each. `changes` are those of this round: those of earlier rounds are in the advice
    already. `findings` warn and never block."""

    routekaart: UUID
    revision: int
    last_version: int | None
    changes: list[AddCourse | DropCourse | ChangeCourse | CourseNote]
    items: list[DeskItemReply]
    dropped: list[DroppedItem]
    left_out: list[LeftOutReply]
    advice: Advice
    findings: list[FindingReply]


def desk_changes(body: DeskChanges) -> tuple[DeskChange, ...]:
    """The changes of a body as the domain's."""
    return tuple(_change(shape) for shape in body.changes)


def _change(shape: DropShape | AddShape | ChangeShape | NoteShape) -> DeskChange:
    match shape:
        case DropShape():
            return DropCourse(shape.course, shape.reason)
        case AddShape():
            return AddCourse(
                shape.course,
                shape.reason,
                interventions=tuple(shape.interventions),
                goals=tuple(str(goal) for goal in shape.goals),
                functions=tuple(shape.functions),
            )
        case ChangeShape():
            return ChangeCourse(shape.course, shape.reason, shape.mandatory)
        case NoteShape():
            return CourseNote(shape.course, shape.text)


def desk_reply(desk: Desk) -> DeskReply:
    return DeskReply(
        routekaart=desk.routekaart,
        revision=desk.revision,
        last_version=desk.last,
        changes=list(desk.changes),
        items=[
            DeskItemReply(
                status=_status(item),
                declined_because=desk.declined.get(item.course),
                item=item,
                may_be_mandatory=item.may_be_mandatory,
            )
            for item in desk.advice.items
        ],
        dropped=list(desk.advice.dropped),
        left_out=[
            LeftOutReply(kind=left.change.kind, course=left.change.course, why=left.why)
            for left in desk.left_out
        ],
        advice=desk.advice,
        findings=[finding_reply(found) for found in desk_findings(desk.changes)],
    )


def _status(item: AdviceItem) -> Literal["kept", "changed", "added"]:
    if item.added_by_trainer:
        return "added"
    return "changed" if item.trainer_reason or item.trainer_note else "kept"
