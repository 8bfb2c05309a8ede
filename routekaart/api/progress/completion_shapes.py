"""Shapes of completions: reported, noted together, or read in from a list."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from routekaart.actions.progress.completion_imports import ImportedRow
from routekaart.api.shapes import (
    Day,
    EachOnce,
    FilledText,
    FindingReply,
    Id,
    LongText,
    OptionalText,
    Query,
    Reply,
    Shape,
    Slug,
    TableText,
)
from routekaart.api.text_warnings import bsn_replies
from routekaart.models import Completion, GroupCompletion
from routekaart.models.completions import CompletionSource


class NewCompletion(Shape):
    """`person`: somebody for whom you may note this; left out it is about yourself."""

    course: Slug
    done_on: Day | None = None
    proof: OptionalText = ""
    person: Id | None = None


class Override(Shape):
    """`counts` null: by its age again."""

    counts: bool | None
    reason: FilledText


class NewGroupCompletion(Shape):
    course: Slug
    done_on: Day | None = None
    note: LongText = ""
    persons: Annotated[list[Id], Field(min_length=1, max_length=200), EachOnce]


class CompletionList(Shape):
    """A list as text: e-mail, cursus and datum in the columns, separated by ; or ,."""

    csv: TableText
    name: OptionalText = Field("", description="Waar de lijst vandaan komt; staat bij het bewijs.")


class ImportMode(Query):
    dry_run: bool = Field(False, description="Alleen bekijken wat er zou gebeuren.")


class CompletionReply(Reply):
    """`counts`: what was decided about it; null means that its age decides."""

    id: UUID
    school: UUID
    person: UUID
    person_name: str
    course: str
    course_title: str
    done_on: date
    source: str
    source_label: str
    proof: str
    counts: bool | None
    counts_reason: str
    recorded_at: datetime
    findings: list[FindingReply]


class ImportedRowReply(Reply):
    """`outcome`: new, known or error; `code` and `detail` say what is wrong with the row."""

    line: int
    outcome: str
    person: UUID | None
    course: str | None
    done_on: date | None
    code: str
    detail: str


class ImportReply(Reply):
    dry_run: bool
    new: int
    known: int
    errors: int
    rows: list[ImportedRowReply]


class ConfirmationReply(Reply):
    """`confirmed` is null where you may not see the progress of this colleague by name."""

    person: UUID
    person_name: str
    confirmed: bool | None


class GroupCompletionReply(Reply):
    id: UUID
    routekaart: UUID
    course: str
    course_title: str
    done_on: date
    note: str
    persons: list[ConfirmationReply]
    findings: list[FindingReply]


def completion_reply(completion: Completion) -> CompletionReply:
    return CompletionReply(
        id=completion.pk,
        school=completion.school_id,
        person=completion.person_id,
        person_name=completion.person.name,
        course=completion.course_id,
        course_title=completion.course.title,
        done_on=completion.done_on,
        source=completion.source,
        source_label=CompletionSource(completion.source).label,
        proof=completion.proof,
        counts=completion.counts,
        counts_reason=completion.counts_reason,
        recorded_at=completion.recorded_at,
        findings=bsn_replies(
            {"proof": completion.proof, "counts_reason": completion.counts_reason}
        ),
    )


def imported_reply(imported: ImportedRow) -> ImportedRowReply:
    row = imported.row
    outcome = "error" if row.done is None else "new" if imported.is_new else "known"
    return ImportedRowReply(
        line=row.line,
        outcome=outcome,
        person=row.done.person if row.done else None,
        course=row.done.course if row.done else None,
        done_on=row.done.done_on if row.done else None,
        code=row.code,
        detail=row.detail,
    )


def group_reply(group: GroupCompletion, *, reader: UUID, names: bool) -> GroupCompletionReply:
    """`names`: whether `reader` may see who of the others confirmed."""
    return GroupCompletionReply(
        id=group.pk,
        routekaart=group.routekaart_id,
        course=group.course_id,
        course_title=group.course.title,
        done_on=group.done_on,
        note=group.note,
        persons=[
            ConfirmationReply(
                person=row.person_id,
                person_name=row.person.name,
                confirmed=row.confirmed_at is not None
                if names or row.person_id == reader
                else None,
            )
            for row in sorted(
                group.confirmations.all(), key=lambda row: (row.person.name, str(row.person_id))
            )
        ],
        findings=bsn_replies({"note": group.note}),
    )
