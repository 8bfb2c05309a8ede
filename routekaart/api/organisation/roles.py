"""The roles at a school: who has them, giving, taking back and handing over."""

from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

from ninja import Path, Router, Status

from routekaart.access import Access, Role
from routekaart.actions.organisation.handing_over import hand_over_grant
from routekaart.actions.organisation.roles import grant_role, withdraw_grant
from routekaart.api.auth import SignedInRequest
from routekaart.api.organisation.people import GrantableRole
from routekaart.api.organisation.schools import SchoolId
from routekaart.api.paging import Listed, Page, PageQuery, paged
from routekaart.api.shapes import Day, Id, Reply, Shape, problems
from routekaart.models import RoleGrant
from routekaart.queries.organisation.role_grants import role_grants_of

router = Router(tags=["Medewerkers"])

# The largest number a row of any supported database can have.
RoleGrantId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class NewRoleGrant(Shape):
    """Without days the role counts now and until it is taken back. Both days are included.

    Who has the role already gets these days.
    """

    person: Id
    role: GrantableRole
    starts_on: Day | None = None
    ends_on: Day | None = None


class RoleTaker(Shape):
    """Who takes the role over: somebody else of the school."""

    person: Id


class RoleGrantReply(Reply):
    """`of_board`: it counts at all schools of the board, and is not the school's to take back."""

    id: int
    person: UUID
    name: str
    role: str
    starts_on: date | None
    ends_on: date | None
    of_board: bool


def _role_grant_reply(grant: Any) -> RoleGrantReply:
    """Of a row of `role_grants_of`."""
    return RoleGrantReply(
        id=grant.pk,
        person=grant.person_id,
        name=grant.called,
        role=grant.role,
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        of_board=grant.board_id is not None,
    )


def _reply_again(by: Access, grant: RoleGrant) -> RoleGrantReply:
    # Read with the access of before: who gave up the own role still gets an answer. One of a board
    # is neither given nor handed over here.
    rows = role_grants_of(by=by, school_id=cast("UUID", grant.school_id))
    return _role_grant_reply(rows.get(pk=grant.pk))


@router.get(
    "/schools/{school_id}/role-grants",
    response={200: Listed[RoleGrantReply], **problems(403, 404)},
    operation_id="list_role_grants",
    summary="Wie welke rol heeft bij een school",
)
def list_role_grants(request: SignedInRequest, school_id: SchoolId, page: PageQuery[Page]) -> Any:
    return paged(role_grants_of(by=request.auth, school_id=school_id), page, _role_grant_reply)


@router.post(
    "/schools/{school_id}/role-grants",
    response={201: RoleGrantReply, **problems(403, 404, 409)},
    operation_id="create_role_grant",
    summary="Iemand een rol geven",
)
def create_role_grant(request: SignedInRequest, school_id: SchoolId, body: NewRoleGrant) -> Any:
    grant = grant_role(
        by=request.auth,
        school_id=school_id,
        person_id=body.person,
        role=Role(body.role),
        starts_on=body.starts_on,
        ends_on=body.ends_on,
    )
    return Status(201, _reply_again(request.auth, grant))


@router.delete(
    "/role-grants/{role_grant_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="withdraw_role_grant",
    summary="Een rol intrekken",
    description="De laatste schoolbeheerder kan dit niet: draag de rol dan over.",
)
def withdraw_role_grant(request: SignedInRequest, role_grant_id: RoleGrantId) -> Any:
    withdraw_grant(by=request.auth, grant_id=role_grant_id)
    return Status(204, None)


@router.post(
    "/role-grants/{role_grant_id}/hand-over",
    response={200: RoleGrantReply, **problems(403, 404, 409)},
    operation_id="hand_over_role_grant",
    summary="Een rol overdragen",
    description=(
        "In één keer: de een heeft de rol niet meer, de ander wel. Plaatsen in teams, open "
        "afspraken, studiedagen en documenten die in de maak zijn, gaan mee."
    ),
)
def hand_over_role_grant(
    request: SignedInRequest, role_grant_id: RoleGrantId, body: RoleTaker
) -> Any:
    taken = hand_over_grant(by=request.auth, grant_id=role_grant_id, taker_id=body.person)
    return _reply_again(request.auth, taken)
