"""Every POST of the OpenAPI file, twice with one key: the first answer again, and nothing twice."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.api.idempotency import HEADER, WITHOUT_KEY
from routekaart.api.root import api
from routekaart.models import IdempotencyKey, Routekaart
from routekaart.storage import Storage
from tests.matrix_table import TABLE, Row
from tests.matrix_world import ROLES, World


def posts() -> dict[str, tuple[str, Any]]:
    """Path and operation of every POST, by its name."""
    document: Any = api.get_openapi_schema()
    return {
        methods["post"]["operationId"]: (path, methods["post"])
        for path, methods in document["paths"].items()
        if "post" in methods
    }


def declares_key(operation: Any) -> bool:
    return any(one["name"] == HEADER for one in operation.get("parameters", ()))


def test_every_post_declares_the_key_or_says_why_not() -> None:
    without = {name for name, (_, operation) in posts().items() if not declares_key(operation)}
    assert without == set(WITHOUT_KEY)
    assert all(WITHOUT_KEY.values())


def rows() -> dict[str, int]:
    """How many rows each of our tables has."""
    counts = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("routekaart").get_models(include_auto_created=True):
            # Table names come from our own models, never from outside.
            cursor.execute(f'SELECT COUNT(*) FROM "{model._meta.db_table}"')  # noqa: S608 - our own table
            counts[model._meta.db_table] = cursor.fetchone()[0]
    return counts


def able(row: Row) -> str | None:
    """A role that may do it at the own school."""
    for role, status in zip(ROLES, row.own.split(), strict=True):
        if status.startswith("2"):
            return role.value
    return None


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_every_post_with_a_key_happens_once(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    world = World(Storage(settings.STORAGE_DIR))
    place = world.places["own"]
    wrong, asked = [], 0
    for name, (path, _) in posts().items():
        row = TABLE[name]
        role = able(row)
        if name in WITHOUT_KEY or role is None:
            continue
        asked += 1
        body = row.body(place) if row.body else None
        with transaction.atomic():
            with scopes_disabled():
                Routekaart.objects.filter(pk=place.ids["routekaart_id"]).update(state=row.state)
            address = path.format(**place.ids)
            client = world.clients[role]
            first = client.call("post", address, body, headers={HEADER: name})
            kept, after_first = IdempotencyKey.objects.count(), rows()
            again = client.call("post", address, body, headers={HEADER: name})
            same = (first.status_code, first.content, first.get("Location")) == (
                again.status_code,
                again.content,
                again.get("Location"),
            )
            if not same or first.status_code >= 300 or kept != 1 or rows() != after_first:
                wrong.append(f"{name}: {first.status_code}, then {again.status_code}")
            transaction.set_rollback(True)
    assert wrong == []
    # A few have nothing yet that they could be done to.
    assert asked >= 75
