"""A stand-in for a mail server: a mail backend of Django that can be made to fail."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

BACKEND = "tests.worker.mail_server.Backend"


class Server:
    """What came in, and what it answers: an exception to raise, or None."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.trouble: BaseException | None = None
        # Raised before any message is offered: at the connection, the greeting or signing in.
        self.away: BaseException | None = None
        # Raised after the message was taken: the sender does not hear that it was.
        self.dies_after: BaseException | None = None
        # Raised at the farewell.
        self.rude: BaseException | None = None

    @property
    def ids(self) -> list[str]:
        return [str(message.message()["Message-ID"]) for message in self.received]

    def take(self, message: EmailMessage) -> None:
        if self.trouble is not None:
            raise self.trouble
        # Builds the headers, as a real server is sent them.
        message.message().as_bytes()
        self.received.append(message)
        if self.dies_after is not None:
            raise self.dies_after


server = Server()


class Backend(BaseEmailBackend):
    def open(self) -> bool:
        if server.away is not None:
            raise server.away
        return True

    def close(self) -> None:
        if server.rude is not None:
            raise server.rude

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        for message in email_messages:
            server.take(message)
        return len(email_messages)


def refused(address: str, code: int = 550) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({address: (code, b"no such user")})
