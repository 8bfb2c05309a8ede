"""Nobody writes over what somebody else changed: `ETag`, `If-None-Match` and `If-Match`.

One rule: the version of an address is the hash of what GET gives there, for this person. So PUT,
PATCH and DELETE honour `If-Match` wherever a GET stands at the same address, and where they change
a part of what another GET gives (`WEIGHED_AT`).
"""

import functools
import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from ninja import NinjaAPI
from ninja.operation import Operation

from routekaart.actions.holding import hold
from routekaart.api.auth import SignedInRequest
from routekaart.api.errors import Refused, field_error
from routekaart.api.operations import Bound, View, operation_of
from routekaart.models import (
    Agreement,
    Assignment,
    Completion,
    Employment,
    Goal,
    Indicator,
    LessonVisit,
    Measurement,
    PlgCycle,
    PlgMeeting,
    PreparationNote,
    Routekaart,
    School,
    SchoolCourse,
    StudyDay,
    Team,
    Topic,
    WordTemplate,
    WorkGroup,
)

WRITES = ("PUT", "PATCH", "DELETE")
_TAGS = r'^(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$'
IF_MATCH: Mapping[str, Any] = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": (
        "De ETag van wat je hebt opgehaald. Is het intussen gewijzigd, dan wordt er niets "
        "opgeslagen (412)."
    ),
    "schema": {"type": "string", "pattern": _TAGS},
}


def if_match_of(address: str) -> Mapping[str, Any]:
    """`IF_MATCH` where the version is that of another address."""
    return {**IF_MATCH, "description": f"{IF_MATCH['description']} Het is de ETag van {address}."}


IF_NONE_MATCH: Mapping[str, Any] = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "De ETag van wat je al hebt. Is er niets veranderd, dan volgt 304.",
    "schema": {"type": "string", "pattern": _TAGS},
}
ETAG_HEADER: Mapping[str, Any] = {
    "description": "De versie van dit antwoord, voor If-None-Match en If-Match.",
    "schema": {"type": "string"},
}
# Where no GET stands at the address itself: the one whose answer holds what is changed there, about
# the same object.
WEIGHED_AT: Mapping[str, str] = {
    "/assignments/{assignment_id}/hours-agreement": "/assignments/{assignment_id}",
    "/completions/{completion_id}/override": "/completions/{completion_id}",
    "/employments/{employment_id}/budget-grant": "/employments/{employment_id}/budget",
    "/study-days/{study_day_id}/moments": "/study-days/{study_day_id}",
}
# The object that a path is about, by its first parameter.
OBJECTS: Mapping[str, type[Model]] = {
    "agreement_id": Agreement,
    "assignment_id": Assignment,
    "completion_id": Completion,
    "employment_id": Employment,
    "goal_id": Goal,
    "indicator_id": Indicator,
    "lesson_visit_id": LessonVisit,
    "measurement_id": Measurement,
    "note_id": PreparationNote,
    "own_course_id": SchoolCourse,
    "plg_cycle_id": PlgCycle,
    "plg_meeting_id": PlgMeeting,
    "routekaart_id": Routekaart,
    "school_id": School,
    "study_day_id": StudyDay,
    "team_id": Team,
    "topic_id": Topic,
    "word_template_id": WordTemplate,
    "work_group_id": WorkGroup,
}
_OK = 200
_ANYTHING = "*"
_HASHED_BYTES = 18


def tag_of(content: bytes) -> str:
    """The entity tag of an answer."""
    short = hashlib.sha256(content).digest()[:_HASHED_BYTES]
    return f'"{urlsafe_b64encode(short).decode()}"'


def names(header: str, tag: str) -> bool:
    """Whether an `If-Match` or `If-None-Match` names this version.

    Weak tags count: ours name the content, and what compresses an answer underway makes its tag
    weak. A strict reading would refuse every client that takes gzip.
    """
    given = parse_etags(header)
    return given == [_ANYTHING] or tag in {one.removeprefix("W/") for one in given}


def _versions(request: HttpRequest, header: str) -> str | None:
    """The versions that a request names, or None; raises `Refused` for what names none."""
    given = request.headers.get(header)
    if given is not None and not re.fullmatch(_TAGS, given):
        detail = "Stuur de ETag zoals je hem kreeg, met de aanhalingstekens."
        raise Refused(
            422,
            "bad_version",
            f"{header}: {detail}",
            [field_error(header, "bad_version", detail)],
        )
    return given


