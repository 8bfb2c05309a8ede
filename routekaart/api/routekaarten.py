"""Routekaarten over HTTP: fill in, submit, take back, advise, accept, return, approve."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Status
from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from routekaart.access import Permission
from routekaart.actions import routekaarten as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import (
    Day,
    EachOnce,
    FilledText,
    FindingReply,
    Id,
    LongText,
    OptionalText,
    Reply,
    Shape,
    Slug,
    finding_reply,
    problems,
)
from routekaart.domain.calendar import SchoolYear
from routekaart.models import Routekaart
from routekaart.queries.routekaarten import routekaart_detail, routekaarten_of_team
from routekaart.queries.rules import findings_of

router = Router(tags=["Routekaart"])

Minutes = Annotated[int, Field(ge=0, le=2400)]


class ChoiceShape(Shape):
    """A chosen intervention. `parameters` is what the team plans, such as sessions-per-week."""

    intervention: Slug
    programme: OptionalText = ""
    recognition: OptionalText = ""
    parameters: dict[Slug, Annotated[float, Field(ge=0, le=100_000)]] = Field(
        default_factory=dict, max_length=20
    )


class LinkShape(Shape):
    """Which chosen intervention asks for an option of category F, and why."""

    facility: Slug
    intervention: Slug
    reason: FilledText


class NewRoutekaart(Shape):
    school_year: Annotated[str, Field(pattern=r"^20[2-9]\d-20[2-9]\d$", examples=["2026-2027"])]
    reason: LongText = ""

    @field_validator("school_year")
    @classmethod
    def is_a_year(cls, value: str) -> str:
        try:
            SchoolYear.parse(value)
        except ValueError:
            raise PydanticCustomError(
                "school_year", "Schrijf een schooljaar als 2026-2027: twee jaren na elkaar."
            ) from None
        return value


class RoutekaartChanges(Shape):
    """What changes; a field that is left out stays as it is. Lists replace what stood there.

    `revision`: the revision this change is based on; another one gives 409.
    """

    revision: Annotated[int, Field(ge=1)] | None = None
    reason: LongText | None = None
    funding: Literal["own", "npo", "other"] | None = None
    platforms: Annotated[list[Literal["google", "microsoft"]], EachOnce] | None = None
    weekly_minutes: Minutes | None = None
    deadline_workdays: Annotated[int, Field(ge=0, le=60)] | None = None
    plg_rhythm_weeks: Annotated[int, Field(ge=1, le=26)] | None = None
    plg_minutes: Annotated[int, Field(ge=15, le=480)] | None = None
    interventions: Annotated[list[ChoiceShape], Field(max_length=50)] | None = None
    facility_links: Annotated[list[LinkShape], Field(max_length=100)] | None = None


class ReturnComment(Shape):
    comment: FilledText


class Approval(Shape):
    """`mr_date`: the day on which the MR agreed, if it did already."""

    mr_date: Day | None = None


class ChoiceReply(Reply):
    intervention: str
    programme: str
    recognition: str
    parameters: dict[str, float]


class LinkReply(Reply):
    facility: str
    intervention: str
    reason: str


class AnswerReply(Reply):
    intervention: str
    point: str
    text: str


class RoutekaartReply(Reply):
    id: UUID
    team: UUID
    team_name: str
    school: UUID
    school_year: str
    state: str
    state_label: str
    reason: str
    funding: str
    platforms: list[str]
    weekly_minutes: int
    deadline_workdays: int
    plg_rhythm_weeks: int
    plg_minutes: int
    interventions: list[ChoiceReply]
    facility_links: list[LinkReply]
    answers: list[AnswerReply]
    return_comment: str
    approved_on: date | None
    mr_date: date | None
    revision: int


class Findings(Reply):
    """What the rules say now; `blocks_submit` when something must be mended before submitting."""

    findings: list[FindingReply]
    blocks_submit: bool


def routekaart_reply(routekaart: Routekaart) -> RoutekaartReply:
    return RoutekaartReply(
        id=routekaart.pk,
        team=routekaart.team_id,
        team_name=routekaart.team.name,
        school=routekaart.team.school_id,
        school_year=SchoolYear(routekaart.school_year).label,
        state=routekaart.state,
        state_label=actions.STATE_WORDS[routekaart.state],
        reason=routekaart.reason,
        funding=routekaart.funding,
        platforms=routekaart.platforms,
        weekly_minutes=routekaart.weekly_minutes,
        deadline_workdays=routekaart.deadline_workdays,
        plg_rhythm_weeks=routekaart.plg_rhythm_weeks,
        plg_minutes=routekaart.plg_minutes,
        interventions=[
            ChoiceReply(
                intervention=row.intervention_id,
                programme=row.programme,
                recognition=row.recognition,
                parameters=row.parameters,
            )
            for row in routekaart.chosen.all()
        ],
        facility_links=[
            LinkReply(facility=row.facility_id, intervention=row.intervention_id, reason=row.reason)
            for row in routekaart.facility_links.all()
        ],
        answers=[
            AnswerReply(intervention=row.intervention_id, point=row.point, text=row.text)
            for row in routekaart.answers.all()
        ],
        return_comment=routekaart.return_comment,
        approved_on=routekaart.approved_on,
        mr_date=routekaart.mr_date,
        revision=routekaart.revision,
    )


def _detail(request: SignedInRequest, routekaart_id: UUID) -> RoutekaartReply:
    by = request.auth
    with by.entered():
        return routekaart_reply(routekaart_detail(by=by, routekaart_id=routekaart_id))


@router.get(
    "/teams/{team_id}/routekaarten",
    response={200: Listed[RoutekaartReply], **problems(403, 404)},
    operation_id="list_routekaarten",
    summary="De routekaarten van een team",
)
def list_routekaarten(request: SignedInRequest, team_id: Id, page: Query[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(routekaarten_of_team(by=by, team_id=team_id), page, routekaart_reply)


@router.post(
    "/teams/{team_id}/routekaarten",
    response={201: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="create_routekaart",
    summary="Een nieuwe routekaart voor een schooljaar",
)
def create_routekaart(request: SignedInRequest, team_id: Id, body: NewRoutekaart) -> Any:
    routekaart = actions.create_routekaart(
        by=request.auth,
        team_id=team_id,
        school_year=SchoolYear.parse(body.school_year).start,
        reason=body.reason,
    )
    return Status(201, _detail(request, routekaart.pk))


@router.get(
    "/routekaarten/{routekaart_id}",
    response={200: RoutekaartReply, **problems(404)},
    operation_id="get_routekaart",
    summary="Eén routekaart",
)
def get_routekaart(request: SignedInRequest, routekaart_id: Id) -> Any:
    return _detail(request, routekaart_id)


@router.patch(
    "/routekaarten/{routekaart_id}",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="change_routekaart",
    summary="Een routekaart invullen of wijzigen",
)
def change_routekaart(request: SignedInRequest, routekaart_id: Id, body: RoutekaartChanges) -> Any:
    changes: dict[str, Any] = {
        name: getattr(body, name)
        for name in body.model_fields_set - {"revision"}
        if getattr(body, name) is not None
    }
    if body.interventions is not None:
        changes["interventions"] = [
            actions.Choice(
                intervention=choice.intervention,
                programme=choice.programme,
                recognition=choice.recognition,
                parameters=choice.parameters,
            )
            for choice in body.interventions
        ]
    if body.facility_links is not None:
        changes["facility_links"] = [
            actions.Link(facility=link.facility, intervention=link.intervention, reason=link.reason)
            for link in body.facility_links
        ]
    actions.change_routekaart(
        by=request.auth, routekaart_id=routekaart_id, changes=changes, revision=body.revision
    )
    return _detail(request, routekaart_id)


@router.get(
    "/routekaarten/{routekaart_id}/findings",
    response={200: Findings, **problems(404)},
    operation_id="get_findings",
    summary="Wat de regels nu zeggen",
)
def get_findings(request: SignedInRequest, routekaart_id: Id) -> Any:
    by = request.auth
    with by.entered():
        routekaart = by.fetch(Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART)
        findings = findings_of(routekaart)
    return Findings(
        findings=[finding_reply(finding) for finding in findings],
        blocks_submit=actions.blocks_submitting(findings),
    )


@router.post(
    "/routekaarten/{routekaart_id}/submit",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="submit_routekaart",
    summary="Indienen bij de trainer",
)
def submit_routekaart(request: SignedInRequest, routekaart_id: Id) -> Any:
    actions.submit(by=request.auth, routekaart_id=routekaart_id)
    return _detail(request, routekaart_id)


@router.post(
    "/routekaarten/{routekaart_id}/withdraw",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="withdraw_routekaart",
    summary="Indienen ongedaan maken",
)
def withdraw_routekaart(request: SignedInRequest, routekaart_id: Id) -> Any:
    actions.withdraw(by=request.auth, routekaart_id=routekaart_id)
    return _detail(request, routekaart_id)


@router.post(
    "/routekaarten/{routekaart_id}/return",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="return_routekaart",
    summary="Teruggeven aan het team, met opmerking",
)
def return_routekaart(request: SignedInRequest, routekaart_id: Id, body: ReturnComment) -> Any:
    actions.return_to_team(by=request.auth, routekaart_id=routekaart_id, comment=body.comment)
    return _detail(request, routekaart_id)


@router.post(
    "/routekaarten/{routekaart_id}/approve",
    response={200: RoutekaartReply, **problems(403, 404, 409)},
    operation_id="approve_routekaart",
    summary="Vaststellen",
)
def approve_routekaart(request: SignedInRequest, routekaart_id: Id, body: Approval) -> Any:
    actions.approve(
        by=request.auth,
        routekaart_id=routekaart_id,
        on=timezone.localdate(),
        mr_date=body.mr_date,
    )
    return _detail(request, routekaart_id)
