"""Nothing that goes out holds a word of somebody who is out of sight.

All answers of the matrices, documents and mail are read for the words of `tests/canaries.py`; so is
the log.
"""

import logging
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import reverse
from pytest_django.fixtures import Settings

from routekaart.storage import Storage
from tests.canaries import NOT_PLANTED, Logged, Watch, plant, planted_models, text_columns, word
from tests.matrix_table import TABLE
from tests.matrix_world import ROLES, World
from tests.page_places import addresses, names_without_ids
from tests.routekaart.api.test_matrix import asked, operations
from tests.routekaart.web.test_every_place import Asking
from tests.tiers import LONG

# Where progress is shown: with the switch of the MR off no colleague's name stands beside it.
OF_PROGRESS = {
    "get_progress",
    "get_quality_cycle",
    "get_evaluation",
    "get_readiness",
    "list_readiness",
    "overview:overview",
    "overview:team",
    "overview:export",
    "preparing:readiness",
}
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
    """Everything that is logged, also that a request was refused."""
    handler = Logged()
    loggers = [logging.getLogger(name) for name in ("", "django.request")]
    before = [one.level for one in loggers]
    loggers[0].addHandler(handler)
    for one in loggers:
        one.setLevel(logging.INFO)
    yield handler
    for one, level in zip(loggers, before, strict=True):
        one.setLevel(level)
    loggers[0].removeHandler(handler)


def test_a_word_in_the_log_is_seen(log: Logged) -> None:
    """Also one that stands in the error beside a line."""
    logging.getLogger("worker.runner").error(
        "It went wrong.", exc_info=ValueError(word("own", "Goal"))
    )
    assert log.hits == {"worker.runner: ('own', 'Goal')"}


def test_no_answer_holds_a_word_of_a_stranger(world: World, log: Logged) -> None:
    watch = Watch(world)
    for operation in operations():
        row = TABLE[operation.name]
        for role in ROLES:
            for where in world.places if LONG else ("own",):
                answered = asked(world, operation, role.value, world.places[where], row)
                content = b"" if answered.streaming else answered.content
                what = f"{operation.name} at {where}"
                watch.read_file(role.value, content, what)
                if operation.name in OF_PROGRESS:
                    watch.no_names(role.value, content, what)
    assert watch.hits == set()
    # The words are there to be seen.
    assert {("own", "Goal"), ("own", "Person")} <= watch.seen
    assert "nextdoor" in {where for where, _ in watch.seen}
    assert log.hits == set()
    # It was read: each refusal is a line.
    assert log.lines > len(ROLES)


def test_no_page_holds_a_word_of_a_stranger(world: World, log: Logged) -> None:
    """At home, where most is shown, and on every page that is of nothing in particular."""
    watch, asking = Watch(world), Asking(world)
    paths = {one.name: one.at(world.places["own"]) for one in addresses()}
    paths |= {name: reverse(name) for name in names_without_ids()}
    for name, path in paths.items():
        for role in ROLES:
            answered = asking.answer("GET", role.value, path)
            content = b"" if answered.streaming else answered.content
            watch.read_file(role.value, content, name)
            if name in OF_PROGRESS:
                watch.no_names(role.value, content, name)
    assert watch.hits == set()
    assert {("own", "Goal"), ("nextdoor", "Team"), ("own", "Person")} <= watch.seen
    assert log.hits == set()
    # It was read: each refusal is a line.
    assert log.lines > len(ROLES)