class Versions:
    """The decorator, for the operations of one API."""

    def __init__(self, api: NinjaAPI) -> None:
        self._api = api
        self._reads: dict[str, tuple[Operation, Bound]] = {}

    def __call__(self, view: View) -> View:
        operation = operation_of(view)
        bound = Bound(self._api, operation, view)
        if "GET" in operation.methods:
            self._reads[operation.path] = (operation, bound)
            return _tagged(view, bound, private=operation.auth_param is not None)
        if operation.methods[0] in WRITES:
            return self._guarded(view, operation, bound)
        return view

    def _guarded(self, view: View, operation: Operation, bound: Bound) -> View:
        """Writes only on top of the version that `If-Match` names.

        Compared and written under the lock that all writers of this object take.
        """

        @functools.wraps(view)
        def guarded(request: SignedInRequest, *args: Any, **values: Any) -> Any:
            known = _versions(request, "If-Match")
            weighed_at = WEIGHED_AT.get(operation.path, operation.path)
            read, ask = self._reads.get(weighed_at, (None, None))
            if known is None and read is not None and settings.API_DEMANDS_VERSION:
                raise _version_missing()
            if known is None or known.strip() == _ANYTHING:
                result = view(request, *args, **values)
            elif ask is None:
                raise _no_version()
            else:
                with transaction.atomic():
                    _check(request, ask, known, values)
                    result = view(request, *args, **values)
            if read is None or not _same_shape(read, operation):
                return result
            return _with_tag(bound.respond(request, values, result))

        return guarded


def _tagged(view: View, bound: Bound, *, private: bool) -> View:
    @functools.wraps(view)
    def tagged(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        known = _versions(request, "If-None-Match")
        response = _with_tag(bound.respond(request, values, view(request, *args, **values)))
        if private:
            patch_vary_headers(response, ("Authorization", "Cookie"))
            response.headers.setdefault("Cache-Control", "private, no-cache")
        # A file weighs it by itself, before it is opened.
        if known is None or response.streaming or not names(known, response.get("ETag", "")):
            return response
        unchanged = HttpResponse(status=304)
        for name in ("ETag", "Vary", "Cache-Control"):
            if name in response:
                unchanged[name] = response[name]
        return unchanged

    return tagged


def _with_tag(response: HttpResponseBase) -> HttpResponseBase:
    """The same answer with its version, unless it has one already or is a file."""
    if isinstance(response, HttpResponse) and response.status_code == _OK:
        response.headers.setdefault("ETag", tag_of(response.content))
    return response


def _check(request: SignedInRequest, ask: Bound, known: str, values: Mapping[str, Any]) -> None:
    """Raises `Refused` with 412 when the object has moved on since the version `known`.

    Call it inside a transaction: what it compared stays so until that ends.
    """
    path: Mapping[str, Any] = request.resolver_match.kwargs if request.resolver_match else {}
    name = next(iter(path))
    hold(OBJECTS[name], values[name], by=request.auth)
    now = _with_tag(ask.ask(request, path))
    if not names(known, now.headers["ETag"]):
        raise Refused(
            412,
            "version_changed",
            "Dit is intussen gewijzigd. Haal het opnieuw op (GET), voer je wijziging daarop door "
            "en stuur die met de nieuwe ETag in If-Match. Er is niets opgeslagen.",
            headers={"ETag": now.headers["ETag"]},
        )


def _no_version() -> Refused:
    return Refused(
        412,
        "no_version",
        "Dit adres heeft geen versie. Laat If-Match weg. Er is niets opgeslagen.",
    )


def _version_missing() -> Refused:
    return Refused(
        428,
        "version_missing",
        "Stuur in If-Match de ETag mee van wat je hebt opgehaald (GET), zodat je geen wijziging "
        "van een ander overschrijft.",
    )


def _same_shape(read: Operation, write: Operation) -> bool:
    """Whether what the write answers is what a GET would give now."""
    shapes = [
        model.model_fields["response"].annotation if model else None
        for model in (read.response_models.get(_OK), write.response_models.get(_OK))
    ]
    return shapes[0] is not None and shapes[0] is shapes[1]
