"""Reading bodies and query strings strictly, so that odd input is refused before any rule."""

import functools
import json
from collections.abc import Callable
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponseBase
from django.utils.datastructures import MultiValueDict
from ninja.operation import Operation
from ninja.parser import Parser

from routekaart.api.errors import Refused, field_error, shown

# Deeper than any body of this API, far from the limits of the interpreter.
_DEPTH = 20


class StrictParser(Parser):
    """JSON as RFC 8259 has it, in UTF-8: no NaN, no doubled keys, not deeper than needed."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body; `Refused` with 400 or 415 when it is not such JSON."""
        return read_json(request)

    def parse_querydict(
        self, data: "MultiValueDict[str, Any]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Each parameter once, save those that are lists."""
        repeated = [
            field_error(name, "repeated", "Geef deze parameter maar één keer.")
            for name in data
            if name not in list_fields and len(data.getlist(name)) > 1
        ]
        if repeated:
            raise _unusable_query(repeated)
        return super().parse_querydict(data, list_fields, request)


def read_json(request: HttpRequest) -> Any:
    """The JSON of a request; `Refused` with 400 or 415 when there is none."""
    if request.content_type != "application/json":
        raise Refused(415, "unsupported_media_type", "Stuur de inhoud als application/json.")
    return parse_json(request.body)


def parse_json(body: bytes) -> Any:
    """The content of `body`; `Refused` when it is not JSON in UTF-8."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "not_utf8", "De inhoud is geen UTF-8.") from None
    try:
        content = json.loads(
            text,
            parse_constant=_no_constant,
            parse_float=_finite,
            object_pairs_hook=_each_key_once,
        )
    except RecursionError:
        raise Refused(400, "nested_too_deep", "De inhoud is te diep genest.") from None
    except json.JSONDecodeError as error:
        place = f"regel {error.lineno}, teken {error.colno}"
        raise Refused(400, "malformed_json", f"De inhoud is geen geldige JSON ({place}).") from None
    except ValueError:
        # Python itself refuses to read a number of thousands of digits.
        raise Refused(400, "not_a_number", "Een getal in de inhoud is te groot.") from None
    if _deeper_than(content, _DEPTH):
        raise Refused(400, "nested_too_deep", "De inhoud is te diep genest.")
    return content


def _no_constant(name: str) -> NoReturn:
    raise Refused(400, "not_a_number", f"{name} is geen JSON-getal.")


def _finite(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        raise Refused(400, "not_a_number", "Een getal in de inhoud is te groot.")
    return number


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise Refused(400, "doubled_key", f"Het veld {shown(name)} staat er dubbel in.")
        result[name] = value
    return result


def _deeper_than(content: Any, depth: int) -> bool:
    if not isinstance(content, (dict, list)):
        return False
    if depth == 0:
        return True
    inner = content.values() if isinstance(content, dict) else content
    return any(_deeper_than(part, depth - 1) for part in inner)


def _unusable_query(errors: list[dict[str, str]]) -> Refused:
    first = errors[0]
    return Refused(422, "invalid_input", f"{first['field']}: {first['detail']}", errors)


def known_parameters_only(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Refuses query parameters that the operation does not have, naming each.

    ninja drops them silently, so that a misspelt filter would return everything.
    """
    operation: Operation = getattr(view, "_ninja_operation")  # noqa: B009  # set by ninja
    known = frozenset(
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    )

    @functools.wraps(view)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        unknown = [name for name in request.GET if name not in known]
        if unknown:
            raise _unusable_query(
                [
                    field_error(name, "unknown_parameter", "Deze parameter bestaat niet.")
                    for name in unknown
                ]
            )
        return view(request, *args, **values)

    return checked
