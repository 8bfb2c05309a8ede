"""The OpenAPI file: what ninja makes of the operations, completed with what really happens."""

from functools import cached_property
from typing import Any, Literal

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation
from ninja.schema import NinjaGenerateJsonSchema
from pydantic import BaseModel

from routekaart.api import errors
from routekaart.api.advice.selections import AdviceQuestion
from routekaart.api.auth import Session
from routekaart.api.idempotency import PARAMETER, takes_key
from routekaart.api.limits import LIMIT_HEADERS, RETRY_AFTER
from routekaart.api.shapes import Problem
from routekaart.api.versions import (
    ETAG_HEADER,
    IF_MATCH,
    IF_NONE_MATCH,
    WEIGHED_AT,
    WRITES,
    if_match_of,
)


class RoutekaartAPI(NinjaAPI):
    """ninja, with this OpenAPI file."""

    def get_openapi_schema(self, **_options: Any) -> OpenAPISchema:
        return self._schema

    @cached_property
    def _schema(self) -> OpenAPISchema:
        # Made once per process: it costs more than most answers.
        return OpenApiFile(self, self.get_root_path({}))


class OpenApiFile(OpenAPISchema):
    """The file for all operations of `api`; raises `TypeError` where two things share a name."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        super().__init__(api, path_prefix)
        self._add(Problem, "serialization")
        # The one body that its view reads itself.
        self._add(AdviceQuestion, "validation")
        for path, methods in self["paths"].items():
            for method, operation in methods.items():
                _complete(path, method, operation)
                weighed_at = WEIGHED_AT.get(path.removeprefix(path_prefix.rstrip("/")))
                _conditions(method, operation, readable="get" in methods, weighed_at=weighed_at)
                _limits(operation)
        _describe_clock_times(self["components"])

    def _add(self, shape: type[BaseModel], mode: Literal["validation", "serialization"]) -> None:
        definition = shape.model_json_schema(
            ref_template=REF_TEMPLATE, schema_generator=NinjaGenerateJsonSchema, mode=mode
        )
        self.add_schema_definitions(definition.pop("$defs", {}))
        self.add_schema_definitions({shape.__name__: definition})

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """Refuses two operations of one name: clients generate code from it."""
        if operation.operation_id is None or operation.operation_id in self.all_operation_ids:
            raise TypeError(f"{operation.view_func.__qualname__} needs an operation_id of its own.")
        return super().operation_details(operation)

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Refuses two shapes of one name, which ninja lets overwrite each other."""
        for name, definition in definitions.items():
            if self.schemas.get(name, definition) != definition:
                raise TypeError(f"Two different shapes are called {name}; rename one.")
        super().add_schema_definitions(definitions)


_PROBLEM_CONTENT = {
    errors.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}},
}
_MEANINGS = {
    400: "De inhoud is onleesbaar",
    401: "Geen of een ongeldige toegangssleutel",
    403: "De rol geeft geen toestemming",
    404: "Bestaat niet, of ligt buiten bereik",
    409: "Past niet bij de huidige stand",
    411: "De lengte van de inhoud ontbreekt",
    412: "Intussen gewijzigd: er is niets opgeslagen",
    413: "De inhoud is groter dan 1 MB",
    415: "De inhoud is geen application/json",
    422: "Een veld, parameter of regel houdt dit tegen",
    428: "De versie ontbreekt (If-Match), en deze server vraagt erom",
    429: "Te veel verzoeken in een minuut",
}


def _conditions(
    method: str, operation: dict[str, Any], *, readable: bool, weighed_at: str | None
) -> None:
    """Adds what may be asked of a version; `readable`: whether a GET stands at this address.
    `weighed_at`: the address of another GET, whose version counts here."""
    responses = operation["responses"]
    if method == "get":
        operation["parameters"] = [*operation.get("parameters", ()), IF_NONE_MATCH]
        responses[200]["headers"] = {"ETag": ETAG_HEADER}
        responses[304] = {"description": "Niet veranderd sinds de vorige keer"}
    elif method.upper() in WRITES:
        header = if_match_of(weighed_at) if weighed_at else IF_MATCH
        operation["parameters"] = [*operation.get("parameters", ()), header]
        for status in (412, 428) if readable or weighed_at else (412,):
            responses[status] = _problem(status)


def _limits(operation: dict[str, Any]) -> None:
    """Adds the headers that say how much may still be asked; absent where there is no limit."""
    for answer in operation["responses"].values():
        answer["headers"] = {**answer.get("headers", {}), **LIMIT_HEADERS}
    operation["responses"][429]["headers"]["Retry-After"] = RETRY_AFTER


def _problem(status: int) -> dict[str, Any]:
    return {"description": _MEANINGS[status], "content": _PROBLEM_CONTENT}


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Adds the errors that every operation of this kind may give, and their media type."""
    implied = {422, 429}
    if "security" in operation:
        implied.add(401)
        # A session only reads.
        operation["security"] = [
            way for way in operation["security"] if method == "get" or Session.__name__ not in way
        ]
    if takes_key(method, operation["operationId"]):
        operation["parameters"] = [*operation.get("parameters", ()), PARAMETER]
        implied.add(409)
    if "requestBody" in operation:
        implied |= {400, 411, 413, 415}
    if "{" in path:
        implied.add(404)
    if "security" in operation and method != "get":
        implied.add(403)
    responses = operation["responses"]
    documented = {int(status) for status in responses if int(status) >= errors.FIRST_ERROR}
    for status in sorted(implied | documented):
        responses.pop(status, None)
        responses[status] = _problem(status)


def _describe_clock_times(schema: Any) -> None:
    """Times here are those of a clock on a wall in school; JSON Schema's own have a time zone."""
    if isinstance(schema, dict):
        if schema.get("format") == "time":
            del schema["format"]
            schema["pattern"] = "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$"
        for part in schema.values():
            _describe_clock_times(part)
    elif isinstance(schema, list):
        for part in schema:
            _describe_clock_times(part)
