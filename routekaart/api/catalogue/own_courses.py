"""A school's own courses over HTTP."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Query, Router, Status
from pydantic import Field

from routekaart.actions.catalogue import own_courses as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.organisation.schools import SchoolId
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import (
    FindingReply,
    LongText,
    OptionalText,
    Reply,
    Shape,
    ShortText,
    WebAddress,
    problems,
)
from routekaart.api.text_warnings import bsn_replies
from routekaart.models import SchoolCourse
from routekaart.queries.catalogue.own_courses import own_course_detail, own_courses_of

router = Router(tags=["School"])

# The largest number a row of any supported database can have.
OwnCourseId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Minutes = Annotated[int, Field(ge=1, le=6000)]


class NewOwnCourse(Shape):
    """A course that the catalogue does not have. `minutes` is the school's own statement."""

    title: ShortText
    minutes: Minutes
    provider: OptionalText = ""
    url: WebAddress | Literal[""] = ""
    note: LongText = ""


class OwnCourseChanges(Shape):
    """What is left out stays. `in_use` false: it is offered to nobody any more."""

    title: ShortText | None = None
    minutes: Minutes | None = None
    provider: OptionalText | None = None
    url: WebAddress | Literal[""] | None = None
    note: LongText | None = None
    in_use: bool | None = None


class OwnCourseReply(Reply):
    """`course` is the slug by which everything else names it."""

    id: int
    school: UUID
    course: str
    title: str
    provider: str
    minutes: int
    url: str
    note: str
    in_use: bool
    findings: list[FindingReply]


def _reply(own: SchoolCourse) -> OwnCourseReply:
    marks: Any = own  # what the query brought along
    return OwnCourseReply(
        id=own.pk,
        school=own.school_id,
        course=own.course_id,
        title=own.course.title,
        provider=own.provider,
        minutes=own.course.duration_minutes,
        url=marks.address or "",
        note=own.course.note,
        in_use=own.course.retired_at is None,
        findings=bsn_replies({"title": own.course.title, "note": own.course.note}),
    )


@router.get(
    "/schools/{school_id}/own-courses",
    response={200: Listed[OwnCourseReply], **problems(404)},
    operation_id="list_own_courses",
    summary="De eigen cursussen van een school",
)
def list_own_courses(request: SignedInRequest, school_id: SchoolId, page: Query[Page]) -> Any:
    with request.auth.entered():
        return paged(own_courses_of(by=request.auth, school_id=school_id), page, _reply)


@router.post(
    "/schools/{school_id}/own-courses",
    response={201: OwnCourseReply, **problems(403, 404)},
    operation_id="add_own_course",
    summary="Een eigen cursus toevoegen",
    description="Alleen de eigen school ziet deze cursus.",
)
def add_own_course(request: SignedInRequest, school_id: SchoolId, body: NewOwnCourse) -> Any:
    made = actions.add_own_course(
        by=request.auth,
        school_id=school_id,
        title=body.title,
        minutes=body.minutes,
        provider=body.provider,
        url=body.url,
        note=body.note,
    )
    return Status(201, _reply(own_course_detail(by=request.auth, own_course_id=made.pk)))


@router.get(
    "/own-courses/{own_course_id}",
    response={200: OwnCourseReply, **problems(404)},
    operation_id="get_own_course",
    summary="Eén eigen cursus",
)
def get_own_course(request: SignedInRequest, own_course_id: OwnCourseId) -> Any:
    return _reply(own_course_detail(by=request.auth, own_course_id=own_course_id))


@router.patch(
    "/own-courses/{own_course_id}",
    response={200: OwnCourseReply, **problems(403, 404)},
    operation_id="change_own_course",
    summary="Een eigen cursus wijzigen",
)
def change_own_course(
    request: SignedInRequest, own_course_id: OwnCourseId, body: OwnCourseChanges
) -> Any:
    values = {
        name: getattr(body, name)
        for name in body.model_fields_set
        if getattr(body, name) is not None
    }
    actions.change_own_course(by=request.auth, own_course_id=own_course_id, values=values)
    return _reply(own_course_detail(by=request.auth, own_course_id=own_course_id))
