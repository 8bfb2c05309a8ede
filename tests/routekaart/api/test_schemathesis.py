"""Schemathesis holds the API against its own OpenAPI file, with right and with wrong data.

Every case is about an object that exists, so that it gets past the 404, unless the address itself
is what is wrong. What it writes is rolled back, so that one case does not decide the next.
"""

import json
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from schemathesis.core.parameters import ParameterLocation

from courses.catalogue import forget_catalogue
from courses.load import load_catalogue
from routekaart.access import Role
from routekaart.actions.organisation.tokens import issue_token
from routekaart.api.root import api
from routekaart.storage import Storage
from tests.makers import grant, make_colleague
from tests.matrix_world import make_place
from tests.tiers import FUZZ_CASES, FUZZ_COUNTS, FUZZ_SEED, LONG, examples

_OPERATIONS = sum(len(methods) for methods in api.get_openapi_schema()["paths"].values())
CONFIG = schemathesis.Config.from_dict(
    {
        "seed": FUZZ_SEED,
        "generation": {
            "max-examples": math.ceil(FUZZ_CASES / _OPERATIONS) or examples(5, 10),
            # Otherwise the seed would not count.
            "deterministic": not FUZZ_CASES,
            "database": "none",
        },
        # Every value at its edges, for every field: thousands of requests.
        "phases": {"coverage": {"enabled": LONG or bool(FUZZ_CASES)}},
        "checks": {
            # A rule that schema-valid input breaks is a 422.
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "304", "401", "403", "404", "409", "412", "422"]
            },
            # What is larger than any request may be is refused unread.
            "negative_data_rejection": {
                "expected-statuses": [
                    *("400", "401", "403", "404", "405", "406", "409", "412", "413", "415"),
                    *("422", "428", "429"),
                ]
            },
        },
    }
)


@lru_cache(maxsize=1)
def _server() -> WSGIHandler:
    return WSGIHandler()


def application(environ: Any, start_response: Any) -> Any:
    """Made at the first request: only then the folders of the tests are in place."""
    return _server()(environ, start_response)


def _schema() -> Any:
    document: Any = api.get_openapi_schema()
    loaded = schemathesis.openapi.from_dict(json.loads(json.dumps(document)), config=CONFIG)
    loaded.app = application
    return loaded


schema = _schema()
# One in so many cases keeps its If-Match or If-None-Match.
_WITH_VERSION = 8


@dataclass
class Asker:
    """Somebody with every role at a school where everything is there, and the ids of that."""

    token: str
    ids: dict[str, str]
    cases: int = 0


@pytest.fixture(scope="module")
def asker(
    django_db_setup: None,  # noqa: ARG001  (makes the tables)
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Asker]:
    """One world for all operations: no case leaves a trace in it."""
    with django_db_blocker.unblock(), _kept_connection(), transaction.atomic():
        load_catalogue()
        forget_catalogue()
        place = make_place(Storage(tmp_path_factory.mktemp("files")))
        person = make_colleague(place.stage.team, Role.TEAM_LEAD)
        for role in (Role.TRAINER, Role.DIRECTOR, Role.SCHOOL_ADMIN, Role.CATALOGUE_MANAGER):
            grant(person, role, school=place.stage.school)
        _, token = issue_token(person, "schemathesis")
        asker = Asker(token, place.ids)
        yield asker
        transaction.set_rollback(True)
    forget_catalogue()
    if FUZZ_COUNTS:
        (Path(FUZZ_COUNTS) / str(os.getpid())).write_text(str(asker.cases))


@contextmanager
def _kept_connection() -> Iterator[None]:
    """A request does not end the connection, whose transaction holds the rows of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()  # type: ignore[untyped-decorator]  # made from our own file
@pytest.mark.django_db
@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_api_does_what_its_openapi_file_says(case: Any, asker: Asker) -> None:
    if not is_wrong(case, ParameterLocation.PATH):
        known = {name: asker.ids[name] for name in case.path_parameters or {}}
        case.path_parameters = case.path_parameters and known
    asker.cases += 1
    # A made-up version is never that of now: half of the cases would end there.
    if asker.cases % _WITH_VERSION and not is_wrong(case, ParameterLocation.HEADER):
        for header in ("If-Match", "If-None-Match"):
            case.headers.pop(header, None)
    with transaction.atomic():
        # Its client does not unpack what the server may compress.
        headers = {"Authorization": f"Bearer {asker.token}", "Accept-Encoding": "identity"}
        case.call_and_validate(headers=headers)
        transaction.set_rollback(True)


def is_wrong(case: Any, location: ParameterLocation) -> bool:
    """Whether this part of the request is what the case does wrong."""
    part = case.meta.components.get(location)
    return part is not None and part.mode.is_negative
