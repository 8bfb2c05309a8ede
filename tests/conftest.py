"""Fixtures for every test: folders of its own, and the real catalogue where one asks for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from makers import ApiClient
from pytest_django.fixtures import Settings

from courses.catalogue import current_catalogue, forget_catalogue
from courses.entities import Catalogue
from courses.load import load_catalogue


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


@pytest.fixture
def catalogue(db: None) -> Iterator[Catalogue]:  # noqa: ARG001  (gives the tables)
    """The shipped catalogue, loaded into the tables of this test."""
    load_catalogue()
    forget_catalogue()
    yield current_catalogue()
    forget_catalogue()


@pytest.fixture
def api() -> ApiClient:
    """A client without a token."""
    return ApiClient()


@pytest.fixture
def pages() -> Client:
    """A browser without a session."""
    return Client()
