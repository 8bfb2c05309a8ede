"""Secret addresses of calendars, and a study day as a file for the calendar, over HTTP."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from ninja import Query, Router, Status
from pydantic import Field

from routekaart import clock
from routekaart.actions.calendar_feed.addresses import make_address, stop_address
from routekaart.actions.calendar_feed.serving import study_day_file
from routekaart.api.auth import SignedInRequest
from routekaart.api.paging import Listed, Page, paged
from routekaart.api.shapes import Id, Reply, Shape, problems
from routekaart.formats.ics import MEDIA_TYPE
from routekaart.models import CalendarFeed
from routekaart.queries.calendar_feed.feeds import working_feeds

router = Router(tags=["Agenda"])


class WantedFeed(Shape):
    """`team` is left out or null for one's own calendar."""

    team: Id | None = None


class FeedReply(Reply):
    """`team` is null for one's own calendar. The address itself is never told again."""

    id: UUID
    team: UUID | None
    made_at: datetime
    fetched_on: date | None


class NewFeedReply(FeedReply):
    """With the address, for the only time."""

    address: str = Field(description="Wie dit adres heeft, kan meelezen.")


def _feed(feed: CalendarFeed) -> FeedReply:
    return FeedReply(**_values(feed))


def _values(feed: CalendarFeed) -> dict[str, Any]:
    return {
        "id": feed.pk,
        "team": feed.team_id,
        "made_at": feed.made_at,
        "fetched_on": feed.fetched_on,
    }


@router.get(
    "/me/calendar-feeds",
    response={200: Listed[FeedReply]},
    operation_id="list_calendar_feeds",
    summary="De eigen agenda-adressen die werken",
)
def list_feeds(request: SignedInRequest, page: Query[Page]) -> Any:
    return paged(working_feeds(by=request.auth), page, _feed)


@router.post(
    "/me/calendar-feeds",
    response={201: NewFeedReply, **problems(403, 404)},
    operation_id="make_calendar_feed",
    summary="Een geheim agenda-adres maken",
    description=(
        "Van de eigen agenda, of van die van een team waar je in zit. Was er al een adres, dan "
        "werkt dat daarna niet meer. Een sleutel die voor een deel van je scholen geldt, kan "
        "geen adres van je eigen agenda maken."
    ),
)
def make_feed(request: SignedInRequest, body: WantedFeed) -> Status[NewFeedReply]:
    made = make_address(by=request.auth, team_id=body.team)
    path = reverse("calendar_feed:feed", args=[made.secret])
    return Status(201, NewFeedReply(**_values(made.feed), address=request.build_absolute_uri(path)))


@router.delete(
    "/me/calendar-feeds/{feed_id}",
    response={204: None, **problems(404)},
    operation_id="stop_calendar_feed",
    summary="Een agenda-adres stoppen",
)
def stop_feed(request: SignedInRequest, feed_id: Id) -> Status[None]:
    stop_address(by=request.auth, feed_id=feed_id)
    return Status(204, None)


@router.get(
    "/study-days/{study_day_id}/calendar",
    response={200: None, **problems(404, 409)},
    operation_id="download_study_day_calendar",
    summary="Een studiedag als bestand voor de agenda",
    description="Een iCalendar-bestand met alleen deze dag. Wijzigingen komen niet vanzelf mee.",
    openapi_extra={
        "responses": {
            200: {
                "description": "Het bestand",
                "content": {"text/calendar": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def study_day_calendar(request: SignedInRequest, study_day_id: Id) -> HttpResponse:
    body = study_day_file(by=request.auth, study_day_id=study_day_id, at=clock.now())
    answer = HttpResponse(body, MEDIA_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="studiedag.ics"'
    answer["Cache-Control"] = "private, no-cache"
    return answer
