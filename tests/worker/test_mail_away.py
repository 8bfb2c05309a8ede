"""A mail server that is away as a whole: that is not the fault of any message."""

import smtplib
import socket
import ssl
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.models import Mail, MailBatch, Person, Team
from tests.worker.mail_server import Server, refused
from tests.worker.test_mail import end_lease, make_due, state, told
from worker import mail

AWAY = [
    ConnectionRefusedError("connect to 10.0.0.9 failed"),
    TimeoutError("timed out"),
    socket.gaierror("mail.voorbeeld.test is not known"),
    ssl.SSLError("certificate has expired"),
    smtplib.SMTPServerDisconnected("bye"),
    smtplib.SMTPConnectError(421, b"too busy"),
    smtplib.SMTPHeloError(450, b"not now"),
    smtplib.SMTPAuthenticationError(454, b"not now"),
    smtplib.SMTPAuthenticationError(535, b"wrong password"),
]
# The server is there and takes nothing from anybody.
CLOSED = [
    smtplib.SMTPSenderRefused(421, b"going down", "ik@elders.test"),
    smtplib.SMTPSenderRefused(452, b"disk full", "ik@elders.test"),
    smtplib.SMTPDataError(421, b"going down"),
    refused("iemand@voorbeeld.test", 421),
]


def held_up(row: Mail, since: timedelta) -> None:
    """As if the server has been away for so long."""
    Mail.objects.filter(pk=row.pk).update(held_up_since=Now() - since)
    make_due(row)


def greet(listener: socket.socket, words: bytes) -> None:
    """Answers one connection with these words, and ends it."""
    with listener.accept()[0] as connection:
        connection.sendall(words)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (timedelta(hours=30), timedelta(hours=30)),
        # Long over, the next morning it is tried some hours more.
        (timedelta(days=4), timedelta(hours=35)),
    ],
)
def test_an_evening_counts_and_is_not_the_end(
    server: Server, person: Person, team: Team, before: timedelta, after: timedelta
) -> None:
    row = told(person, team)
    evening = datetime(2026, 12, 1, 20, tzinfo=UTC)
    with scopes_disabled():
        batch = MailBatch.objects.create(school=team.school, kind="welcome", title="Welkom")
    Mail.objects.filter(pk=row.pk).update(batch=batch, held_up_since=evening - before)
    make_due(row)
    assert mail.send(row.pk, now=evening) is True
    row.refresh_from_db()
    assert (row.state, row.attempts, row.due_at - evening) == ("queued", 0, timedelta(hours=10))
    assert row.held_up_since == evening - after
    assert server.ids == []


@pytest.mark.parametrize("trouble", AWAY)
def test_costs_no_attempt(server: Server, person: Person, team: Team, trouble: Exception) -> None:
    server.away = trouble
    row = told(person, team)
    for _ in range(12):
        make_due(row)
        assert mail.send(row.pk) is True
        assert state(row) == ("queued", 0, mail.TRYING_AGAIN)
    server.away = None
    make_due(row)
    mail.send(row.pk)
    assert (state(row), row.held_up_since) == (("sent", 1, ""), None)
    assert server.ids == [f"<{row.pk}@routekaart>"]


@pytest.mark.parametrize("trouble", CLOSED)
def test_nor_does_a_server_that_takes_nothing_now(
    server: Server, person: Person, team: Team, trouble: Exception
) -> None:
    server.trouble = trouble
    row = told(person, team)
    mail.send(row.pk)
    assert state(row) == ("queued", 0, mail.TRYING_AGAIN)


def test_a_message_on_its_last_attempt_waits_too(
    server: Server, person: Person, team: Team
) -> None:
    row = told(person, team)
    Mail.objects.filter(pk=row.pk).update(attempts=4)
    server.away = TimeoutError()
    for _ in range(3):
        make_due(row)
        mail.send(row.pk)
        assert state(row) == ("queued", 4, mail.TRYING_AGAIN)


@pytest.mark.parametrize(
    ("away", "wait"), [(0, 2), (1, 2), (4, 4), (30, 30), (60, 60), (61, 60), (2800, 60)]
)
def test_it_waits_as_long_as_it_waited_up_to_an_hour(
    server: Server, person: Person, team: Team, away: int, wait: int
) -> None:
    server.away = TimeoutError()
    row = told(person, team)
    held_up(row, timedelta(minutes=away))
    before = timezone.now()
    mail.send(row.pk)
    row.refresh_from_db()
    assert abs(row.due_at - before - timedelta(minutes=wait)) < timedelta(seconds=20)
    assert mail.send_due() == 0


def test_it_is_given_up_after_two_days(server: Server, person: Person, team: Team) -> None:
    server.away = TimeoutError()
    row = told(person, team)
    # Since it was due: not since it was made.
    Mail.objects.filter(pk=row.pk).update(made_at=Now() - timedelta(days=9))
    for since, expected in (
        (None, ("queued", 0, mail.TRYING_AGAIN)),
        (timedelta(hours=47, minutes=59), ("queued", 0, mail.TRYING_AGAIN)),
        (timedelta(hours=48, minutes=1), ("failed", 0, mail.SERVER_AWAY)),
    ):
        if since:
            held_up(row, since)
        mail.send(row.pk)
        assert state(row) == expected
    assert row.held_up_since is None


def test_the_days_begin_anew_once_the_server_was_there(
    server: Server, person: Person, team: Team
) -> None:
    row = told(person, team)
    held_up(row, timedelta(days=3))
    server.trouble = smtplib.SMTPDataError(451, b"try later")
    mail.send(row.pk)
    assert (state(row), row.held_up_since) == (("queued", 1, mail.TRYING_AGAIN), None)


def test_who_dies_meanwhile_still_spends_an_attempt(
    server: Server, person: Person, team: Team
) -> None:
    row = told(person, team)
    server.away = TimeoutError()
    mail.send(row.pk)
    server.away, server.dies_after = None, KeyboardInterrupt()
    make_due(row)
    with pytest.raises(KeyboardInterrupt):
        mail.send(row.pk)
    assert state(row)[:2] == ("sending", 1)
    end_lease(row)
    server.dies_after = None
    assert [mail.send(row.pk), mail.send(row.pk)] == [True, False]
    assert state(row) == ("sent", 2, "")
    assert server.ids == [f"<{row.pk}@routekaart>"] * 2


def test_a_farewell_that_fails_sends_nothing_twice(
    server: Server, person: Person, team: Team
) -> None:
    server.rude = TimeoutError("no answer to QUIT")
    row = told(person, team)
    assert [mail.send(row.pk), mail.send(row.pk)] == [True, False]
    assert state(row) == ("sent", 1, "")
    assert server.ids == [f"<{row.pk}@routekaart>"]


@pytest.mark.parametrize("greeting", [None, b"421 too busy\r\n", b"554 not today\r\n", b""])
def test_a_real_connection(
    person: Person, team: Team, settings: Settings, greeting: bytes | None
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "127.0.0.1", False
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.EMAIL_PORT = listener.getsockname()[1]
        row = told(person, team)
        if greeting is None:
            listener.close()
            mail.send(row.pk)
        else:
            answering = Thread(target=greet, args=(listener, greeting))
            answering.start()
            mail.send(row.pk)
            answering.join()
    assert state(row) == ("queued", 0, mail.TRYING_AGAIN)
