"""Asks the matrices with one switch over, until one of them notices.

Run through pytest for its database (see `__main__`). First everything is asked once, to know which
switches each question comes by; after that a switch costs only the questions that come by it.
"""

import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from routekaart.storage import Storage
from tests.makers import client_for
from tests.matrix_positions import POSITIONS
from tests.matrix_table import TABLE
from tests.matrix_world import NOBODY, ROLES, World
from tests.mutants import switch
from tests.mutants.sites import sites
from tests.page_places import addresses
from tests.routekaart.api.test_id_positions import OWNER, Asked
from tests.routekaart.api.test_matrix import asked, expected, operations
from tests.routekaart.web.test_every_place import Asking

# Of each switch at most so many questions, spread over all that come by it.
MOST = 60
Question = Callable[[], list[str]]


def questions(world: World) -> Iterator[tuple[str, Question]]:
    """Every cell of the matrices; each gives what is wrong with the answer."""
    yield from _of_the_api(world)
    yield from _of_positions(world)
    asking = Asking(world)
    for address in addresses():
        yield f"page {address.name} nobody", lambda one=address: list(asking.wrong_as_nobody(one))
        for role in ROLES:
            yield (
                f"page {address.name} {role.value}",
                lambda one=address, role=role: list(asking.wrong_as(one, role)),
            )


def _of_the_api(world: World) -> Iterator[tuple[str, Question]]:
    for operation in operations():
        row = TABLE[operation.name]
        for role, where, status in expected(operation, row):

            def ask(
                operation=operation, role=role, where=where, row=row, status=status
            ) -> list[str]:
                answer = asked(world, operation, role, world.places[where], row)
                return [] if answer.status_code == status else [str(answer.status_code)]

            yield f"api {operation.name} {role} {where}", ask


def _of_positions(world: World) -> Iterator[tuple[str, Question]]:
    world.clients[OWNER] = client_for(world.places["own"].stage.member)
    by_name = {operation.name: operation for operation in operations()}
    for (name, position), at in POSITIONS.items():
        one = Asked(world, by_name[name], position, at)
        for who in [role.value for role in ROLES] + [NOBODY] + [OWNER] * bool(at.by_owner):
            yield (
                f"position {name} {position} {who}",
                lambda one=one, who=who: one.wrong(who, Counter()),
            )


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_hunt(settings: Settings) -> None:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    report = Path(os.environ["ROUTEKAART_MUTANTS"])
    number, of = (int(part) for part in os.environ.get("ROUTEKAART_SHARD", "0/1").split("/"))
    world = World(Storage(settings.STORAGE_DIR))
    asked_at: dict[str, list[tuple[float, str, Question]]] = defaultdict(list)
    broken: list[str] = []
    for name, question in questions(world):
        switch.touched.clear()
        began = time.monotonic()
        wrong = question()
        if wrong:
            broken.append(f"{name}: {wrong}")
            continue
        for key in switch.touched:
            asked_at[key].append((time.monotonic() - began, name, question))
    assert broken == [], "wrong without any switch"
    known = {json.loads(line)["key"] for line in _lines(report)}
    for count, site in enumerate(sites()):
        if site.key in known or count % of != number or site.key not in asked_at:
            continue
        caught = _caught_by(site.key, asked_at[site.key])
        with report.open("a") as lines:
            lines.write(json.dumps({"key": site.key, "caught": caught}) + "\n")


def _caught_by(key: str, come_by: list[tuple[float, str, Question]]) -> str:
    """The name of the first question that notices, or nothing."""
    quickest = sorted(come_by, key=lambda one: one[0])
    step = max(1, len(quickest) // MOST)
    switch.active = key
    try:
        for _, name, question in quickest[::step]:
            try:
                if question():
                    return name
            except Exception as error:  # noqa: BLE001 - any way of going wrong is noticed
                return f"{name}: {type(error).__name__}"
    finally:
        switch.active = ""
    return ""


def _lines(report: Path) -> list[str]:
    return report.read_text().splitlines() if report.exists() else []
