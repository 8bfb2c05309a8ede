"""Work groups of a team over HTTP."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import Field

from routekaart.actions.organisation import work_groups as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import EachOnce, Id, Reply, Shape, ShortText, problems
from routekaart.models import WorkGroup
from routekaart.queries.organisation.work_groups import work_group_detail, work_groups_of

router = Router(tags=["Werkgroepen"])

Rhythm = Annotated[int, Field(ge=1, le=20)]
Members = Annotated[list[Id], Field(max_length=200), EachOnce]


class NewWorkGroup(Shape):
    """A few people of the team; `goal` is the one that they work on."""

    name: ShortText
    goal: Id | None = None
    rhythm_weeks: Rhythm = 2
    members: Members = Field(default_factory=list)


class WorkGroupChanges(Shape):
    """What changes; a field that is left out stays as it is. `goal` may be emptied."""

    name: ShortText | None = None
    goal: Id | None = None
    rhythm_weeks: Rhythm | None = None
    members: Members | None = None


class WorkGroupMemberReply(Reply):
    person: UUID
    name: str


class WorkGroupReply(Reply):
    id: UUID
    name: str
    goal: UUID | None
    rhythm_weeks: int
    members: list[WorkGroupMemberReply]


def _reply(group: WorkGroup) -> WorkGroupReply:
    # Marked by the query.
    members: Any = group.member_rows.all()
    return WorkGroupReply(
        id=group.pk,
        name=group.name,
        goal=group.goal_id,
        rhythm_weeks=group.rhythm_weeks,
        members=[WorkGroupMemberReply(person=row.person_id, name=row.called) for row in members],
    )


def _saved(request: SignedInRequest, group_id: UUID) -> WorkGroupReply:
    with request.auth.entered():
        return _reply(work_group_detail(by=request.auth, work_group_id=group_id))


@router.get(
    "/routekaarten/{routekaart_id}/work-groups",
    response={200: Listed[WorkGroupReply], **problems(403, 404)},
    operation_id="list_work_groups",
    summary="De werkgroepen",
)
def list_work_groups(request: SignedInRequest, routekaart_id: Id, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(work_groups_of(by=request.auth, routekaart_id=routekaart_id), page, _reply)


@router.post(
    "/routekaarten/{routekaart_id}/work-groups",
    response={201: WorkGroupReply, **problems(403, 404, 409)},
    operation_id="add_work_group",
    summary="Een werkgroep maken",
)
def add_work_group(request: SignedInRequest, routekaart_id: Id, body: NewWorkGroup) -> Any:
    group = actions.add_work_group(
        by=request.auth, routekaart_id=routekaart_id, values=body.model_dump()
    )
    return Status(201, _saved(request, group.pk))


@router.get(
    "/work-groups/{work_group_id}",
    response={200: WorkGroupReply, **problems(404)},
    operation_id="get_work_group",
    summary="Een werkgroep",
)
def get_work_group(request: SignedInRequest, work_group_id: Id) -> Any:
    return _saved(request, work_group_id)


@router.patch(
    "/work-groups/{work_group_id}",
    response={200: WorkGroupReply, **problems(403, 404, 409)},
    operation_id="change_work_group",
    summary="Een werkgroep wijzigen",
)
def change_work_group(request: SignedInRequest, work_group_id: Id, body: WorkGroupChanges) -> Any:
    values = {
        name: value
        for name, value in body.model_dump(exclude_unset=True).items()
        # Only the goal can be emptied.
        if value is not None or name == "goal"
    }
    actions.change_work_group(by=request.auth, work_group_id=work_group_id, values=values)
    return _saved(request, work_group_id)


@router.delete(
    "/work-groups/{work_group_id}",
    response={204: None, **problems(403, 404, 409)},
    operation_id="remove_work_group",
    summary="Een werkgroep opheffen",
)
def remove_work_group(request: SignedInRequest, work_group_id: Id) -> Any:
    actions.remove_work_group(by=request.auth, work_group_id=work_group_id)
    return Status(204, None)
