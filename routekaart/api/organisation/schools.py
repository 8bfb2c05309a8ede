"""Who am I, my schools and their teams."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Router, Status
from pydantic import Field

from routekaart.access import Access
from routekaart.actions.organisation import schools as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, PageQuery, paged
from routekaart.api.routekaarten.date_shapes import OwnNumbers
from routekaart.api.shapes import (
    Day,
    EachOnce,
    Id,
    Reply,
    Shape,
    ShortText,
    Slug,
    WebAddress,
    problems,
)
from routekaart.models import School
from routekaart.queries.organisation.schools import (
    own_teams,
    school_detail,
    schools_of,
    team_detail,
    teams_of_school,
)

router = Router(tags=["School"])

SchoolId = Annotated[Id, Path()]
TeamId = Annotated[Id, Path()]


class SchoolOfMe(Reply):
    id: UUID
    name: str
    roles: list[str]


class TeamOfMe(Reply):
    id: UUID
    name: str
    school: UUID


class Me(Reply):
    """The person behind the token, and where the token reaches."""

    id: UUID
    name: str
    email: str
    schools: list[SchoolOfMe]
    teams: list[TeamOfMe]


class SchoolReply(Reply):
    """`roles`: your own roles at this school."""

    id: UUID
    name: str
    brin: str
    board: str
    sector: str
    region: str
    packages: list[str]
    academy_url: str
    free_on_good_friday: bool
    free_on_liberation_day: bool
    progress_by_name_since: date | None
    date_numbers: OwnNumbers
    skin: str
    completion_months: int
    roles: list[str]


class SchoolChanges(Shape):
    """A field that is left out or null stays as it is.

    Only `progress_by_name_since` can be emptied with null: without the consent of the MR,
    progress is not shown by name. `skin`: in whose words the quality cycle is shown.
    """

    name: ShortText | None = None
    region: Literal["Noord", "Midden", "Zuid"] | None = None
    packages: Annotated[list[Slug], Field(max_length=50), EachOnce] | None = None
    academy_url: WebAddress | Literal[""] | None = None
    free_on_good_friday: bool | None = None
    free_on_liberation_day: bool | None = None
    progress_by_name_since: Day | None = None
    # All of them at once: what is left out goes back to the number of the rule.
    date_numbers: OwnNumbers | None = None
    skin: Literal["plain", "pdca", "leerkracht", "wmk", "hgw"] | None = None
    completion_months: Annotated[int, Field(ge=1, le=240)] | None = Field(
        None, description="Hoe oud een afronding mag zijn om mee te tellen, in maanden."
    )


class TeamReply(Reply):
    id: UUID
    school: UUID
    name: str
    member_count: int


class TeamShape(Shape):
    name: ShortText


def _roles(by: Access, school: UUID) -> list[str]:
    return sorted(role.value for role in by.roles.get(school, ()))


def _school_reply(by: Access, school: School) -> SchoolReply:
    return SchoolReply(
        id=school.pk,
        name=school.name,
        brin=school.brin,
        board=school.board.name,
        sector=school.sector,
        region=school.region,
        packages=school.packages,
        academy_url=school.academy_url,
        free_on_good_friday=school.free_on_good_friday,
        free_on_liberation_day=school.free_on_liberation_day,
        progress_by_name_since=school.progress_by_name_since,
        date_numbers=OwnNumbers.of(school.date_numbers),
        skin=school.skin,
        completion_months=school.completion_months,
        roles=_roles(by, school.pk),
    )


def _team_reply(team: Any) -> TeamReply:
    return TeamReply(
        id=team.pk, school=team.school_id, name=team.name, member_count=team.member_count
    )


@router.get(
    "/me", response={200: Me}, operation_id="get_me", summary="Wie ik ben en waar ik bij kan"
)
def get_me(request: SignedInRequest) -> Any:
    by = request.auth
    with by.entered():
        schools = list(schools_of(by=by))
    return Me(
        id=by.person.pk,
        name=by.person.name,
        email=by.person.email,
        schools=[
            SchoolOfMe(id=school.pk, name=school.name, roles=_roles(by, school.pk))
            for school in schools
        ],
        teams=[
            TeamOfMe(id=team.pk, name=team.name, school=team.school_id) for team in own_teams(by=by)
        ],
    )


@router.get(
    "/schools",
    response={200: Listed[SchoolReply]},
    operation_id="list_schools",
    summary="De scholen waar ik bij kan",
)
def list_schools(request: SignedInRequest, page: PageQuery[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(schools_of(by=by), page, lambda school: _school_reply(by, school))


@router.get(
    "/schools/{school_id}",
    response={200: SchoolReply, **problems(404)},
    operation_id="get_school",
    summary="Eén school",
)
def get_school(request: SignedInRequest, school_id: SchoolId) -> Any:
    by = request.auth
    return _school_reply(by, school_detail(by=by, school_id=school_id))


@router.patch(
    "/schools/{school_id}",
    response={200: SchoolReply, **problems(403, 404)},
    operation_id="change_school",
    summary="Gegevens van een school wijzigen",
)
def change_school(request: SignedInRequest, school_id: SchoolId, body: SchoolChanges) -> Any:
    by = request.auth
    changes = {
        name: getattr(body, name)
        for name in body.model_fields_set
        if name == "progress_by_name_since" or getattr(body, name) is not None
    }
    if body.date_numbers is not None:
        changes["date_numbers"] = body.date_numbers.by_slug()
    actions.change_school(by=by, school_id=school_id, changes=changes)
    return _school_reply(by, school_detail(by=by, school_id=school_id))


@router.get(
    "/schools/{school_id}/teams",
    response={200: Listed[TeamReply], **problems(404)},
    operation_id="list_teams",
    summary="De teams van een school",
)
def list_teams(request: SignedInRequest, school_id: SchoolId, page: PageQuery[Page]) -> Any:
    by = request.auth
    with by.entered():
        return paged(teams_of_school(by=by, school_id=school_id), page, _team_reply)


@router.post(
    "/schools/{school_id}/teams",
    response={201: TeamReply, **problems(403, 404, 409)},
    operation_id="create_team",
    summary="Een team toevoegen",
)
def create_team(request: SignedInRequest, school_id: SchoolId, body: TeamShape) -> Any:
    by = request.auth
    team = actions.add_team(by=by, school_id=school_id, name=body.name)
    return Status(201, _team_reply(team_detail(by=by, team_id=team.pk)))


@router.get(
    "/teams/{team_id}",
    response={200: TeamReply, **problems(404)},
    operation_id="get_team",
    summary="Eén team",
)
def get_team(request: SignedInRequest, team_id: TeamId) -> Any:
    return _team_reply(team_detail(by=request.auth, team_id=team_id))


@router.patch(
    "/teams/{team_id}",
    response={200: TeamReply, **problems(403, 404, 409)},
    operation_id="change_team",
    summary="Een team een andere naam geven",
)
def change_team(request: SignedInRequest, team_id: TeamId, body: TeamShape) -> Any:
    by = request.auth
    actions.rename_team(by=by, team_id=team_id, name=body.name)
    return _team_reply(team_detail(by=by, team_id=team_id))
