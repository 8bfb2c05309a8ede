"""Goals, answers and study days of a routekaart over HTTP."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from routekaart import clock
from routekaart.actions.routekaarten import goals as goal_actions
from routekaart.actions.routekaarten import study_days as day_actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.routekaarten.date_shapes import SavedStudyDay
from routekaart.api.routekaarten.goal_shapes import (
    Answers,
    GoalChanges,
    GoalReply,
    NewGoal,
    NewStudyDay,
    StudyDayChanges,
    StudyDayReply,
    day_reply,
    goal_reply,
)
from routekaart.api.routekaarten.routekaart_shapes import (
    AnswersReply,
    RoutekaartReply,
    answer_replies,
    routekaart_reply,
)
from routekaart.api.shapes import Id, finding_reply, problems
from routekaart.models import StudyDay
from routekaart.queries.routekaarten.dates import study_day_warnings
from routekaart.queries.routekaarten.routekaarten import (
    goal_detail,
    goals_of,
    routekaart_detail,
    study_day_detail,
    study_days_of,
)

router = Router(tags=["Doelen en studiedagen"])


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
        return goal_reply(goal_detail(by=request.auth, goal_id=goal_id))


@router.get(
    "/routekaarten/{routekaart_id}/goals",
    response={200: Listed[GoalReply], **problems(404)},
    operation_id="list_goals",
    summary="De ontwikkeldoelen",
)
def list_goals(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(goals_of(by=request.auth, routekaart_id=routekaart_id), page, goal_reply)


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


@router.get(
    "/goals/{goal_id}",
    response={200: GoalReply, **problems(404)},
    operation_id="get_goal",
    summary="Eén ontwikkeldoel",
)
def get_goal(request: SignedInRequest, goal_id: Id) -> Any:
    return _goal(request, goal_id)


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


@router.get(
    "/routekaarten/{routekaart_id}/answers",
    response={200: AnswersReply, **problems(404)},
    operation_id="get_answers",
    summary="Wat er bij de aandachtspunten staat",
    description="Van wat nu gekozen is. Het schrijven van antwoorden weegt de ETag hiervan.",
)
def get_answers(request: SignedInRequest, routekaart_id: Id) -> Any:
    with request.auth.entered():
        found = routekaart_detail(by=request.auth, routekaart_id=routekaart_id)
        return AnswersReply(answers=answer_replies(found))


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


def _saved(request: SignedInRequest, day: StudyDay) -> SavedStudyDay:
    with request.auth.entered():
        findings = study_day_warnings(day, today=clock.today())
    return SavedStudyDay(
        **day_reply(day).model_dump(), findings=[finding_reply(finding) for finding in findings]
    )


@router.get(
    "/routekaarten/{routekaart_id}/study-days",
    response={200: Listed[StudyDayReply], **problems(404)},
    operation_id="list_study_days",
    summary="De studiedagen",
)
def list_study_days(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(study_days_of(by=request.auth, routekaart_id=routekaart_id), page, day_reply)


@router.post(
    "/routekaarten/{routekaart_id}/study-days",
    response={201: SavedStudyDay, **problems(403, 404, 409)},
    operation_id="add_study_day",
    summary="Een studiedag toevoegen",
)
def add_study_day(request: SignedInRequest, routekaart_id: Id, body: NewStudyDay) -> Any:
    day = day_actions.add_study_day(
        by=request.auth, routekaart_id=routekaart_id, values=body.model_dump()
    )
    return Status(201, _saved(request, day))


@router.get(
    "/study-days/{study_day_id}",
    response={200: StudyDayReply, **problems(404)},
    operation_id="get_study_day",
    summary="Eén studiedag",
)
def get_study_day(request: SignedInRequest, study_day_id: Id) -> Any:
    return day_reply(study_day_detail(by=request.auth, study_day_id=study_day_id))


@router.patch(
    "/study-days/{study_day_id}",
    response={200: SavedStudyDay, **problems(403, 404, 409)},
    operation_id="change_study_day",
    summary="Een studiedag wijzigen",
)
def change_study_day(request: SignedInRequest, study_day_id: Id, body: StudyDayChanges) -> Any:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set
        # Only the trainer can be emptied.
        if getattr(body, name) is not None or name == "trainer"
    }
    day = day_actions.change_study_day(by=request.auth, study_day_id=study_day_id, values=values)
    return _saved(request, day)


@router.delete(
    "/study-days/{study_day_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="remove_study_day",
    summary="Een studiedag weghalen",
)
def remove_study_day(request: SignedInRequest, study_day_id: Id) -> Any:
    day_actions.remove_study_day(by=request.auth, study_day_id=study_day_id)
    return Status(204, None)
