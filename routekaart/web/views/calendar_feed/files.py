"""Calendars as files: behind a secret address, without signing in; and one study day."""

import hashlib
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from routekaart import clock
from routekaart.access import NotFound
from routekaart.actions.calendar_feed.serving import serve_feed, study_day_file
from routekaart.formats.ics import MEDIA_TYPE
from routekaart.web.signed_in import PageRequest, signed_in


@require_safe
@sensitive_variables("secret")
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address. One plain answer to every address that does not work,
    so that nobody learns why."""
    try:
        body = serve_feed(secret=secret, at=clock.now())
    except NotFound:
        answer = HttpResponse(
            "Dit adres van een agenda werkt niet.\n", "text/plain; charset=utf-8", status=404
        )
    else:
        answer = _unless_known(request, body)
        answer["Content-Disposition"] = 'inline; filename="routekaart.ics"'
    # Kept by the reader only and asked for anew each time, so that it stops when it is stopped.
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _unless_known(request: HttpRequest, body: bytes) -> HttpResponse:
    """The calendar, or 304 for who has it already."""
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    known: HttpResponse | None = get_conditional_response(request, etag=etag)
    answer = known or HttpResponse(body, MEDIA_TYPE)
    answer["ETag"] = etag
    return answer


@require_safe
@signed_in
def study_day(request: PageRequest, study_day_id: UUID) -> HttpResponse:
    """One study day, to put into a calendar once. Later changes do not come along."""
    body = study_day_file(by=request.by, study_day_id=study_day_id, at=clock.now())
    answer = HttpResponse(body, MEDIA_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="studiedag.ics"'
    return answer
