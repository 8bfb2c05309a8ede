"""Bodies and answers about goals, answers and study days."""

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from routekaart.api.shapes import (
    ClockTime,
    Day,
    EachOnce,
    FilledText,
    Id,
    LongText,
    OptionalText,
    Reply,
    Shape,
    Slug,
)
from routekaart.models import Goal, StudyDay

# Beside a field that is called `date` this needs a name of its own.
MaybeDate = date | None
Priority = Annotated[int, Field(ge=1, le=100)]
Interventions = Annotated[list[Slug], Field(max_length=30), EachOnce]
Goals = Annotated[list[Id], Field(max_length=50), EachOnce]


class PickedCourseShape(Shape):
    """A course that the team picks itself."""

    course: Slug
    reason: LongText = ""


class NewGoal(Shape):
    """A goal in learning terms. Without a priority it comes last.

    `stops`: what the team ends or leaves to make room for it. `after`: the goals of
    the same routekaart that come earlier.
    """

    wording: FilledText
    noticeable: LongText = ""
    indicator: LongText = ""
    stops: LongText = ""
    priority: Priority | None = None
    interventions: Interventions = Field(default_factory=list)
    courses: Annotated[list[PickedCourseShape], Field(max_length=50)] = Field(default_factory=list)
    after: Goals = Field(default_factory=list)


class GoalChanges(Shape):
    """What changes; a field that is left out stays as it is. Lists replace what stood there."""

    wording: FilledText | None = None
    noticeable: LongText | None = None
    indicator: LongText | None = None
    stops: LongText | None = None
    priority: Priority | None = None
    interventions: Interventions | None = None
    courses: Annotated[list[PickedCourseShape], Field(max_length=50)] | None = None
    after: Goals | None = None


class PickedCourseReply(Reply):
    course: str
    reason: str


class GoalReply(Reply):
    id: UUID
    routekaart: UUID
    wording: str
    noticeable: str
    indicator: str
    stops: str
    priority: int
    interventions: list[str]
    courses: list[PickedCourseReply]
    after: list[UUID]
    carried_from: UUID | None = Field(
        description="Het doel van vorig schooljaar waar dit doel op doorgaat."
    )


class AnswerShape(Shape):
    """The answer to one point of one intervention; an empty text takes it back."""

    intervention: Slug
    point: Slug
    text: LongText


class Answers(Shape):
    answers: Annotated[list[AnswerShape], Field(max_length=300)]


Groups = Annotated[list[Annotated[int, Field(ge=1, le=8)]], EachOnce]
DayMinutes = Annotated[int, Field(ge=60, le=600)]


class NewStudyDay(Shape):
    """`free_groups`: year groups (1 to 8) that are free because of this day.

    Not `fixed`: a candidate date, which the planner may use or leave. `room` and `trainer` are
    what another team of the school cannot have on that day; `trainer` is somebody of the school.
    """

    date: Day
    kind: Literal["day", "afternoon"] = "day"
    title: OptionalText = ""
    starts_at: ClockTime
    minutes: DayMinutes
    free_groups: Groups = Field(default_factory=list)
    fixed: bool = True
    room: OptionalText = ""
    trainer: Id | None = None


class StudyDayChanges(Shape):
    """What changes; a field that is left out or null stays as it is.

    Only `trainer` can be emptied with null.
    """

    date: Day | None = None
    kind: Literal["day", "afternoon"] | None = None
    title: OptionalText | None = None
    starts_at: ClockTime | None = None
    minutes: DayMinutes | None = None
    free_groups: Groups | None = None
    fixed: bool | None = None
    room: OptionalText | None = None
    trainer: Id | None = None


class StudyDayReply(Reply):
    """`follow_up_on` and `evaluation_on` are own dates; empty: those of the plan."""

    id: UUID
    routekaart: UUID
    date: date
    kind: str
    title: str
    starts_at: ClockTime
    minutes: int
    free_groups: list[int]
    fixed: bool
    room: str
    trainer: UUID | None
    state: str
    programme_revision: int
    follow_up_on: MaybeDate
    evaluation_on: MaybeDate
    outcome: str


def goal_reply(goal: Goal) -> GoalReply:
    return GoalReply(
        id=goal.pk,
        routekaart=goal.routekaart_id,
        wording=goal.wording,
        noticeable=goal.noticeable,
        indicator=goal.indicator,
        stops=goal.stops,
        priority=goal.priority,
        interventions=[row.intervention_id for row in goal.goal_interventions.all()],
        courses=[
            PickedCourseReply(course=row.course_id, reason=row.reason)
            for row in goal.goal_courses.all()
        ],
        after=[earlier.pk for earlier in goal.after.all()],
        carried_from=goal.carried_from_id,
    )


def day_reply(day: StudyDay) -> StudyDayReply:
    starts_at: time = day.starts_at
    return StudyDayReply(
        id=day.pk,
        routekaart=day.routekaart_id,
        date=day.date,
        kind=day.kind,
        title=day.title,
        starts_at=starts_at,
        minutes=day.minutes,
        free_groups=day.free_groups,
        fixed=day.fixed,
        room=day.room,
        trainer=day.trainer_id,
        state=day.state,
        programme_revision=day.programme_revision,
        follow_up_on=day.follow_up_on,
        evaluation_on=day.evaluation_on,
        outcome=day.outcome,
    )
