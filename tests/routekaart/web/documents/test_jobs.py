"""What runs behind: what stands still, what failed, whether there is a worker, and mail."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.actions.wakeups import HEARTBEAT_FILE
from routekaart.models import Job, Mail, MailBatch, Person
from routekaart.models.jobs import JobKind, JobState
from routekaart.models.mail import MailKind
from tests.makers import make_colleague, make_person
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture(autouse=True)
def heart(settings: Settings, tmp_path: Path) -> Path:
    """A worker that is there."""
    settings.VAR_DIR = tmp_path
    file = tmp_path / HEARTBEAT_FILE
    file.touch()
    return file


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(person: Person, address: str = "/klussen") -> str:
    response = client_of(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


def job(stage: Stage, **values: Any) -> Job:
    fields: dict[str, Any] = {
        "school": stage.school,
        "routekaart": stage.routekaart,
        "kind": JobKind.DOCUMENT,
        "payload": {"kind": "team", "format": "pdf", "length": "full"},
    }
    return Job.objects.create(**fields | values)


def batch_of(stage: Stage, state: str = "waiting", number: int = 1) -> MailBatch:
    with scopes_disabled():
        batch = MailBatch.objects.create(
            school=stage.school,
            routekaart=stage.routekaart,
            kind=MailKind.ASSIGNED,
            title="Nieuwe cursussen",
            made_by=stage.lead,
        )
    for count in range(number):
        Mail.objects.create(
            school=stage.school,
            batch=batch,
            person=stage.member,
            kind=MailKind.ASSIGNED,
            key=f"{state} {count}",
            subject="Nieuw voor jou",
            body="Hallo Mo,\n\nJe hebt een cursus.",
            state=state,
            failure="Het adres bestaat niet." if state == "failed" else "",
            attempts=3 if state == "failed" else 0,
        )
    return batch


def test_nothing_was_asked_yet(stage: Stage) -> None:
    html = shown(stage.lead)
    assert "Er is nog niets gevraagd. Documenten maak je" in html
    assert "Alles loopt" in html
    assert "De werker" not in html
    html = shown(make_colleague(stage.team, Role.MR_READER))
    assert "Er is nog niets gevraagd. De teamleider, de trainer of de directie" in html
    # Who manages the school sees no documents of teams, and reads why.
    job(stage)
    html = shown(make_colleague(stage.team, Role.SCHOOL_ADMIN))
    assert "Documenten van teams horen niet bij jouw rol." in html
    assert "Onderbouw" not in html


def test_who_belongs_nowhere_sees_nothing(stage: Stage) -> None:
    job(stage)
    assert "Scholingsplan van het team" not in shown(make_person())


def test_a_job_in_plain_words(stage: Stage) -> None:
    job(stage, state=JobState.RUNNING, progress=60, attempts=2)
    html = shown(stage.lead)
    for words in (
        "Scholingsplan van het team (PDF), zonder namen",
        "bezig",
        "We maken het document: 60 procent klaar.",
        "2 pogingen",
        "Onderbouw",
    ):
        assert words in html


def test_what_stands_still_is_flagged(stage: Stage) -> None:
    """On the database's own clock, as the worker reckons."""
    now = timezone.now()
    for values in (
        {"state": JobState.QUEUED, "due_at": now - timedelta(minutes=11)},
        {"state": JobState.RUNNING, "lease_until": now - timedelta(minutes=11)},
    ):
        found = job(stage, **values)
        html = shown(stage.lead)
        assert "Dit staat al meer dan 10 minuten stil." in html
        assert "Alles loopt" not in html
        found.delete()
    for values in (
        {"state": JobState.QUEUED, "due_at": now - timedelta(minutes=9)},
        {"state": JobState.RUNNING, "lease_until": now + timedelta(minutes=1)},
        {"state": JobState.DONE, "due_at": now - timedelta(days=1)},
    ):
        job(stage, **values)
    assert "minuten stil" not in shown(stage.lead)


