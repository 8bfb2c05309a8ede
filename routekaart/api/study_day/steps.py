"""How far a study day is, its steps, and the moments after it, over HTTP."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router

from routekaart import clock
from routekaart.actions.study_day.steps import set_moments, step_study_day
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.routekaarten.date_shapes import SavedStudyDay
from routekaart.api.routekaarten.goal_shapes import MaybeDate, StudyDayReply, day_reply
from routekaart.api.shapes import Day, Id, LongText, Reply, Shape, finding_reply, problems
from routekaart.domain.readiness import Check, Moment
from routekaart.queries.routekaarten.appointments import own_moment_findings
from routekaart.queries.study_day.readiness import DayReadiness, day_readiness, readiness_board

router = Router(tags=["Voorbereiding van een studiedag"])


class Closing(Shape):
    """`outcome`: what the day brought, for whoever joins later."""

    outcome: LongText = ""


class DayMoments(Shape):
    """Own dates; a field that is left out stays as it is, null is that of the plan again."""

    follow_up_on: Day | None = None
    evaluation_on: Day | None = None


class ReadinessCheckReply(Reply):
    """`todo` says what to do, and is empty when it is in order."""

    code: str
    ok: bool
    text: str
    todo: str


class ReadinessMomentReply(Reply):
    """`date` lies `working_days_before` the study day; empty where the year is too short."""

    working_days_before: int
    date: date | None
    reached: bool
    ok: bool
    checks: list[str]


class ReadinessReply(Reply):
    """`preparation_done` of `preparation_asked`: counted in courses of people.

    Of courses that at least five people do, as in the progress of the team; else both are empty.
    """

    study_day: UUID
    date: date
    title: str
    state: str
    checks: list[ReadinessCheckReply]
    moments: list[ReadinessMomentReply]
    preparation_asked: int | None
    preparation_done: int | None
    open_topics: int
    open_notes: int
    follow_up_on: MaybeDate
    evaluation_on: MaybeDate


def _check_reply(check: Check) -> ReadinessCheckReply:
    return ReadinessCheckReply(code=check.code.value, ok=check.ok, text=check.text, todo=check.todo)


def _moment_reply(moment: Moment) -> ReadinessMomentReply:
    return ReadinessMomentReply(
        working_days_before=moment.days_before,
        date=moment.on,
        reached=moment.reached,
        ok=moment.ok,
        checks=[code.value for code in moment.checks],
    )


def _reply(found: DayReadiness) -> ReadinessReply:
    day, facts = found.day, found.facts
    shown = facts.prepared.asked > 0
    return ReadinessReply(
        study_day=day.pk,
        date=day.date,
        title=day.title,
        state=day.state,
        checks=[_check_reply(check) for check in found.readiness.checks],
        moments=[_moment_reply(moment) for moment in found.readiness.moments],
        preparation_asked=facts.prepared.asked if shown else None,
        preparation_done=facts.prepared.done if shown else None,
        open_topics=facts.open_topics,
        open_notes=facts.open_notes,
        follow_up_on=facts.follow_up_on,
        evaluation_on=facts.evaluation_on,
    )


@router.get(
    "/study-days/{study_day_id}/readiness",
    response={200: ReadinessReply, **problems(404)},
    operation_id="get_readiness",
    summary="Hoe ver een studiedag is",
)
def get_readiness(request: SignedInRequest, study_day_id: Id) -> Any:
    return _reply(day_readiness(by=request.auth, study_day_id=study_day_id, today=clock.today()))


@router.get(
    "/routekaarten/{routekaart_id}/readiness",
    response={200: Listed[ReadinessReply], **problems(404)},
    operation_id="list_readiness",
    summary="Hoe ver alle studiedagen zijn",
)
def list_readiness(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    found = readiness_board(by=request.auth, routekaart_id=routekaart_id, today=clock.today())
    return paged(found, page, _reply)


def _stepped(
    request: SignedInRequest, study_day_id: UUID, step: str, outcome: str = ""
) -> StudyDayReply:
    return day_reply(
        step_study_day(
            by=request.auth,
            study_day_id=study_day_id,
            step=step,
            outcome=outcome,
            today=clock.today(),
        )
    )


@router.post(
    "/study-days/{study_day_id}/ready",
    response={200: StudyDayReply, **problems(403, 404, 409)},
    operation_id="mark_study_day_ready",
    summary="Een studiedag klaarzetten",
    description="Kan als er een doel, voorbereiding, een programma en een vervolgmoment is.",
)
def mark_ready(request: SignedInRequest, study_day_id: Id) -> Any:
    return _stepped(request, study_day_id, "mark_ready")


@router.post(
    "/study-days/{study_day_id}/back-to-preparing",
    response={200: StudyDayReply, **problems(403, 404, 409)},
    operation_id="prepare_study_day_again",
    summary="Een studiedag terugzetten naar voorbereiding",
)
def back_to_preparing(request: SignedInRequest, study_day_id: Id) -> Any:
    return _stepped(request, study_day_id, "back_to_preparing")


@router.post(
    "/study-days/{study_day_id}/close",
    response={200: StudyDayReply, **problems(403, 404, 409)},
    operation_id="close_study_day",
    summary="Een studiedag afsluiten",
    description="Kan vanaf de dag zelf, als er minstens één afspraak is en een datum voor de "
    "evaluatie.",
)
def close(request: SignedInRequest, study_day_id: Id, body: Closing) -> Any:
    return _stepped(request, study_day_id, "close", outcome=body.outcome)


@router.post(
    "/study-days/{study_day_id}/reopen",
    response={200: StudyDayReply, **problems(403, 404, 409)},
    operation_id="reopen_study_day",
    summary="Een studiedag heropenen",
)
def reopen(request: SignedInRequest, study_day_id: Id) -> Any:
    return _stepped(request, study_day_id, "reopen")


@router.patch(
    "/study-days/{study_day_id}/moments",
    response={200: SavedStudyDay, **problems(403, 404, 409)},
    operation_id="set_study_day_moments",
    summary="Vervolg en evaluatie van een studiedag kiezen",
)
def patch_moments(request: SignedInRequest, study_day_id: Id, body: DayMoments) -> Any:
    values = {name: getattr(body, name) for name in sorted(body.model_fields_set)}
    day = set_moments(by=request.auth, study_day_id=study_day_id, values=values)
    return SavedStudyDay(
        **day_reply(day).model_dump(),
        findings=[finding_reply(finding) for finding in own_moment_findings(day)],
    )
