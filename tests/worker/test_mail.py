"""Sending the outbox: what a message ends as, whatever goes wrong on the way."""

import smtplib
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.mail.outbox import Message, cancel_batch, prepare_batch, release_batch, tell
from routekaart.models import Employment, Mail, Person, RoleGrant, Team
from routekaart.models.mail import MailKind
from tests.at_once import at_once
from tests.makers import access_for, make_colleague, make_team
from tests.worker.mail_server import Server, refused
from worker import mail, mail_claims, sweeping

NOON = datetime(2026, 9, 9, 10, tzinfo=UTC)


def message(person: Person, key: str = "welkom", subject: str = "Welkom") -> Message:
    return Message(person=person.pk, key=key, subject=subject, body="Hallo,\n")


def told(person: Person, team: Team, **values: Any) -> Mail:
    with transaction.atomic():
        said = message(person, **values)
        assert tell(school=team.school_id, kind=MailKind.WELCOME, message=said)
    return Mail.objects.get(person=person, key=said.key)


def state(row: Mail) -> tuple[str, int, str]:
    row.refresh_from_db()
    return row.state, row.attempts, row.failure


def make_due(row: Mail) -> None:
    Mail.objects.filter(pk=row.pk).update(due_at=Now() - timedelta(seconds=1))


def end_lease(row: Mail) -> None:
    Mail.objects.filter(pk=row.pk).update(lease_until=Now() - timedelta(seconds=1))


