"""The OpenAPI file and the page that shows it."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from ninja import NinjaAPI
from openapi_spec_validator import validate
from pydantic import create_model

from routekaart.api.openapi import OpenApiFile
from routekaart.api.root import api as root
from routekaart.api.shapes import Reply
from tests.makers import ApiClient


@pytest.fixture(scope="module")
def document() -> Any:
    return dict(root.get_openapi_schema())


def operations(document: Any) -> list[tuple[str, Any]]:
    return [
        (f"{method} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_served_and_valid(api: ApiClient) -> None:
    response = api.call("get", "/openapi.json")
    assert response["Content-Type"].startswith("application/json")
    assert response.json()["openapi"].startswith("3.1.")
    validate(response.json())


def test_every_operation_has_a_name_a_dutch_line_and_a_subject(document: Any) -> None:
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    for where, operation in operations(document):
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", operation["operationId"]), where
        assert operation["summary"], where
        assert operation["tags"], where


def test_paths_follow_the_dutch_design_rules(document: Any) -> None:
    for path in document["paths"]:
        assert path.startswith("/api/v1/")
        assert not path.endswith("/")
        assert re.fullmatch(r"(/(api|v1|[a-z]+(-[a-z]+)*|\{[a-z_]+\}))+", path), path


def test_errors_are_documented_as_problems(document: Any) -> None:
    for where, operation in operations(document):
        statuses = {int(status) for status in operation["responses"]}
        assert 422 in statuses, where
        assert ("security" in operation) == (401 in statuses), where
        assert ("requestBody" in operation) <= ({400, 411, 413, 415} <= statuses), where
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert answer["content"] == {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                }, where


def test_a_session_is_documented_for_reading_only(document: Any) -> None:
    for where, operation in operations(document):
        ways = [name for way in operation.get("security", []) for name in way]
        expected = ["BearerToken", "Session"] if where.startswith("get ") else ["BearerToken"]
        assert ways in ([], expected), where


def test_bodies_refuse_what_they_do_not_know(document: Any) -> None:
    for where, operation in operations(document):
        if "requestBody" not in operation:
            continue
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        # A body that may be left out has a default beside its shape.
        reference = schema["allOf"][0]["$ref"] if "default" in schema else schema["$ref"]
        shape = document["components"]["schemas"][reference.rsplit("/", 1)[1]]
        assert shape["additionalProperties"] is False, where


def test_two_shapes_of_one_name_stop_the_api() -> None:
    made = NinjaAPI(urls_namespace="two-shapes")
    for number, field in enumerate((str, int)):
        shape = create_model("Same", __base__=Reply, value=(field, ...))

        def view(request: Any) -> Any: ...

        made.get(f"/{number}", response=shape, operation_id=f"op_{number}")(view)
    with pytest.raises(TypeError, match="Two different shapes are called Same"):
        OpenApiFile(made, "")


def test_an_operation_without_a_name_of_its_own_stops_the_api() -> None:
    made = NinjaAPI(urls_namespace="two-operations")

    def view(request: Any) -> Any: ...

    made.get("/a", operation_id="same")(view)
    made.get("/b", operation_id="same")(view)
    with pytest.raises(TypeError, match="needs an operation_id of its own"):
        OpenApiFile(made, "")


def test_the_documentation_sends_the_api_nowhere(pages: Client) -> None:
    html = pages.get("/api/v1/docs").content.decode()
    settings = json.loads(html.split('id="swagger-settings">')[1].split("</script>")[0])
    assert settings["url"] == "/api/v1/openapi.json"
    # Swagger UI has files checked by a public service unless it is told not to.
    assert settings["validatorUrl"] is None


def test_the_documentation_asks_nothing_of_others(pages: Client) -> None:
    response = pages.get("/api/v1/docs")
    assert response.status_code == 200
    html = response.content.decode()
    addresses = re.findall(r'(?:src|href)="([^"]*)"', html)
    assert "/static/ninja/swagger-ui-bundle.js" in addresses
    assert [address for address in addresses if not address.startswith("/static/")] == []
    # What is in the page itself is data; the policy would stop anything else.
    assert re.findall(r"<script(?![^>]*src=)([^>]*)>", html) == [
        ' type="application/json" id="swagger-settings"'
    ]
    for address in addresses:
        assert pages.get(address).getvalue()
