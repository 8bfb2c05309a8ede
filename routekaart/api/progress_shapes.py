"""Shapes of progress and completions."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from routekaart.actions.completion_imports import ImportedRow
from routekaart.api.paging import Page
from routekaart.api.shapes import (
    Day,
    EachOnce,
    FilledText,
    Id,
    LongText,
    OptionalText,
    Query,
    Reply,
    Shape,
    Slug,
    TableText,
)
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.domain.progress import Counts, ProgressRow, is_late
from routekaart.models import Completion, GroupCompletion
from routekaart.models.completions import CompletionSource
from routekaart.queries.own_assignments import OwnAssignment
from routekaart.queries.progress import RoutekaartProgress


class Finished(Shape):
    """`done_on`: today when it is left out. `proof`: a certificate's number, for example."""

    done_on: Day | None = None
    proof: OptionalText = ""


class Waiver(Shape):
    reason: FilledText


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


class OwnPage(Page):
    only_open: bool = Field(True, description="Zonder wat af is of waarvoor je bent vrijgesteld.")


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


class CountsReply(Reply):
    """`late` are among assigned and started."""

    assigned: int
    started: int
    done: int
    waived: int
    late: int


class TeamCounts(Reply):
    """The courses that are shown, together."""

    hidden: bool
    counts: CountsReply | None


class CourseCounts(Reply):
    """`people` and `counts` are null when it is hidden: too few people to show."""

    course: str
    course_title: str
    goals: list[UUID]
    hidden: bool
    people: int | None
    counts: CountsReply | None


class PersonCounts(Reply):
    person: UUID
    person_name: str
    counts: CountsReply


class OwnCourse(Reply):
    course: str
    course_title: str
    state: str
    state_label: str
    deadline: date | None
    late: bool


class ProgressReply(Reply):
    """`people` is null when you may not see progress by name."""

    team: TeamCounts
    courses: list[CourseCounts]
    people: list[PersonCounts] | None
    own: list[OwnCourse]


class OwnAssignmentReply(Reply):
    """`source` says what made it done, and is null when it is not."""

    id: UUID
    routekaart: UUID
    team_name: str
    school_name: str
    course: str
    course_title: str
    url: str
    minutes: int
    mandatory: bool
    reason: str
    state: str
    state_label: str
    state_since: datetime
    state_reason: str
    deadline: date | None
    late: bool
    done_on: date | None
    source: str | None
    source_label: str | None


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
    )


def progress_reply(progress: RoutekaartProgress, today: date) -> ProgressReply:
    return ProgressReply(
        team=TeamCounts(hidden=progress.team.hidden, counts=_counts(progress.team.counts)),
        courses=[
            CourseCounts(
                course=item.course,
                course_title=item.title,
                goals=[UUID(goal) for goal in item.goals],
                hidden=item.hidden,
                people=item.people,
                counts=_counts(item.counts),
            )
            for item in progress.courses
        ],
        people=None
        if progress.people is None
        else [
            PersonCounts(
                person=UUID(item.person), person_name=item.name, counts=_shown(item.counts)
            )
            for item in progress.people
        ],
        own=[_own_course(row, today) for row in progress.own],
    )


def own_assignment_reply(item: OwnAssignment, today: date) -> OwnAssignmentReply:
    row = item.assignment
    done = row.completion
    open_still = row.state in {"assigned", "started"}
    extra: dict[str, Any] = {
        "done_on": done.done_on if done else None,
        "source": done.source if done else None,
        "source_label": CompletionSource(done.source).label if done else None,
    }
    return OwnAssignmentReply(
        id=row.pk,
        routekaart=row.routekaart_id,
        team_name=row.routekaart.team.name,
        school_name=row.routekaart.team.school.name,
        course=row.course_id,
        course_title=row.course.title,
        url=item.url,
        minutes=item.minutes,
        mandatory=row.mandatory,
        reason=row.reason,
        state=row.state,
        state_label=ASSIGNMENT.words[row.state],
        state_since=row.state_since,
        state_reason=row.state_reason,
        deadline=item.deadline,
        late=open_still and item.deadline is not None and item.deadline < today,
        **extra,
    )


def _own_course(row: ProgressRow, today: date) -> OwnCourse:
    return OwnCourse(
        course=row.course,
        course_title=row.course_title,
        state=row.state,
        state_label=ASSIGNMENT.words[row.state],
        deadline=row.deadline,
        late=is_late(row, today),
    )


def _counts(counts: Counts | None) -> CountsReply | None:
    return None if counts is None else _shown(counts)


def _shown(counts: Counts) -> CountsReply:
    return CountsReply(
        assigned=counts.assigned,
        started=counts.started,
        done=counts.done,
        waived=counts.waived,
        late=counts.late,
    )
