"""Nothing that goes out holds a word of somebody who is out of sight.

All answers of the matrices, documents and mail are read for the words of `tests/canaries.py`; so is
the log.
"""

import logging
from collections import Counter
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client
from pytest_django.fixtures import Settings

from routekaart.storage import Storage
from tests.canaries import NOT_PLANTED, Logged, Watch, plant, planted_models, text_columns
from tests.makers import client_for
from tests.matrix_positions import POSITIONS
from tests.matrix_table import TABLE
from tests.matrix_world import ROLES, World
from tests.page_places import addresses
from tests.routekaart.api.test_id_positions import Asked
from tests.routekaart.api.test_matrix import asked, operations
from tests.routekaart.web.test_every_place import Asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_every_table_with_text_is_planted_or_says_why_not() -> None:
    models = {
        model.__name__
        for model in apps.get_app_config("routekaart").get_models()
        if text_columns(model)
    }
    planted = {model.__name__ for model, _, _ in planted_models()}
    assert models - planted <= set(NOT_PLANTED)


@pytest.fixture
def world(settings: Settings) -> World:
    settings.PUBLIC_ADDRESS = "https://routekaart.school.test"
    made = World(Storage(settings.STORAGE_DIR))
    plant(made)
    return made


@pytest.fixture
def log() -> Iterator[Logged]:
    handler, root = Logged(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)


def test_no_answer_holds_a_word_of_a_stranger(world: World, log: Logged) -> None:
    watch = Watch(world)
    for operation in operations():
        row = TABLE[operation.name]
        for role in ROLES:
            for where, place in world.places.items():
                response = asked(world, operation, role.value, place, row)
                text = b"" if response.streaming else response.content
                watch.read(role.value, text.decode(errors="ignore"), f"{operation.name} {where}")
    pathlib_w = open("/tmp/matrix_can.txt", "w")
    pathlib_w.write("\n".join(sorted(watch.hits)))
    pathlib_w.close()
    print(sorted(watch.seen))
    assert "\n".join(sorted(watch.hits)) == ""
    assert log.hits == set()
    assert log.lines > 0
