"""What does not go on as it was, once a backup was put back."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.backups.after_restore import settle_restored
from routekaart.actions.mail.outbox import Message, prepare_batch, release_batch, tell
from routekaart.actions.mail.reminders import prepare_digests
from routekaart.domain.backups import HELD
from routekaart.domain.history_words import sentence
from routekaart.models import Agreement, AuditEntry, Job, Mail, MailBatch, Person, Plan, Team
from routekaart.models.mail import MailKind
from tests.makers import access_for, make_colleague, make_routekaart, make_team

pytestmark = pytest.mark.django_db

# A Wednesday, with nothing closed for weeks around it.
BACKUP = datetime(2026, 9, 23, 1, tzinfo=UTC)
FRIDAY = date(2026, 9, 25)
NOW = datetime(2026, 9, 25, 9, tzinfo=UTC)


@pytest.fixture
def team() -> Team:
    return make_team()


def settle() -> int:
    return settle_restored(made_at=BACKUP, at=NOW)


def _mail(person: Person, team: Team, state: str, batch: MailBatch | None = None) -> Mail:
    return Mail.objects.create(
        person=person,
        school_id=team.school_id,
        batch=batch,
        kind=MailKind.WELCOME,
        key=f"{state}:{batch}",
        subject="x",
        body="x",
        state=state,
        token=uuid4() if state == "sending" else None,
    )


def test_running_jobs_are_queued_again_and_sessions_end(team: Team) -> None:
    jobs = [
        Job.objects.create(
            school_id=team.school_id, kind="document", state=state, attempts=2, token=uuid4()
        )
        for state in ("queued", "running", "done", "failed", "cancelled")
    ]
    SessionStore().save()
    for _ in range(2):
        settle()
    found = [Job.objects.get(pk=job.pk) for job in jobs]
    assert [(one.state, one.attempts) for one in found] == [
        ("queued", 2),
        ("queued", 1),
        ("done", 2),
        ("failed", 2),
        ("cancelled", 2),
    ]
    assert [one.token for one in found] == [jobs[0].token, None, *(one.token for one in jobs[2:])]
    assert not Session.objects.exists()


def test_released_mail_waits_for_release_again(team: Team) -> None:
    by = access_for(make_colleague(team, Role.DIRECTOR))
    people = [make_colleague(team, name=name) for name in ("Anna", "Bram", "Cor")]
    batch = prepare_batch(
        by=by,
        school=team.school_id,
        kind=MailKind.WELCOME,
        title="Welkom",
        messages=[Message(person.pk, "welkom", "Welkom", "Hallo") for person in people],
    )
    release_batch(by=by, batch_id=batch.pk, now=NOW)
    rows = Mail.objects.filter(batch=batch)
    rows.filter(person=people[0]).update(state="sent")
    rows.filter(person=people[1]).update(state="sending", token=uuid4(), lease_until=NOW)
    # The mail server of then was away: the one of now begins anew.
    rows.filter(person=people[2]).update(held_up_since=NOW)
    assert settle() == 2
    assert list(rows.order_by("person__name").values_list("state", "token", "held_up_since")) == [
        ("sent", None, None),
        ("waiting", None, None),
        ("waiting", None, None),
    ]
    # Somebody looks at it, and lets the rest go after all.
    release_batch(by=by, batch_id=batch.pk, now=NOW)
    assert sorted(rows.values_list("state", flat=True)) == ["queued", "queued", "sent"]


def test_mail_without_a_batch_is_held_with_its_reason(team: Team) -> None:
    person = make_colleague(team)
    before = ("queued", "sending", "waiting", "sent", "failed", "cancelled")
    rows = [_mail(person, team, state) for state in before]
    assert settle() == 2
    found = [Mail.objects.get(pk=row.pk) for row in rows]
    assert [(one.state, one.failure) for one in found] == [
        ("failed", HELD),
        ("failed", HELD),
        ("waiting", ""),
        ("sent", ""),
        ("failed", ""),
        ("cancelled", ""),
    ]
    # It counts as told.
    assert not tell(
        school=team.school_id,
        kind=MailKind.WELCOME,
        message=Message(person.pk, rows[0].key, "x", "x"),
    )


def test_reminders_of_the_days_since_are_not_said_again(team: Team) -> None:
    routekaart = make_routekaart(team, state="running")
    person = make_colleague(team)
    for what, days in (("een", 0), ("twee", 3), ("drie", 4)):
        due = FRIDAY + timedelta(days=days)
        with scopes_disabled():
            Agreement.objects.create(
                routekaart=routekaart, owner=person, what=what, due_on=due, check_on=due
            )
    # Without a restore this Friday has something to say.
    with transaction.atomic():
        assert prepare_digests(today=FRIDAY, now=NOW) == 1
        transaction.set_rollback(True)
    settle()
    said = Mail.objects.filter(kind=MailKind.DIGEST).order_by("key")
    # What these days said is known, and nothing of it goes out.
    assert {(one.state, one.failure) for one in said} == {("failed", HELD)}
    assert [one.key for one in said][-1] == f"digest:{FRIDAY}"
    assert prepare_digests(today=FRIDAY, now=NOW) == 0
    told = {key for one in said for key in one.about}
    monday = FRIDAY + timedelta(days=3)
    prepare_digests(today=monday, now=NOW)
    after = Mail.objects.get(key=f"digest:{monday}")
    assert after.state == "queued"
    assert set(after.about) & told == set()


def test_a_plan_that_cannot_be_read_keeps_no_backup_away(team: Team) -> None:
    routekaart = make_routekaart(make_team(), state="running")
    working = make_routekaart(team, state="running")
    with scopes_disabled():
        Plan.objects.create(
            routekaart=routekaart, version=1, content={"broken": True}, approved_at=NOW
        )
        make_colleague(routekaart.team)
        Agreement.objects.create(
            routekaart=working,
            owner=make_colleague(team, name="Mo"),
            what="een",
            due_on=FRIDAY,
            check_on=FRIDAY,
        )
    settle()
    told = {one.person.name for one in Mail.objects.select_related("person")}
    assert told == {"Mo"}


def test_every_school_reads_in_its_log_that_it_happened() -> None:
    schools = sorted(str(make_team().school_id) for _ in range(2))
    settle()
    with scopes_disabled():
        rows = AuditEntry.objects.filter(action="restore_backup").order_by("object_id")
        assert [(str(row.school_id), row.person, row.at) for row in rows] == [
            (school, None, NOW) for school in schools
        ]
    assert sentence("restore_backup", None) == "De technisch beheerder zette een back-up terug."