def test_a_worker_that_is_away(stage: Stage, heart: Path) -> None:
    admin = make_colleague(stage.team, Role.SCHOOL_ADMIN)
    long_ago = datetime.now(UTC).timestamp() - 61
    os.utime(heart, (long_ago, long_ago))
    for person in (admin, stage.director):
        html = shown(person)
        assert "Alles loopt" not in html
        assert "De werker is er niet. Vraag wie de server beheert om hem te starten" in html
    html = shown(stage.member)
    assert "Er wordt nu niets gemaakt of verstuurd." in html
    assert "manage.py" not in html
    heart.unlink()
    assert "De werker is er niet." in shown(admin)


def test_a_worker_elsewhere_leaves_no_sign_here(
    stage: Stage, heart: Path, settings: Settings
) -> None:
    settings.EMBEDDED = False
    heart.unlink()
    assert "De werker" not in shown(stage.director)


def test_a_failed_job_is_tried_again(stage: Stage) -> None:
    found = job(stage, state=JobState.FAILED, failure_code="x", failure_text="De schijf is vol.")
    assert "De schijf is vol." in shown(stage.director)
    client = client_of(stage.director)
    html = client.post("/klussen", {"klus": str(found.pk)}, follow=True).content.decode()
    assert "We proberen het opnieuw." in html
    found.refresh_from_db()
    assert found.state == JobState.QUEUED
    assert client.post("/klussen", {"klus": str(found.pk)}).status_code == 409
    assert client.post("/klussen", {"klus": "x"}).status_code == 404
    assert client_of(Stage().director).post("/klussen", {"klus": str(found.pk)}).status_code == 404


def test_mail_that_failed_is_for_who_sends_it(stage: Stage) -> None:
    batch = batch_of(stage, "failed")
    mail = Mail.objects.get(batch=batch)
    html = shown(stage.lead)
    assert "Mail die niet is aangekomen" in html
    assert "Aan Mo Lid. Het adres bestaat niet. We probeerden het 3 keer." in html
    for person in (stage.member, Stage().lead):
        assert "niet is aangekomen" not in shown(person)
        assert client_of(person).post("/klussen", {"bericht": str(mail.pk)}).status_code in {
            403,
            404,
        }
    response = client_of(stage.lead).post("/klussen", {"bericht": str(mail.pk)}, follow=True)
    assert "We sturen het bericht aan Mo Lid opnieuw." in response.content.decode()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("queued", 0)


def test_all_that_failed_of_a_batch_is_sent_again(stage: Stage) -> None:
    batch = batch_of(stage, "failed")
    address, button = f"/verzending/{batch.pk}", "Stuur opnieuw wat mislukte"
    assert f'href="{address}"' in shown(stage.lead)
    html = shown(stage.lead, address)
    assert "1 bericht is niet aangekomen." in html
    assert button in html
    assert client_of(stage.member).post(address, {"doe": "opnieuw"}).status_code in {403, 404}
    client = client_of(stage.lead)
    for _ in range(2):
        html = client.post(address, {"doe": "opnieuw"}, follow=True).content.decode()
        assert "We sturen opnieuw wat mislukte." in html
        assert button not in html
        mail = Mail.objects.get(batch=batch)
        assert (mail.state, mail.attempts, mail.failure) == ("queued", 0, "")


def test_what_was_taken_back_is_not_sent_again(stage: Stage) -> None:
    batch = batch_of(stage, "failed")
    with scopes_disabled():
        MailBatch.objects.filter(pk=batch.pk).update(cancelled_at=timezone.now())
    address = f"/verzending/{batch.pk}"
    assert "Stuur opnieuw" not in shown(stage.lead, address)
    assert client_of(stage.lead).post(address, {"doe": "opnieuw"}).status_code == 409


