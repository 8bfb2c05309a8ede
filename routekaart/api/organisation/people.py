"""Who works at a school, with which functions and roles, and who belongs to which team."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Router, Status
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from routekaart import clock
from routekaart.access import Role
from routekaart.actions.organisation import people as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.organisation.schools import SchoolId, TeamId
from routekaart.api.paging import Listed, Page, PageQuery, paged
from routekaart.api.shapes import (
    Day,
    EachOnce,
    Email,
    Id,
    Reply,
    Shape,
    ShortText,
    Slug,
    problems,
)
from routekaart.queries.organisation.people import (
    employment_detail,
    employments_of_school,
    membership_detail,
    memberships_of_team,
    name_in_team,
)

router = Router(tags=["Medewerkers"])

EmploymentId = Annotated[Id, Path()]
MembershipId = Annotated[Id, Path()]
_SMALLEST_FTE_STEP = 3  # decimals


def _exact_fte(value: float) -> float:
    if round(value, _SMALLEST_FTE_STEP) != value:
        raise PydanticCustomError("fte_precision", "Gebruik hoogstens drie decimalen.")
    return value


Fte = Annotated[float, Field(ge=0, le=1.2), AfterValidator(_exact_fte)]
# The roles a school gives itself; the rule is `domain.roles.SCHOOL_GIVES`.
GrantableRole = Literal[
    "member",
    "team_lead",
    "trainer",
    "director",
    "mr_reader",
    "school_admin",
    "catalogue_manager",
]
Roles = Annotated[list[GrantableRole], Field(max_length=7), EachOnce]
Functions = Annotated[list[Slug], Field(max_length=20), EachOnce]
WorkingDays = Annotated[
    list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7), EachOnce
]
StudyMinutes = Annotated[int, Field(ge=0, le=2400)]


class LeaveShape(Shape):
    first_day: Day
    last_day: Day


class NewEmployment(Shape):
    """Somebody who works at the school, or has a role there. `working_days`: 1 is Monday."""

    email: Email
    name: ShortText
    roles: Roles = Field(default=["member"])
    functions: Functions = Field(default_factory=list)
    fte: Fte = 1.0
    working_days: WorkingDays = Field(default=[1, 2, 3, 4, 5])
    weekly_study_minutes: StudyMinutes | None = None
    leave: Annotated[list[LeaveShape], Field(max_length=50)] = Field(default_factory=list)


class EmploymentChanges(Shape):
    """A field that is left out or null stays as it is; a list replaces what there was.

    Only `weekly_study_minutes` can be emptied with null: then the routekaart's figure holds.
    """

    roles: Roles | None = None
    functions: Functions | None = None
    fte: Fte | None = None
    working_days: WorkingDays | None = None
    weekly_study_minutes: StudyMinutes | None = None
    leave: Annotated[list[LeaveShape], Field(max_length=50)] | None = None


class LeaveReply(Reply):
    first_day: date
    last_day: date


class EmploymentReply(Reply):
    id: UUID
    person: UUID
    school: UUID
    name: str
    email: str
    roles: list[str]
    functions: list[str]
    fte: float
    working_days: list[int]
    weekly_study_minutes: int | None
    leave: list[LeaveReply]


class NewMembership(Shape):
    """`joined_on`: today when it is left out."""

    person: Id
    joined_on: Day | None = None


class MembershipReply(Reply):
    """`functions`: at the school of the team."""

    id: UUID
    team: UUID
    person: UUID
    name: str
    functions: list[str]
    joined_on: date


def _employment_reply(employment: Any) -> EmploymentReply:
    return EmploymentReply(
        id=employment.pk,
        person=employment.person_id,
        school=employment.school_id,
        name=employment.shown_name,
        email=employment.shown_email,
        roles=[grant.role for grant in employment.person.roles_here],
        functions=employment.functions,
        fte=float(employment.fte),
        working_days=employment.working_days,
        weekly_study_minutes=employment.weekly_study_minutes,
        leave=[
            LeaveReply(first_day=leave.first_day, last_day=leave.last_day)
            for leave in employment.leaves.all()
        ],
    )


def _membership_reply(membership: Any) -> MembershipReply:
    return MembershipReply(
        id=membership.pk,
        team=membership.team_id,
        person=membership.person_id,
        name=name_in_team(membership),
        functions=[
            function
            for employment in membership.person.employments_here
            for function in employment.functions
        ],
        joined_on=membership.joined_on,
    )


def _leave(periods: list[LeaveShape]) -> list[actions.Away]:
    return [actions.Away(period.first_day, period.last_day) for period in periods]


def _fte(value: float) -> Decimal:
    return Decimal(str(value))


@router.get(
    "/schools/{school_id}/employments",
    response={200: Listed[EmploymentReply], **problems(403, 404)},
    operation_id="list_employments",
    summary="Wie er bij een school werken",
)
def list_employments(request: SignedInRequest, school_id: SchoolId, page: PageQuery[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(employments_of_school(by=by, school_id=school_id), page, _employment_reply)


@router.post(
    "/schools/{school_id}/employments",
    response={201: EmploymentReply, **problems(403, 404, 409)},
    operation_id="create_employment",
    summary="Iemand bij een school toevoegen",
)
def create_employment(request: SignedInRequest, school_id: SchoolId, body: NewEmployment) -> Any:
    by = request.auth
    employment = actions.add_employment(
        by=by,
        school_id=school_id,
        email=body.email,
        name=body.name,
        roles=[Role(role) for role in body.roles],
        functions=body.functions,
        fte=_fte(body.fte),
        working_days=body.working_days,
        weekly_study_minutes=body.weekly_study_minutes,
        leave=_leave(body.leave),
    )
    with by.entered():
        reply = _employment_reply(employment_detail(by=by, employment_id=employment.pk))
    return Status(201, reply)


@router.get(
    "/employments/{employment_id}",
    response={200: EmploymentReply, **problems(404)},
    operation_id="get_employment",
    summary="Eén medewerker bij een school",
)
def get_employment(request: SignedInRequest, employment_id: EmploymentId) -> Any:
    by = request.auth
    with by.entered():
        return _employment_reply(employment_detail(by=by, employment_id=employment_id))


@router.patch(
    "/employments/{employment_id}",
    response={200: EmploymentReply, **problems(403, 404, 409)},
    operation_id="change_employment",
    summary="Functies, werkdagen of rollen wijzigen",
)
def change_employment(
    request: SignedInRequest, employment_id: EmploymentId, body: EmploymentChanges
) -> Any:
    by = request.auth
    changes: dict[str, Any] = {
        name: getattr(body, name)
        for name in ("functions", "working_days")
        if getattr(body, name) is not None
    }
    if body.fte is not None:
        changes["fte"] = _fte(body.fte)
    if "weekly_study_minutes" in body.model_fields_set:
        changes["weekly_study_minutes"] = body.weekly_study_minutes
    actions.change_employment(
        by=by,
        employment_id=employment_id,
        changes=changes,
        roles=None if body.roles is None else [Role(role) for role in body.roles],
        leave=None if body.leave is None else _leave(body.leave),
    )
    # Read with the access of before: who gives up the own role still gets an answer.
    with by.entered():
        return _employment_reply(employment_detail(by=by, employment_id=employment_id))


@router.delete(
    "/employments/{employment_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="end_employment",
    summary="Een medewerker gaat weg van de school",
    description="Ook uit de teams. Wat openstond, vervalt; wat is afgerond, blijft bewaard.",
)
def end_employment(request: SignedInRequest, employment_id: EmploymentId) -> Any:
    actions.end_employment(by=request.auth, employment_id=employment_id)
    return Status(204, None)


@router.get(
    "/teams/{team_id}/memberships",
    response={200: Listed[MembershipReply], **problems(403, 404)},
    operation_id="list_memberships",
    summary="Wie er in een team zitten",
)
def list_memberships(request: SignedInRequest, team_id: TeamId, page: PageQuery[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(memberships_of_team(by=by, team_id=team_id), page, _membership_reply)


@router.post(
    "/teams/{team_id}/memberships",
    response={201: MembershipReply, **problems(403, 404, 409)},
    operation_id="create_membership",
    summary="Iemand in een team zetten",
)
def create_membership(request: SignedInRequest, team_id: TeamId, body: NewMembership) -> Any:
    by = request.auth
    membership = actions.add_membership(
        by=by,
        team_id=team_id,
        person_id=body.person,
        joined_on=body.joined_on or clock.today(),
    )
    with by.entered():
        return Status(201, _membership_reply(membership_detail(by=by, membership_id=membership.pk)))


@router.delete(
    "/memberships/{membership_id}",
    response={204: None, **problems(403, 404)},
    operation_id="delete_membership",
    summary="Iemand uit een team halen",
)
def delete_membership(request: SignedInRequest, membership_id: MembershipId) -> Any:
    actions.remove_membership(by=request.auth, membership_id=membership_id)
    return Status(204, None)