def test_a_message_is_sent_once_under_its_own_number(
    server: Server, person: Person, team: Team, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = "school@voorbeeld.test"
    settings.MAIL_DOMAIN = "voorbeeld.test"
    row = told(person, team)
    assert [mail.send(row.pk) for _ in range(3)] == [True, False, False]
    (sent,) = server.received
    headers = sent.message()
    assert (sent.subject, sent.body, sent.to) == ("Welkom", "Hallo,\n", [person.email])
    assert headers["From"] == "school@voorbeeld.test"
    assert headers["Message-ID"] == f"<{row.pk}@voorbeeld.test>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert state(row) == ("sent", 1, "")
    assert row.sent_at is not None
    assert (row.token, row.lease_until) == (None, None)


def test_a_line_end_in_a_name_makes_no_header(server: Server, person: Person, team: Team) -> None:
    row = told(person, team, subject="Welkom Jan\r\nBcc: dief@elders.test")
    # Also one that came into the table some other way.
    Mail.objects.filter(pk=row.pk).update(subject="Welkom Jan\nBcc: dief@elders.test")
    mail.send(row.pk)
    (sent,) = server.received
    headers = sent.message()
    assert headers["Subject"] == "Welkom Jan Bcc: dief@elders.test"
    assert headers["Bcc"] is None
    assert sent.recipients() == [person.email]


def test_killed_between_sending_and_sent_comes_twice_at_most_with_one_number(
    server: Server, person: Person, team: Team
) -> None:
    row = told(person, team)
    server.dies_after = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        mail.send(row.pk)
    assert state(row)[0] == "sending"
    assert mail.send(row.pk) is False
    assert mail_claims.has_due_mail() is False
    end_lease(row)
    server.dies_after = None
    assert mail_claims.due_mail(10) == [row.pk]
    assert [mail.send(row.pk), mail.send(row.pk)] == [True, False]
    assert state(row) == ("sent", 2, "")
    assert server.ids == [f"<{row.pk}@routekaart>"] * 2


def test_a_message_that_takes_its_worker_along_ends_failed(
    server: Server, person: Person, team: Team
) -> None:
    row = told(person, team)
    for _ in range(5):
        assert mail_claims.claim(row.pk) is not None
        end_lease(row)
    assert mail.send_due() == 0
    assert state(row) == ("failed", 5, mail_claims.WORKER_LOST)
    assert server.received == []


def test_a_stale_worker_changes_nothing(person: Person, team: Team) -> None:
    row = told(person, team)
    stale = mail_claims.claim(row.pk)
    assert stale is not None
    end_lease(row)
    fresh = mail_claims.claim(row.pk)
    assert fresh is not None
    before = Mail.objects.filter(pk=row.pk).values().get()
    assert mail_claims.deliver(stale) is False
    mail_claims.fail(stale, "x")
    mail_claims.expire(stale, "x")
    mail_claims.postpone(stale, "x", after=timedelta(0))
    mail_claims.postpone_until(stale, timezone.now())
    assert Mail.objects.filter(pk=row.pk).values().get() == before
    assert mail_claims.deliver(fresh) is True


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_row_send_one_message(
    transactional_db: None,  # noqa: ARG001  (threads see the rows)
    server: Server,
) -> None:
    team = make_team()
    row = told(make_colleague(team), team)
    assert sorted(map(bool, at_once(*[lambda: mail.send(row.pk)] * 8))) == [False] * 7 + [True]
    assert server.ids == [f"<{row.pk}@routekaart>"]


@pytest.mark.parametrize(
    "trouble",
    [
        # By then the server may have taken it: each try may bring a double.
        TimeoutError("timed out"),
        smtplib.SMTPServerDisconnected("bye"),
        smtplib.SMTPDataError(451, b"try later"),
        refused("iemand@voorbeeld.test", 450),
    ],
)
def test_a_message_that_is_not_taken_is_tried_again_and_given_up_after_five(
    server: Server, person: Person, team: Team, trouble: Exception
) -> None:
    server.trouble = trouble
    row = told(person, team)
    seen = []
    for _ in range(6):
        make_due(row)
        seen.append((mail.send(row.pk), *state(row)))
    assert seen == [
        *((True, "queued", attempt, mail.TRYING_AGAIN) for attempt in (1, 2, 3, 4)),
        (True, "failed", 5, mail.GAVE_UP),
        (False, "failed", 5, mail.GAVE_UP),
    ]
    # Words of the server are not for the sender.
    assert not any(word in row.failure for word in ("timed out", "bye", "try later"))


def test_it_waits_longer_each_time_up_to_an_hour(
    server: Server, person: Person, team: Team
) -> None:
    waits = [mail.wait_before(attempt) for attempt in range(1, 8)]
    assert [wait.seconds // 60 for wait in waits] == [2, 4, 8, 16, 32, 60, 60]
    server.trouble = TimeoutError()
    row = told(person, team)
    mail.send(row.pk)
    row.refresh_from_db()
    assert timedelta(seconds=100) < row.due_at - timezone.now() <= timedelta(minutes=2)
    assert mail.send_due() == 0


def test_a_server_that_comes_back_gets_it(server: Server, person: Person, team: Team) -> None:
    row = told(person, team)
    server.trouble = TimeoutError()
    mail.send(row.pk)
    server.trouble = None
    make_due(row)
    assert mail.send_due() == 1
    assert state(row) == ("sent", 2, "")


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (refused("iemand@voorbeeld.test"), mail.REFUSED),
        (smtplib.SMTPDataError(554, b"spam"), mail.UNUSABLE),
        (smtplib.SMTPSenderRefused(550, b"no", "ik@elders.test"), mail.UNUSABLE),
        (BadHeaderError("line end"), mail.UNUSABLE),
    ],
)
def test_what_cannot_be_delivered_fails_at_once(
    server: Server, person: Person, team: Team, trouble: Exception, reason: str
) -> None:
    server.trouble = trouble
    row = told(person, team)
    mail.send(row.pk)
    assert state(row) == ("failed", 1, reason)


def test_a_fault_of_ours_says_so(server: Server, person: Person, team: Team) -> None:
    server.trouble = ZeroDivisionError()
    row = told(person, team)
    for _ in range(5):
        make_due(row)
        mail.send(row.pk)
    assert state(row) == ("failed", 5, mail.OUR_FAULT)


class TestNobodyToSendTo:
    def test_somebody_who_is_not_active(self, server: Server, person: Person, team: Team) -> None:
        row = told(person, team)
        Person.objects.filter(pk=person.pk).update(is_active=False)
        mail.send(row.pk)
        assert state(row) == ("cancelled", 1, mail.NOT_ACTIVE)
        assert server.received == []

    def test_somebody_who_left_the_school(self, server: Server, person: Person, team: Team) -> None:
        row = told(person, team)
        with scopes_disabled():
            Employment.objects.filter(person=person).delete()
        RoleGrant.objects.filter(person=person).delete()
        mail.send(row.pk)
        assert state(row) == ("cancelled", 1, mail.NOT_ACTIVE)
        assert server.received == []

    def test_somebody_without_an_address(self, server: Server, person: Person, team: Team) -> None:
        row = told(person, team)
        Person.objects.filter(pk=person.pk).update(email="")
        mail.send(row.pk)
        assert state(row) == ("cancelled", 1, mail.NO_ADDRESS)
        assert server.received == []


