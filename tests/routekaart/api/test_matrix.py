"""Every operation of the OpenAPI file × every role × own team, next team, sibling and stranger.

The expected answers stand in `tests/matrix_table.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import ROLE_PERMISSIONS, TEAM_BOUND, Role
from routekaart.api.root import api
from routekaart.models import Routekaart
from routekaart.storage import Storage
from tests.matrix_table import TABLE, Row
from tests.matrix_world import NOBODY, ROLES, Place, World


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str

    @property
    def names_an_object(self) -> bool:
        return "{" in self.path or bool(TABLE[self.name].query)


def operations() -> tuple[Operation, ...]:
    document: Any = api.get_openapi_schema()
    return tuple(
        Operation(operation["operationId"], method, path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )


def expected(operation: Operation, row: Row) -> Iterator[tuple[str, str, int]]:
    """Role, place, status."""
    own = [int(status) for status in row.own.split()]
    assert len(own) == len(ROLES), f"{operation.name} needs {len(ROLES)} answers"
    yield NOBODY, "own", row.nobody
    for role, status in zip(ROLES, own, strict=True):
        yield role.value, "own", status
    if not operation.names_an_object or row.nobody != 401:
        return
    next_door = [int(status) for status in row.next_door.split()]
    bound = iter(next_door)
    for role, status in zip(ROLES, own, strict=True):
        yield role.value, "next_door", next(bound) if role in TEAM_BOUND else status
        yield role.value, "sibling", status if role is Role.BOARD else 404
        yield role.value, "stranger", 404


def asked(world: World, operation: Operation, role: str, place: Place, row: Row) -> Any:
    """The response, after which everything is as it was."""
    with transaction.atomic():
        with scopes_disabled():
            Routekaart.objects.filter(pk=place.ids["routekaart_id"]).update(state=row.state)
        path = operation.path.format(**place.ids)
        if row.query:
            path += "?" + row.query.format(**place.ids)
        body = row.body(place) if row.body else None
        response = world.clients[role].call(operation.method, path, body)
        if response.streaming:
            response.getvalue()  # which closes the file
        transaction.set_rollback(True)
    return response


def test_every_role_has_its_column() -> None:
    assert set(ROLES) == set(Role) == set(ROLE_PERMISSIONS)


def test_every_operation_stands_in_the_table() -> None:
    assert {operation.name for operation in operations()} == set(TABLE)


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_every_operation_answers_every_role_as_the_table_says(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    world = World(Storage(settings.STORAGE_DIR))
    wrong = []
    for operation in operations():
        row = TABLE[operation.name]
        for role, where, status in expected(operation, row):
            response = asked(world, operation, role, world.places[where], row)
            if response.status_code != status:
                code = "" if response.status_code < 400 else response.json()["code"]
                wrong.append(
                    f"{operation.name} as {role} at {where}: "
                    f"{response.status_code} {code}, expected {status}"
                )
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_a_stranger_cannot_tell_what_exists(settings: Settings) -> None:
    """The answer about somebody else's object is that about an object that does not exist."""
    world = World(Storage(settings.STORAGE_DIR))
    stranger = world.places["stranger"]
    nowhere = Place(
        stranger.stage,
        dict.fromkeys(stranger.ids, "00000000-0000-4000-8000-000000000000")
        | {name: stranger.ids[name] for name in ("slug", "course")}
        | {"override_id": "987654321", "role_grant_id": "987654321"},
        stranger.newcomer,
    )
    wrong = []
    for operation in operations():
        row = TABLE[operation.name]
        if not operation.names_an_object or row.nobody != 401:
            continue
        for role in (Role.TEAM_LEAD, Role.SCHOOL_ADMIN, Role.CATALOGUE_MANAGER):
            there = asked(world, operation, role.value, stranger, row)
            with transaction.atomic():
                path = operation.path.format(**nowhere.ids)
                query = "?" + row.query.format(**nowhere.ids) if row.query else ""
                body = row.body(stranger) if row.body else None
                absent = world.clients[role.value].call(operation.method, path + query, body)
                transaction.set_rollback(True)
            if (there.status_code, there.content) != (absent.status_code, absent.content):
                wrong.append(f"{operation.name} as {role.value}")
    assert wrong == []


def test_the_public_operations_are_these_and_no_other() -> None:
    document: Any = api.get_openapi_schema()
    public = {
        operation["operationId"]
        for methods in document["paths"].values()
        for operation in methods.values()
        if "security" not in operation
    }
    assert public == {
        "list_interventions",
        "get_intervention",
        "list_courses",
        "advise_on_selection",
    }
