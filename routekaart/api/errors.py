"""One table from exceptions to answers. Every error is RFC 9457 problem+json in plain Dutch."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from courses.advice import UnknownSlug
from courses.catalogue import CatalogueNotLoadedError
from courses.findings import Finding
from routekaart.access import Forbidden, NotFound
from routekaart.actions.request_counts import WINDOW
from routekaart.api.limits import count_for_address, counted_of
from routekaart.api.wording import place_of, sentence
from routekaart.domain.errors import BadInput, Conflict, DomainError, RulesBroken

MEDIA_TYPE = "application/problem+json"

_TITLES: Mapping[int, str] = {
    400: "Onleesbaar verzoek",
    401: "Niet aangemeld",
    403: "Geen toestemming",
    404: "Niet gevonden",
    405: "Methode niet mogelijk",
    409: "Past niet bij de huidige stand",
    411: "Lengte ontbreekt",
    412: "Intussen gewijzigd",
    413: "Te groot",
    415: "Onbekend soort inhoud",
    422: "Niet bruikbaar",
    428: "Versie ontbreekt",
    429: "Te veel verzoeken",
    500: "Er ging iets mis",
    503: "Even niet beschikbaar",
}
# Statuses from here on are errors.
FIRST_ERROR = 400
_SHOWN_CHARACTERS = 120


class Refused(Exception):
    """A request that the HTTP layer itself turns down, with its answer."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        errors: Iterable[Mapping[str, str]] = (),
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = headers


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Iterable[Mapping[str, str]] = (),
    findings: Iterable[Finding] = (),
) -> HttpResponse:
    """The answer for an error. `errors` and `findings` are left out when there are none."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": _TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    listed = [dict(error) for error in errors]
    if listed:
        content["errors"] = listed
    found = [asdict(finding) for finding in findings]
    if found:
        content["findings"] = found
    # ASCII: whatever a client sent back in a field name is always valid on the way out.
    response = HttpResponse(json.dumps(content), status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="routekaart"'
    return response


def field_error(field: str, code: str, detail: str) -> dict[str, str]:
    return {"field": shown(field), "code": code, "detail": detail}


def shown(text: str) -> str:
    """A piece of the request that is repeated in an answer: short, and without odd characters."""
    short = text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
    return "".join(character if character.isprintable() else "\ufffd" for character in short)


# --- The answers -------------------------------------------------------------------------------
_Answer = Callable[[HttpRequest, Any], HttpResponse]


def _not_found(_request: HttpRequest, _error: NotFound | Http404) -> HttpResponse:
    return not_found()


def not_found() -> HttpResponse:
    return problem(404, "not_found", "Dit bestaat niet, of je kunt er niet bij.")


def _forbidden(_request: HttpRequest, _error: Forbidden) -> HttpResponse:
    return forbidden()


def forbidden() -> HttpResponse:
    return problem(403, "forbidden", "Je rol of je sleutel geeft geen toestemming om dit te doen.")


def _bad_input(_request: HttpRequest, error: BadInput) -> HttpResponse:
    return problem(
        422,
        error.code,
        error.message,
        errors=[field_error(error.field, error.code, error.message)],
    )


def _conflict(_request: HttpRequest, error: Conflict) -> HttpResponse:
    return problem(409, error.code, error.message)


def _domain_error(_request: HttpRequest, error: DomainError) -> HttpResponse:
    return problem(422, error.code, error.message)


def _rules_broken(_request: HttpRequest, error: RulesBroken) -> HttpResponse:
    return problem(
        422,
        error.code,
        "Dit kan nog niet: los eerst de bevindingen op.",
        findings=error.findings,
    )


def _unknown_slug(_request: HttpRequest, error: UnknownSlug) -> HttpResponse:
    return invalid([field_error(error.field, "unknown_slug", str(error))])


def _no_catalogue(_request: HttpRequest, error: CatalogueNotLoadedError) -> HttpResponse:
    return problem(503, "no_catalogue", str(error))


def _refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    response = problem(error.status, error.code, error.detail, errors=error.errors)
    for name, value in error.headers.items():
        response[name] = value
    return response


def _too_many(request: HttpRequest, _error: Throttled) -> HttpResponse:
    counted = counted_of(request)
    wait = counted.resets_in if counted else WINDOW
    response = problem(
        429,
        "too_many_requests",
        f"Dit zijn te veel verzoeken in een minuut. Probeer het over {wait} seconden opnieuw.",
    )
    response["Retry-After"] = str(wait)
    return response


def _not_signed_in(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    counted = count_for_address(request)
    if counted is not None and counted.is_too_many:
        return _too_many(request, Throttled(wait=None))
    if "Authorization" not in request.headers:
        return problem(
            401, "not_signed_in", "Stuur een toegangssleutel mee: Authorization: Bearer …."
        )
    response = problem(
        401, "invalid_token", "Deze toegangssleutel is niet (meer) geldig. Vraag een nieuwe aan."
    )
    response["WWW-Authenticate"] = 'Bearer realm="routekaart", error="invalid_token"'
    return response


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    # ninja wraps everything that goes wrong while reading a body in a 400 of its own.
    cause = error.__cause__
    if isinstance(cause, Refused):
        return _refused(request, cause)
    if isinstance(cause, RecursionError):
        return problem(400, "nested_too_deep", "De inhoud is te diep genest.")
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return problem(400, "malformed_json", "De inhoud is geen geldige JSON.")
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    return problem(error.status_code, code, _TITLES.get(error.status_code, "Dit kan niet."))


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    if any(one["loc"][:1] == ("path",) for one in error.errors):
        # An address that cannot exist is an address that does not exist.
        return not_found()
    errors = [
        field_error(
            place_of(one["loc"]),
            one["type"],
            sentence(one["type"], str(one.get("msg", "")), one.get("ctx", {})),
        )
        for one in error.errors
    ]
    return invalid(errors)


def invalid(errors: list[dict[str, str]]) -> HttpResponse:
    """The 422 that names every field that is wrong."""
    first = errors[0]
    detail = f"{first['field']}: {first['detail']}"
    if len(errors) > 1:
        detail = f"{len(errors)} velden kloppen niet. {detail}"
    return problem(422, "invalid_input", detail, errors=errors)


def too_large() -> HttpResponse:
    return problem(413, "too_large", "De inhoud is groter dan 1 MB.")


def length_required() -> HttpResponse:
    # A body in pieces would be read as no body at all, and refused for the wrong reason.
    return problem(411, "length_required", "Stuur de lengte van de inhoud mee (Content-Length).")


def _too_large(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return too_large()


def _unreadable(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return bad_request()


def bad_request() -> HttpResponse:
    return problem(400, "bad_request", "Dit verzoek kan niet worden gelezen.")


def method_not_allowed(allowed: str) -> HttpResponse:
    response = problem(405, "method_not_allowed", f"Gebruik hier {allowed}.")
    response["Allow"] = allowed
    return response


def _database_away(_request: HttpRequest, _error: OperationalError) -> HttpResponse:
    return database_away()


def database_away() -> HttpResponse:
    response = problem(
        503, "try_again", "De gegevens zijn even niet bereikbaar. Probeer het zo opnieuw."
    )
    response["Retry-After"] = "5"
    return response


def unexpected() -> HttpResponse:
    return problem(500, "unexpected", "Er ging iets mis aan onze kant. Probeer het later opnieuw.")


# A subclass goes before its parent without any order here: the nearest class decides.
ANSWERS: Mapping[type[Exception], _Answer] = {
    NotFound: _not_found,
    Http404: _not_found,
    Forbidden: _forbidden,
    DomainError: _domain_error,
    BadInput: _bad_input,
    Conflict: _conflict,
    RulesBroken: _rules_broken,
    UnknownSlug: _unknown_slug,
    CatalogueNotLoadedError: _no_catalogue,
    Refused: _refused,
    AuthenticationError: _not_signed_in,
    Throttled: _too_many,
    HttpError: _http_error,
    ValidationError: _invalid,
    RequestDataTooBig: _too_large,
    UnreadablePostError: _unreadable,
    SuspiciousOperation: _unreadable,
    OperationalError: _database_away,
}


def register(api: NinjaAPI) -> None:
    """Makes `api` answer by the table. What is not in it goes on to Django's own 500."""
    for kind, answer in ANSWERS.items():
        api.add_exception_handler(kind, answer)
