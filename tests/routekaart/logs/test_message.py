"""What libraries say of an error: in the log stands its kind, never its text."""

import json
import logging
from contextlib import suppress
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery
from django.core.exceptions import BadRequest
from django.db import transaction
from django.dispatch import Signal
from django.test import RequestFactory
from django.utils.log import log_response
from gunicorn.config import Config
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.workers.sync import SyncWorker

from routekaart.logs.lines import JsonLines, Story
from routekaart.logs.server import ServerLog

ROW = "0b8f2a51-3f0e-4d6c-9c43-5d0a3f6f1c22"


class Refused(Exception):
    """Shaped like what PostgreSQL says of a row that it does not take."""


TEXT = "DETAIL:  Failing row contains (7, Samira Groen, Ze huilt vaak)."


def refuse() -> None:
    raise Refused(TEXT)


def fail_with(error: Exception) -> None:
    raise error


KIND = f"{__name__}.Refused"


class Lines(logging.Handler):
    """What the log of production has, read back."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(Story())
        self.setFormatter(JsonLines())
        self.told: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        assert "Samira" not in line
        assert "huilt" not in line
        self.told.append(json.loads(line))

    def only(self) -> tuple[str, list[str]]:
        (line,) = self.told
        return line["message"], line.get("error", {"kinds": []})["kinds"]


@pytest.fixture
def lines() -> Any:
    made = Lines()
    logging.getLogger().addHandler(made)
    yield made
    logging.getLogger().removeHandler(made)


def failed_request(path: str) -> Any:
    request: Any = RequestFactory().get(path)
    request.resolver_match = SimpleNamespace(route="zoek/<str:wie>")
    return request


class TestLibraries:
    """They put what an error says in their message; ours tells its kind."""

    def test_a_task_of_celery_that_failed(self, lines: Lines) -> None:
        app = Celery("proef", set_as_current=False)
        app.task(name="proef.refuse")(refuse).apply(task_id=ROW)
        assert lines.only() == (f"Task proef.refuse[{ROW}] raised unexpected: …", [KIND])

    def test_one_whose_error_was_expected(
        self, lines: Lines, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO, "celery.app.trace")
        app = Celery("proef", set_as_current=False)
        app.task(name="proef.refuse", throws=(Refused,))(refuse).apply(task_id=ROW)
        assert lines.only() == (f"Task proef.refuse[{ROW}] raised expected: …", [])

    @pytest.mark.django_db
    def test_what_is_done_after_a_commit(
        self, lines: Lines, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            transaction.on_commit(refuse, robust=True)
        assert lines.only() == (f"Error calling refuse in on_commit() ({KIND}).", [KIND])

    def test_who_hears_of_a_signal(self, lines: Lines) -> None:
        def hear(**_: object) -> None:
            refuse()

        signal = Signal()
        signal.connect(hear)
        signal.send_robust(sender=None)
        message, kinds = lines.only()
        assert (message, kinds) == (f"Error calling … in Signal.send_robust() ({KIND})", [KIND])

    def test_a_request_keeps_its_pattern_and_its_status(self, lines: Lines) -> None:
        request = failed_request("/zoek/Samira")
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        response: Any = SimpleNamespace(status_code=status.value, reason_phrase=status.phrase)
        log_response(
            "%s: %s",
            response.reason_phrase,
            request.path,
            response=response,
            request=request,
            exception=Refused(TEXT),
        )
        assert lines.only() == ("Internal Server Error: /zoek/<str:wie>", [KIND])

    def test_a_request_that_was_refused_with_words(
        self, lines: Lines, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.WARNING, "django.request")
        request, error = failed_request("/zoek/Samira"), BadRequest("Samira is er niet")
        response: Any = SimpleNamespace(status_code=400)
        log_response(
            "%s: %s",
            str(error),
            request.path,
            response=response,
            request=request,
            exception=error,
        )
        kinds = ["django.core.exceptions.BadRequest"]
        assert lines.only() == ("…: /zoek/<str:wie>", kinds)

    @pytest.mark.parametrize(
        ("error", "expected"),
        [
            (Refused(TEXT), ("Error handling request … …", [KIND])),
            (InvalidRequestLine("GET /zoek?naam=Samira Groen"), ("a request was refused", [])),
        ],
    )
    def test_the_web_server(
        self, lines: Lines, error: Exception, expected: tuple[str, list[str]]
    ) -> None:
        log = ServerLog(Config())
        worker: Any = SimpleNamespace(log=log, cfg=Config())
        request = SimpleNamespace(method="GET", uri="/zoek?naam=Samira Groen")
        try:
            fail_with(error)
        except Exception as caught:  # noqa: BLE001 - whatever it is, as the server does
            # There is no client to answer: by then the line is there.
            with suppress(AttributeError):
                SyncWorker.handle_error(worker, request, None, ("203.0.113.9", 1), caught)
        assert lines.only() == expected

    @pytest.mark.parametrize(
        ("name", "words", "told", "expected"),
        [
            # The broker cannot be reached: the error is no more than filled in.
            (
                "celery.worker.consumer",
                "Cannot connect: %s",
                (Refused(TEXT),),
                f"Cannot connect: {KIND}",
            ),
            ("celery.worker.consumer", "%s (%r)", ("Lost", Refused(TEXT)), f"Lost ({KIND})"),
            # An error as the message itself.
            ("gunicorn.error", Refused(TEXT), (), KIND),
            (
                "kombu.pidbox",
                "pidbox error: %(why)r",
                ({"why": Refused(TEXT)},),
                f"pidbox error: {KIND}",
            ),
            # A whole report as text.
            (
                "gunicorn.error",
                "At exit:\n%s",
                ("Traceback (most recent call last):\n  …\nRefused: Samira Groen",),
                "At exit:\n…",
            ),
            # Our own lines too.
            ("routekaart.proef", "Not done: %s", (Refused(TEXT),), f"Not done: {KIND}"),
        ],
    )
    def test_an_error_that_is_filled_in(
        self, lines: Lines, name: str, words: object, told: tuple[Any, ...], expected: str
    ) -> None:
        logging.getLogger(name).error(words, *told)
        assert lines.only() == (expected, [])

    def test_what_is_filled_in_beside_an_error(self, lines: Lines) -> None:
        try:
            refuse()
        except Refused as error:
            text = repr(error)
            logging.getLogger("kombu.proef").exception("Try %d of %s: %r", 2, text, text)
        assert lines.only() == ("Try 2 of …: …", [KIND])

    def test_our_own_lines_keep_their_numbers_beside_an_error(self, lines: Lines) -> None:
        try:
            refuse()
        except Refused:
            logging.getLogger("worker.proef").exception("Job %s failed.", ROW)
        assert lines.only() == (f"Job {ROW} failed.", [KIND])

    def test_a_line_that_cannot_be_filled_in_is_told_as_it_is(self, lines: Lines) -> None:
        try:
            refuse()
        except Refused:
            logging.getLogger("kombu.proef").exception("Got %d", TEXT)
        assert lines.only() == ("Got %d", [KIND])
