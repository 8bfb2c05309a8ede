"""Errors by mail, to a real mail server on loopback."""

import logging
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django.fixtures import Settings

from routekaart.logs.error_mail import ErrorMail
from routekaart.logs.lines import JsonLines, Story
from routekaart.logs.trace import tracing
from tests.services import free_port
from tests.worker_process import until


class Mailbox:
    def __init__(self) -> None:
        self.received: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - its name there
        self.received.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def texts(self) -> list[str]:
        made = [message_from_bytes(one, policy=policy.default) for _, one in self.received]
        return [str(message.get_content()) for message in made]


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = False
    settings.ERROR_MAIL = ["beheer@bestuur.test"]
    yield box
    controller.stop()


@pytest.fixture
def errors() -> Iterator[logging.Logger]:
    handler = ErrorMail()
    handler.setLevel("ERROR")
    handler.setFormatter(JsonLines())
    handler.addFilter(Story())
    logger = logging.getLogger("proef.errors")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


def burst(kind: type[Exception]) -> None:
    raise kind("Jansen, jan@school.nl, ?zoek=Jansen")


def fail(logger: logging.Logger, kind: type[Exception]) -> None:
    try:
        burst(kind)
    except kind:
        logger.exception("Verzoek %s mislukte.", "/zoek?naam=Jansen")


def test_an_error_is_told_once_without_anybodys_data(
    mailbox: Mailbox, errors: logging.Logger
) -> None:
    logger = errors
    with tracing(request="abc12345"):
        fail(logger, ValueError)
        fail(logger, ValueError)
        fail(logger, KeyError)
    logger.warning("Dit is geen fout.")
    until(lambda: len(mailbox.received) == 2, "two mails came")
    assert [to for to, _ in mailbox.received] == [["beheer@bestuur.test"]] * 2
    first, second = mailbox.texts()
    assert '"kinds": ["builtins.ValueError"]' in first
    assert '"request": "abc12345"' in first
    assert '"kinds": ["builtins.KeyError"]' in second
    assert "Jansen" not in first + second
    assert "school.nl" not in first + second


def test_a_flood_is_cut_off(mailbox: Mailbox, errors: logging.Logger) -> None:
    kinds = [type(f"Kind{number}", (Exception,), {}) for number in range(30)]
    for kind in kinds:
        fail(errors, kind)
    until(lambda: len(mailbox.received) == 20, "twenty mails came")
    fail(errors, OSError)
    assert len(mailbox.received) == 20


def test_by_default_nobody_hears_of_it(settings: Settings) -> None:
    assert settings.ERROR_MAIL == []
    assert settings.LOGGING["root"]["handlers"] == ["console"]
