"""What a school sets for itself: its calendar, its courses, its wish for a package."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Path, Router, Status
from pydantic import Field

from routekaart.actions.organisation import school_settings as actions
from routekaart.api.auth import SignedInRequest
from routekaart.api.organisation.schools import SchoolId
from routekaart.api.paging import Listed, Page, PageQuery, paged
from routekaart.api.shapes import Day, Reply, Shape, ShortText, Slug, WebAddress, problems
from routekaart.models import CalendarOverride
from routekaart.queries.organisation.schools import calendar_overrides_of, course_with_override

router = Router(tags=["School"])

# The largest number a row of any supported database can have.
OverrideId = Annotated[int, Path(ge=1, le=2**63 - 1)]
CourseSlug = Annotated[Slug, Path()]


class NewCalendarOverride(Shape):
    """A period, both days included. `closed` false: open although the region has a holiday."""

    title: ShortText
    first_day: Day
    last_day: Day
    closed: bool = True


class CalendarOverrideReply(Reply):
    id: int
    title: str
    first_day: date
    last_day: date
    closed: bool


class CourseOverrideShape(Shape):
    """All that a school says of a course. Leaving everything out takes it back."""

    duration_minutes: Annotated[int, Field(ge=1, le=6000)] | None = None
    url: WebAddress | Literal[""] = ""
    confirmed_available_on: Day | None = None


class CourseOverrideReply(Reply):
    """`catalogue_minutes` is what holds without `duration_minutes`."""

    course: str
    title: str
    catalogue_minutes: int
    duration_minutes: int | None
    url: str
    confirmed_available_on: date | None


class NewQuoteRequest(Shape):
    package: Slug


class QuoteRequestReply(Reply):
    package: str
    school: UUID
    requested_at: datetime


def _calendar_override_reply(override: CalendarOverride) -> CalendarOverrideReply:
    return CalendarOverrideReply(
        id=override.pk,
        title=override.title,
        first_day=override.first_day,
        last_day=override.last_day,
        closed=override.closed,
    )


@router.get(
    "/schools/{school_id}/calendar-overrides",
    response={200: Listed[CalendarOverrideReply], **problems(404)},
    operation_id="list_calendar_overrides",
    summary="Waar de kalender van de school afwijkt",
)
def list_calendar_overrides(
    request: SignedInRequest, school_id: SchoolId, page: PageQuery[Page]
) -> Any:
    by = request.auth
    with by.entered():
        return paged(
            calendar_overrides_of(by=by, school_id=school_id), page, _calendar_override_reply
        )


@router.post(
    "/schools/{school_id}/calendar-overrides",
    response={201: CalendarOverrideReply, **problems(403, 404)},
    operation_id="create_calendar_override",
    summary="Een afwijking van de kalender toevoegen",
)
def create_calendar_override(
    request: SignedInRequest, school_id: SchoolId, body: NewCalendarOverride
) -> Any:
    made = actions.add_calendar_override(
        by=request.auth,
        school_id=school_id,
        title=body.title,
        first_day=body.first_day,
        last_day=body.last_day,
        closed=body.closed,
    )
    return Status(201, _calendar_override_reply(made))


@router.delete(
    "/calendar-overrides/{override_id}",
    response={204: None, **problems(403, 404)},
    operation_id="delete_calendar_override",
    summary="Een afwijking van de kalender weghalen",
)
def delete_calendar_override(request: SignedInRequest, override_id: OverrideId) -> Any:
    actions.remove_calendar_override(by=request.auth, override_id=override_id)
    return Status(204, None)


def _course_reply(request: SignedInRequest, school_id: UUID, slug: str) -> CourseOverrideReply:
    course, override = course_with_override(by=request.auth, school_id=school_id, course=slug)
    return CourseOverrideReply(
        course=course.slug,
        title=course.title,
        catalogue_minutes=course.duration_minutes,
        duration_minutes=override.duration_minutes if override else None,
        url=override.url if override else "",
        confirmed_available_on=override.confirmed_available_on if override else None,
    )


@router.get(
    "/schools/{school_id}/course-overrides/{course}",
    response={200: CourseOverrideReply, **problems(404)},
    operation_id="get_course_override",
    summary="Wat een school over een cursus heeft ingevuld",
)
def get_course_override(request: SignedInRequest, school_id: SchoolId, course: CourseSlug) -> Any:
    return _course_reply(request, school_id, course)


@router.put(
    "/schools/{school_id}/course-overrides/{course}",
    response={200: CourseOverrideReply, **problems(403, 404)},
    operation_id="set_course_override",
    summary="Duur, adres of beschikbaarheid van een cursus invullen",
)
def set_course_override(
    request: SignedInRequest, school_id: SchoolId, course: CourseSlug, body: CourseOverrideShape
) -> Any:
    actions.set_course_override(
        by=request.auth,
        school_id=school_id,
        course=course,
        duration_minutes=body.duration_minutes,
        url=body.url,
        confirmed_available_on=body.confirmed_available_on,
    )
    return _course_reply(request, school_id, course)


@router.post(
    "/schools/{school_id}/quote-requests",
    response={200: QuoteRequestReply, 201: QuoteRequestReply, **problems(403, 404, 409)},
    operation_id="create_quote_request",
    summary="Een offerte vragen voor een pakket",
    description="Er wordt niets verstuurd. Wie twee keer vraagt, krijgt 200 in plaats van 201.",
)
def create_quote_request(
    request: SignedInRequest, school_id: SchoolId, body: NewQuoteRequest
) -> Any:
    made, new = actions.request_quote(by=request.auth, school_id=school_id, package=body.package)
    reply = QuoteRequestReply(
        package=made.package_id, school=school_id, requested_at=made.requested_at
    )
    return Status(201 if new else 200, reply)
