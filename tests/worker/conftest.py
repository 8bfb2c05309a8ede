"""Fixtures of the worker: rows, a storage of its own, a count of renderings, a mail server."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from routekaart.models import Person, Team
from routekaart.storage import Storage
from tests.makers import make_colleague, make_team
from tests.worker import mail_server
from tests.worker.mail_server import BACKEND, Server
from tests.worker_bench import Bench, make_bench


@pytest.fixture
def bench(db: None) -> Bench:  # noqa: ARG001  (gives the tables)
    return make_bench()


@pytest.fixture
def shared_bench(transactional_db: None) -> Bench:  # noqa: ARG001  (gives the tables)
    """With rows that other threads and processes see as well."""
    return make_bench()


@pytest.fixture
def storage(settings: Settings, tmp_path: Path) -> Storage:
    settings.STORAGE_DIR = tmp_path / "files"
    return Storage(tmp_path / "files")


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often a stand-in was rendered, by whatever process."""
    folder = tmp_path / "runs"
    folder.mkdir()
    monkeypatch.setenv("STANDIN_LOG", str(folder))
    return lambda: len(list(folder.glob("render-*")))


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Server:
    settings.EMAIL_BACKEND = BACKEND
    made = Server()
    monkeypatch.setattr(mail_server, "server", made)
    return made


@pytest.fixture
def team(db: None) -> Team:  # noqa: ARG001  (gives the tables)
    return make_team()


@pytest.fixture
def person(team: Team) -> Person:
    """A member of that team."""
    return make_colleague(team, name="Mo Lid")
