"""A real Chromium (the system's own) before a real server."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import BrowserContext
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from courses.catalogue import forget_catalogue
from courses.load import load_catalogue
from routekaart.models import Person
from tests.page_world import MOMENT, World
from tests.standing_clock import CLOCK

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_ROOT = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests are skipped and say so; where CI is set they fail."""
    if CHROMIUM or os.environ.get("CI"):
        return
    for item in items:
        if _ROOT in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium; as root it has no sandbox, and it calls nobody by itself."""
    assert CHROMIUM, "Install the package chromium: these tests need a real browser."
    return {
        "executable_path": CHROMIUM,
        "args": [
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def site(
    django_db_setup: None,  # noqa: ARG001  (gives the tables)
    tmp_path_factory: pytest.TempPathFactory,
    _session_folder: Path,
) -> Iterator[LiveServer]:
    """The server, for all tests of this process, with folders of its own."""
    # Playwright keeps an event loop in this thread, and Django would refuse the database for it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    folder = tmp_path_factory.mktemp("site")
    (folder / "static").mkdir()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        VAR_DIR=folder,
        # Where each test has it, for the world is made before the first of them.
        STORAGE_DIR=_session_folder / "files",
        STATIC_ROOT=folder / "static",
        STORAGES=django_settings.STORAGES | {"staticfiles": plain},
        MIDDLEWARE=["tests.standing_clock.standing_clock", *django_settings.MIDDLEWARE],
    ):
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def base_url(site: LiveServer) -> str:
    """So that `page.goto("/probeer")` is enough."""
    return site.url


@pytest.fixture(scope="module")
def db(site: LiveServer, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001  (the server runs)
    """Tables with the catalogue that the server sees too; empty again after the file.

    By this name pytest-django knows that a database is wanted. Its own would be a transaction that
    the server cannot see into. A test that changes things makes a school of its own.
    """
    with django_db_blocker.unblock():
        load_catalogue()
        forget_catalogue()
        yield
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        forget_catalogue()


@pytest.fixture(scope="module")
def world(db: None) -> World:  # noqa: ARG001  (gives the tables)
    """The world of all pages, the same for all tests of a file: change nothing in it."""
    return World()


@pytest.fixture(autouse=True)
def _moment(site: LiveServer) -> Iterator[None]:  # noqa: ARG001  (the server runs)
    CLOCK.moment = MOMENT
    yield
    CLOCK.moment = None


@pytest.fixture
def at() -> Callable[[datetime], None]:
    """Puts the clock of the server elsewhere for the rest of the test."""

    def put(moment: datetime) -> None:
        CLOCK.moment = moment

    return put


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture
def sign_in(site: LiveServer) -> Callable[[BrowserContext, Person], None]:
    """Signs somebody in without the form, which has tests of its own."""

    def sign(context: BrowserContext, person: Person) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": session.session_key or "", "url": site.url}])

    return sign
