"""Fixtures for every test: folders of its own, and the real catalogue where one asks for it."""

import dataclasses
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.fixtures import Settings

from courses import catalogue as catalogue_module
from courses.catalogue import current_catalogue, forget_catalogue
from courses.entities import Catalogue
from courses.load import load_catalogue
from tests.makers import ApiClient

# How long something takes is never what a test is about: the machine may be busy.
hypothesis_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,  # noqa: ARG001  (first the plugin's own changes)
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite as a file and not in memory: threads and worker processes share it as in real life."""
    settings_of = connections["default"].settings_dict
    if settings_of["ENGINE"] == "django.db.backends.sqlite3":
        settings_of["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def _session_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("var")
    (folder / "static").mkdir()
    return folder


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, _session_folder: Path) -> None:
    """No test writes into the checkout."""
    settings.VAR_DIR = _session_folder
    settings.STATIC_ROOT = _session_folder / "static"
    settings.STORAGE_DIR = _session_folder / "files"
    # Without `collectstatic`: straight from where the files stand.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    # Tests ask without end; those of the limits set their own.
    settings.API_REQUESTS_PER_MINUTE = dict.fromkeys(settings.API_REQUESTS_PER_MINUTE, 0)


@pytest.fixture
def catalogue(
    db: None,  # noqa: ARG001  (gives the tables)
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Catalogue]:
    """The shipped catalogue in the tables of this test, and as the process knows it.

    The process does not look for a newer one after some seconds: on a busy machine a test that
    counts queries would count that one too.
    """
    monkeypatch.setattr(catalogue_module._cache, "_clock", lambda: 0.0)
    if _loaded.rows:
        # References are checked at the end of a transaction, so the order does not matter in one.
        with transaction.atomic():
            _loaded.put_back()
    else:
        load_catalogue()
        forget_catalogue()
        current_catalogue()
        _loaded.take()
    yield current_catalogue()
    forget_catalogue()


class _Loaded:
    """The first load of a session as rows: putting those back is far quicker than loading again.

    As the database gave them, without Django's models in between.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {}
        self._entry: Any = None

    def take(self) -> None:
        for model in apps.get_app_config("courses").get_models(include_auto_created=True):
            with connection.cursor() as cursor:
                # Table names come from our own models, never from outside.
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
                self.rows[model._meta.db_table] = cursor.fetchall()
        self._entry = catalogue_module._cache._entry

    def put_back(self) -> None:
        with connection.cursor() as cursor:
            for table, rows in self.rows.items():
                if rows:
                    places = ", ".join(["%s"] * len(rows[0]))
                    # Our own table names again; the values are parameters.
                    cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)  # noqa: S608
        # The same rows have the same stamp, so what was read from them still holds.
        entry = dataclasses.replace(self._entry, checked_at=time.monotonic())
        catalogue_module._cache._entry = entry


_loaded = _Loaded()


@pytest.fixture
def api() -> ApiClient:
    """A client without a token."""
    return ApiClient()


@pytest.fixture
def pages() -> Client:
    """A browser without a session."""
    return Client()