def test_a_failed_digest_is_nobodys_business(stage: Stage) -> None:
    batch_of(stage, "failed")
    Mail.objects.update(kind=MailKind.DIGEST, batch=None)
    assert "niet is aangekomen" not in shown(stage.lead)


def test_mail_that_waits_is_looked_at_first(stage: Stage) -> None:
    batch = batch_of(stage)
    address = f"/verzending/{batch.pk}"
    assert f'href="{address}"' in shown(stage.lead)
    assert address not in shown(stage.member)
    html = shown(stage.lead, address)
    assert "1 wacht op vrijgave" in html
    assert "Mo Lid" in html
    assert "Je hebt een cursus." in html
    # A director lets it go, and does not read what each person has to do.
    html = shown(stage.director, address)
    assert "Verstuur deze mail" in html
    assert "Je hebt een cursus." not in html
    assert client_of(stage.member).get(address).status_code in {403, 404}
    assert client_of(Stage().lead).get(address).status_code == 404


def test_a_director_reads_no_subject_either_that_tells_of_courses(stage: Stage) -> None:
    batch = batch_of(stage)
    Mail.objects.update(subject="Nieuw voor jou: Feedback")
    assert "Feedback" not in shown(stage.director, f"/verzending/{batch.pk}")
    Mail.objects.update(state="failed")
    html = shown(stage.director)
    assert "Aan Mo Lid." in html
    assert "Feedback" not in html


def test_letting_it_go(stage: Stage) -> None:
    with scopes_disabled():
        type(stage.routekaart).objects.update(state="running")
    batch = batch_of(stage)
    client, address = client_of(stage.lead), f"/verzending/{batch.pk}"
    html = client.post(address, {"doe": "versturen"}, follow=True).content.decode()
    assert "De mail gaat weg, bij ieder op een werkdag." in html
    assert "1 staat klaar" in html.lower()
    assert "Verstuur deze mail" not in html
    assert Mail.objects.get().state == "queued"
    assert "Mail die op jou wacht" not in shown(stage.lead)


def test_taking_it_back(stage: Stage) -> None:
    batch = batch_of(stage)
    client, address = client_of(stage.lead), f"/verzending/{batch.pk}"
    html = client.post(address, {"doe": "intrekken"}, follow=True).content.decode()
    assert "Ingetrokken op" in html
    assert Mail.objects.get().state == "cancelled"
    response = client.post(address, {"doe": "versturen"})
    assert response.status_code == 409
    assert "Deze verzending is vervallen." in response.content.decode()
    assert client_of(stage.member).post(address, {"doe": "versturen"}).status_code in {403, 404}


def test_as_many_queries_for_one_as_for_thirty(stage: Stage) -> None:
    client = client_of(stage.director)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    job(stage)
    waiting = batch_of(stage)
    Mail.objects.create(
        school=stage.school,
        batch=batch_of(stage, "failed"),
        person=stage.lead,
        kind=MailKind.ASSIGNED,
        key="other",
        subject="Nieuw",
        body="Hallo,",
        state="failed",
    )
    one = queries("/klussen"), queries(f"/verzending/{waiting.pk}")
    for number in range(29):
        job(stage)
        with scopes_disabled():
            batch = MailBatch.objects.create(
                school=stage.school,
                routekaart=stage.routekaart,
                kind=MailKind.ASSIGNED,
                title=f"Nieuw {number}",
            )
        for state in ("failed", "waiting"):
            Mail.objects.create(
                school=stage.school,
                batch=batch,
                person=stage.member,
                kind=MailKind.ASSIGNED,
                key=f"many {state} {number}",
                subject="Nieuw",
                body="Hallo,",
                state=state,
            )
        Mail.objects.create(
            school=stage.school,
            batch=waiting,
            person=stage.member,
            kind=MailKind.ASSIGNED,
            key=f"one batch {number}",
            subject="Nieuw",
            body="Hallo,",
        )
    assert (queries("/klussen"), queries(f"/verzending/{waiting.pk}")) == one
    assert max(one) <= 15
