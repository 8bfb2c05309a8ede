"""What holds for every page on the side of the server: who sees it, in how many queries."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.entities import Catalogue
from routekaart.access import Role
from routekaart.clock import standing_at
from tests.page_table import every_page
from tests.page_world import MOMENT, World

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def world(catalogue: Catalogue) -> Iterator[World]:  # noqa: ARG001
    with standing_at(MOMENT):
        yield World()


def test_every_page_is_for_its_roles_and_takes_few_queries(world: World) -> None:
    """All in one test, because building the world takes longer than asking all of it."""
    clients: dict[Role | None, Client] = {None: Client()}
    for role, person in world.people.items():
        clients[role] = Client()
        clients[role].force_login(person)
    wrong: list[str] = []
    for page in every_page():
        address = page.address(world)
        for who, client in clients.items():
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            allowed = not page.roles or who in page.roles
            if page.for_visitors and who is not None:
                allowed = False
            expected = (
                {200} if allowed else {302} if who is None or page.for_visitors else {403, 404}
            )
            if response.status_code not in expected:
                wrong.append(f"{page}: {who or 'nobody'} gets {response.status_code}")
            if len(queries) > MOST_QUERIES:
                wrong.append(f"{page}: {who or 'nobody'} takes {len(queries)} queries")
    assert wrong == []
