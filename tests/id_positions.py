"""Every place in a request where the id of something stands, read from the OpenAPI file.

A position is written as the way to it: `query.goal`, `body.courses[].goals[]`, and where one of
several shapes is meant, the kind of that shape: `body.changes[remove_goal].goal`. Ids in the path
have the matrix to themselves, save where there are two in one path.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from routekaart.api.root import api

# A course that a school added is of that school, and is named by its slug.
_SLUGS_OF_OBJECTS = ("course", "courses[]")


def positions() -> set[tuple[str, str]]:
    """Operation and position, of all ids in bodies and queries, and of second ids in a path."""
    document: Any = api.get_openapi_schema()
    schemas = document["components"]["schemas"]
    found: set[tuple[str, str]] = set()
    for methods in document["paths"].values():
        for operation in methods.values():
            name = operation["operationId"]
            found |= {(name, one) for one in _parameters(operation, schemas)}
            for content in operation.get("requestBody", {}).get("content", {}).values():
                found |= {(name, one) for one in _ids(content["schema"], "body", schemas)}
    return found


def _parameters(operation: Any, schemas: Mapping[str, Any]) -> Iterator[str]:
    parameters = operation.get("parameters", [])
    in_path = [one["name"] for one in parameters if one["in"] == "path"]
    for name in in_path[1:]:
        yield f"path.{name}"
    for one in parameters:
        if one["in"] == "query":
            yield from _ids(one["schema"], f"query.{one['name']}", schemas)


def _ids(schema: Any, way: str, schemas: Mapping[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
    kind = schema.get("properties", {}).get("kind", {}).get("const")
    if kind and way.endswith("[]"):
        way = f"{way[:-2]}[{kind}]"
    elif kind:
        way = f"{way}[{kind}]"
    leaf = way.rsplit(".", 1)[1] if "." in way else ""
    is_slug = schema.get("type") == "string" and leaf in _SLUGS_OF_OBJECTS
    if schema.get("format") == "uuid" or is_slug:
        yield way
    for alternative in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(alternative, ()):
            yield from _ids(one, way, schemas)
    if "items" in schema:
        yield from _ids(schema["items"], f"{way}[]", schemas)
    for name, one in schema.get("properties", {}).items():
        yield from _ids(one, f"{way}.{name}", schemas)
