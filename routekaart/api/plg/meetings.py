"""Meetings of a PLG over HTTP."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from routekaart import clock
from routekaart.actions.plg import meetings as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.plg.shapes import (
    ClosingPlgMeeting,
    NewPlgMeeting,
    PlgMeetingChanges,
    PlgMeetingDetail,
    PlgMeetingReply,
    SkippingPlgMeeting,
    meeting_detail_reply,
    meeting_reply,
)
from routekaart.api.shapes import Id, problems
from routekaart.domain.errors import BadInput
from routekaart.queries.plg.cycles import meeting_detail, meetings_of

router = Router(tags=["PLG"])


def _values(body: NewPlgMeeting | PlgMeetingChanges) -> dict[str, Any]:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set
        if name == "starts_at" or getattr(body, name) is not None
    }
    if body.agenda is not None:
        values["agenda"] = [item.item() for item in body.agenda]
    return values


def _meeting(request: SignedInRequest, meeting_id: UUID) -> PlgMeetingDetail:
    by = request.auth
    with by.entered():
        return meeting_detail_reply(meeting_detail(by=by, meeting_id=meeting_id))


@router.get(
    "/plg-cycles/{plg_cycle_id}/meetings",
    response={200: Listed[PlgMeetingReply], **problems(404)},
    operation_id="list_plg_meetings",
    summary="De bijeenkomsten van een PLG",
)
def list_plg_meetings(request: SignedInRequest, plg_cycle_id: Id, page: Query[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(meetings_of(by=by, cycle_id=plg_cycle_id), page, meeting_reply)


@router.post(
    "/plg-cycles/{plg_cycle_id}/meetings",
    response={201: PlgMeetingDetail, **problems(403, 404, 409)},
    operation_id="create_plg_meeting",
    summary="Een bijeenkomst toevoegen",
)
def create_plg_meeting(request: SignedInRequest, plg_cycle_id: Id, body: NewPlgMeeting) -> Any:
    made = actions.add_meeting(by=request.auth, cycle_id=plg_cycle_id, values=_values(body))
    return Status(201, _meeting(request, made.pk))


@router.get(
    "/plg-meetings/{plg_meeting_id}",
    response={200: PlgMeetingDetail, **problems(404)},
    operation_id="get_plg_meeting",
    summary="Eén bijeenkomst, met wat er op tafel ligt",
)
def get_plg_meeting(request: SignedInRequest, plg_meeting_id: Id) -> Any:
    return _meeting(request, plg_meeting_id)


@router.patch(
    "/plg-meetings/{plg_meeting_id}",
    response={200: PlgMeetingDetail, **problems(403, 404, 409)},
    operation_id="change_plg_meeting",
    summary="Een bijeenkomst wijzigen",
)
def change_plg_meeting(
    request: SignedInRequest, plg_meeting_id: Id, body: PlgMeetingChanges
) -> Any:
    actions.change_meeting(by=request.auth, meeting_id=plg_meeting_id, values=_values(body))
    return _meeting(request, plg_meeting_id)


@router.post(
    "/plg-meetings/{plg_meeting_id}/close",
    response={200: PlgMeetingDetail, **problems(403, 404, 409)},
    operation_id="close_plg_meeting",
    summary="Een bijeenkomst afsluiten",
    description="Kan vanaf de dag zelf, met op elk van de vier vragen een antwoord, of waarom er "
    "geen antwoord is.",
)
def close_plg_meeting(request: SignedInRequest, plg_meeting_id: Id, body: ClosingPlgMeeting) -> Any:
    answers = {answer.question: answer.given() for answer in body.answers}
    if len(answers) < len(body.answers):
        raise BadInput("answers", "Beantwoord elke vraag maar één keer.", code="listed_twice")
    actions.close_meeting(
        by=request.auth,
        meeting_id=plg_meeting_id,
        answers=answers,
        decisions=body.decisions,
        today=clock.today(),
    )
    return _meeting(request, plg_meeting_id)


@router.post(
    "/plg-meetings/{plg_meeting_id}/skip",
    response={200: PlgMeetingDetail, **problems(403, 404, 409)},
    operation_id="skip_plg_meeting",
    summary="Een bijeenkomst overslaan",
)
def skip_plg_meeting(request: SignedInRequest, plg_meeting_id: Id, body: SkippingPlgMeeting) -> Any:
    actions.skip_meeting(by=request.auth, meeting_id=plg_meeting_id, reason=body.reason)
    return _meeting(request, plg_meeting_id)


@router.post(
    "/plg-meetings/{plg_meeting_id}/reopen",
    response={200: PlgMeetingDetail, **problems(403, 404, 409)},
    operation_id="reopen_plg_meeting",
    summary="Een bijeenkomst heropenen",
)
def reopen_plg_meeting(request: SignedInRequest, plg_meeting_id: Id) -> Any:
    actions.reopen_meeting(by=request.auth, meeting_id=plg_meeting_id)
    return _meeting(request, plg_meeting_id)