class TestBatches:
    def released(self, team: Team, count: int = 2) -> tuple[Any, UUID, list[Mail]]:
        lead = access_for(make_colleague(team, Role.DIRECTOR))
        people = [make_colleague(team) for _ in range(count)]
        with transaction.atomic():
            batch = prepare_batch(
                by=lead,
                school=team.school_id,
                kind=MailKind.WELCOME,
                title="Proef",
                messages=[message(one) for one in people],
            )
        release_batch(by=lead, batch_id=batch.pk, now=NOON)
        return lead, batch.pk, list(Mail.objects.filter(batch=batch))

    def test_a_batch_that_is_taken_back_while_it_waits_is_not_sent(
        self, server: Server, team: Team
    ) -> None:
        lead, batch, rows = self.released(team)
        mail.send(rows[0].pk, now=NOON)
        cancel_batch(by=lead, batch_id=batch, now=NOON)
        assert [mail.send(row.pk, now=NOON) for row in rows] == [False, False]
        assert [state(row)[0] for row in rows] == ["sent", "cancelled"]
        assert len(server.received) == 1

    def test_also_when_a_worker_had_it_and_died(self, server: Server, team: Team) -> None:
        lead, batch, rows = self.released(team)
        assert mail_claims.claim(rows[0].pk) is not None
        cancel_batch(by=lead, batch_id=batch, now=NOON)
        end_lease(rows[0])
        mail.send(rows[0].pk)
        assert state(rows[0]) == ("cancelled", 2, mail.TAKEN_BACK)
        assert server.received == []

    @pytest.mark.parametrize(
        ("late", "due"),
        [
            # Half past six in the evening, and a Saturday at noon.
            (datetime(2026, 9, 9, 16, 30, tzinfo=UTC), datetime(2026, 9, 10, 5, tzinfo=UTC)),
            (datetime(2026, 9, 12, 10, tzinfo=UTC), datetime(2026, 9, 14, 5, tzinfo=UTC)),
        ],
    )
    def test_what_was_held_up_waits_for_the_daytime_of_a_working_day(
        self, server: Server, team: Team, late: datetime, due: datetime
    ) -> None:
        _, _, (row,) = self.released(team, 1)
        assert mail.send(row.pk, now=late) is True
        assert (*state(row), row.due_at) == ("queued", 0, "", due)
        make_due(row)
        mail.send(row.pk, now=due)
        assert state(row) == ("sent", 1, "")
        assert len(server.received) == 1

    def test_one_that_fails_does_not_hold_up_the_others(self, server: Server, team: Team) -> None:
        _, _, rows = self.released(team, 3)
        Person.objects.filter(pk=rows[1].person_id).update(is_active=False)
        assert mail.send_due(2, now=NOON) == 2
        assert mail.send_due(now=NOON) == 1
        assert sorted(state(row)[0] for row in rows) == ["cancelled", "sent", "sent"]
        assert len(server.received) == 2


def test_a_sweep_sees_that_mail_waits(server: Server, person: Person, team: Team) -> None:
    assert sweeping.mail_waits() is False
    row = told(person, team)
    assert sweeping.mail_waits() is True
    mail.send(row.pk)
    assert sweeping.mail_waits() is False
    assert len(server.received) == 1


def test_a_worker_that_is_alone_takes_over_at_its_start(person: Person, team: Team) -> None:
    row = told(person, team)
    assert mail_claims.claim(row.pk) is not None
    assert sweeping.mail_waits() is False
    assert mail_claims.expire_leases() == 1
    # By the database's clock the lease has to lie behind, be it by a millisecond.
    end_lease(row)
    assert sweeping.mail_waits() is True
