"""Shapes of progress: the own courses, and the team in counts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from routekaart.api.paging import Page
from routekaart.api.shapes import (
    Day,
    FilledText,
    OptionalText,
    Reply,
    Shape,
)
from routekaart.domain.lifecycle import ASSIGNMENT
from routekaart.domain.progress import Counts, ProgressRow, is_late
from routekaart.models.completions import CompletionSource
from routekaart.queries.progress.own_assignments import OwnAssignment
from routekaart.queries.progress.progress import RoutekaartProgress


class Finished(Shape):
    """`done_on`: today when it is left out. `proof`: a certificate's number, for example."""

    done_on: Day | None = None
    proof: OptionalText = ""


class Waiver(Shape):
    reason: FilledText


class OwnPage(Page):
    only_open: bool = Field(True, description="Zonder wat af is of waarvoor je bent vrijgesteld.")


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
