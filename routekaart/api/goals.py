"""Goals, answers and study days of a routekaart over HTTP."""

from datetime import date, time
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from routekaart.actions import goals as goal_actions
from routekaart.actions import study_days as day_actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.routekaarten import RoutekaartReply, routekaart_reply
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
    problems,
)
from routekaart.models import Goal, StudyDay
from routekaart.queries.routekaarten import (
    goal_detail,
    goals_of,
    routekaart_detail,
    study_days_of,
)

router = Router(tags=["Doelen en studiedagen"])

Priority = Annotated[int, Field(ge=1, le=100)]
Interventions = Annotated[list[Slug], Field(max_length=30), EachOnce]


class PickedCourseShape(Shape):
    """A course that the team picks itself."""

    course: Slug
    reason: LongText = ""


class NewGoal(Shape):
    """A goal in learning terms. Without a priority it comes last."""

    wording: FilledText
    noticeable: LongText = ""
    indicator: LongText = ""
    priority: Priority | None = None
    interventions: Interventions = Field(default_factory=list)
    courses: Annotated[list[PickedCourseShape], Field(max_length=50)] = Field(default_factory=list)


class GoalChanges(Shape):
    """What changes; a field that is left out stays as it is. Lists replace what stood there."""

    wording: FilledText | None = None
    noticeable: LongText | None = None
    indicator: LongText | None = None
    priority: Priority | None = None
    interventions: Interventions | None = None
    courses: Annotated[list[PickedCourseShape], Field(max_length=50)] | None = None


class PickedCourseReply(Reply):
    course: str
    reason: str


class GoalReply(Reply):
    id: UUID
    routekaart: UUID
    wording: str
    noticeable: str
    indicator: str
    priority: int
    interventions: list[str]
    courses: list[PickedCourseReply]


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
    """`free_groups`: year groups (1 to 8) that are free because of this day."""

    date: Day
    kind: Literal["day", "afternoon"] = "day"
    title: OptionalText = ""
    starts_at: ClockTime
    minutes: DayMinutes
    free_groups: Groups = Field(default_factory=list)


class StudyDayChanges(Shape):
    """What changes; a field that is left out stays as it is."""

    date: Day | None = None
    kind: Literal["day", "afternoon"] | None = None
    title: OptionalText | None = None
    starts_at: ClockTime | None = None
    minutes: DayMinutes | None = None
    free_groups: Groups | None = None


class StudyDayReply(Reply):
    id: UUID
    routekaart: UUID
    date: date
    kind: str
    title: str
    starts_at: ClockTime
    minutes: int
    free_groups: list[int]


def _goal_reply(goal: Goal) -> GoalReply:
    return GoalReply(
        id=goal.pk,
        routekaart=goal.routekaart_id,
        wording=goal.wording,
        noticeable=goal.noticeable,
        indicator=goal.indicator,
        priority=goal.priority,
        interventions=[row.intervention_id for row in goal.goal_interventions.all()],
        courses=[
            PickedCourseReply(course=row.course_id, reason=row.reason)
            for row in goal.goal_courses.all()
        ],
    )


def _goal_values(body: NewGoal | GoalChanges) -> dict[str, Any]:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set
        if getattr(body, name) is not None
    }
    if body.courses is not None and "courses" in values:
        values["courses"] = [
            goal_actions.PickedCourse(course=picked.course, reason=picked.reason)
            for picked in body.courses
        ]
    return values


def _goal(request: SignedInRequest, goal_id: UUID) -> GoalReply:
    with request.auth.entered():
        return _goal_reply(goal_detail(by=request.auth, goal_id=goal_id))


@router.get(
    "/routekaarten/{routekaart_id}/goals",
    response={200: Listed[GoalReply], **problems(404)},
    operation_id="list_goals",
    summary="De ontwikkeldoelen",
)
def list_goals(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(goals_of(by=request.auth, routekaart_id=routekaart_id), page, _goal_reply)


@router.post(
    "/routekaarten/{routekaart_id}/goals",
    response={201: GoalReply, **problems(403, 404, 409)},
    operation_id="add_goal",
    summary="Een ontwikkeldoel toevoegen",
)
def add_goal(request: SignedInRequest, routekaart_id: Id, body: NewGoal) -> Any:
    goal = goal_actions.add_goal(
        by=request.auth, routekaart_id=routekaart_id, values=_goal_values(body)
    )
    return Status(201, _goal(request, goal.pk))


@router.patch(
    "/goals/{goal_id}",
    response={200: GoalReply, **problems(403, 404, 409)},
    operation_id="change_goal",
    summary="Een ontwikkeldoel wijzigen",
)
def change_goal(request: SignedInRequest, goal_id: Id, body: GoalChanges) -> Any:
    goal_actions.change_goal(by=request.auth, goal_id=goal_id, values=_goal_values(body))
    return _goal(request, goal_id)


@router.delete(
    "/goals/{goal_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="remove_goal",
    summary="Een ontwikkeldoel weghalen",
)
def remove_goal(request: SignedInRequest, goal_id: Id) -> Any:
    goal_actions.remove_goal(by=request.auth, goal_id=goal_id)
    return Status(204, None)


@router.put(
    "/routekaarten/{routekaart_id}/answers",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="save_answers",
    summary="Aandachtspunten beantwoorden",
)
def save_answers(request: SignedInRequest, routekaart_id: Id, body: Answers) -> Any:
    goal_actions.save_answers(
        by=request.auth,
        routekaart_id=routekaart_id,
        answers=[
            goal_actions.GivenAnswer(
                intervention=answer.intervention, point=answer.point, text=answer.text
            )
            for answer in body.answers
        ],
    )
    with request.auth.entered():
        return routekaart_reply(routekaart_detail(by=request.auth, routekaart_id=routekaart_id))


def _day_reply(day: StudyDay) -> StudyDayReply:
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
    )


@router.get(
    "/routekaarten/{routekaart_id}/study-days",
    response={200: Listed[StudyDayReply], **problems(404)},
    operation_id="list_study_days",
    summary="De studiedagen",
)
def list_study_days(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(study_days_of(by=request.auth, routekaart_id=routekaart_id), page, _day_reply)


@router.post(
    "/routekaarten/{routekaart_id}/study-days",
    response={201: StudyDayReply, **problems(403, 404, 409)},
    operation_id="add_study_day",
    summary="Een studiedag toevoegen",
)
def add_study_day(request: SignedInRequest, routekaart_id: Id, body: NewStudyDay) -> Any:
    day = day_actions.add_study_day(
        by=request.auth, routekaart_id=routekaart_id, values=body.model_dump()
    )
    return Status(201, _day_reply(day))


@router.patch(
    "/study-days/{study_day_id}",
    response={200: StudyDayReply, **problems(403, 404, 409)},
    operation_id="change_study_day",
    summary="Een studiedag wijzigen",
)
def change_study_day(request: SignedInRequest, study_day_id: Id, body: StudyDayChanges) -> Any:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set
        if getattr(body, name) is not None
    }
    return _day_reply(
        day_actions.change_study_day(by=request.auth, study_day_id=study_day_id, values=values)
    )


@router.delete(
    "/study-days/{study_day_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="remove_study_day",
    summary="Een studiedag weghalen",
)
def remove_study_day(request: SignedInRequest, study_day_id: Id) -> Any:
    day_actions.remove_study_day(by=request.auth, study_day_id=study_day_id)
    return Status(204, None)
