"""Documents of a routekaart: asking, waiting, opening, trying again."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.models import AuditEntry, Document, Job, Person
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength, JobKind, JobState
from routekaart.storage import Storage
from tests.makers import make_colleague
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

# What the form has chosen already.
PDF = {"format": "pdf", "length": "full"}


@pytest.fixture
def stage(catalogue: Any) -> Stage:  # noqa: ARG001  (loaded before the team chooses)
    return Stage().planned()


def address(stage: Stage) -> str:
    return f"/routekaart/{stage.routekaart.pk}/documenten"


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(stage: Stage, person: Person | None = None) -> str:
    response = client_of(person or stage.lead).get(address(stage))
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


def document(stage: Stage, content_hash: str = "4f2a91c0" * 8, **values: Any) -> Document:
    fields: dict[str, Any] = {
        "plan": stage.plan,
        "school": stage.school,
        "kind": DocumentKind.TEAM,
        "format": DocumentFormat.PDF,
        "length": DocumentLength.FULL,
        "input_hash": content_hash,
        "size": 48_213,
        "media_type": "application/pdf",
        "file_name": "scholingsplan.pdf",
    }
    with scopes_disabled():
        return Document.objects.create(
            routekaart=stage.routekaart, content_hash=content_hash, **fields | values
        )


def part(client: Client, found: Job, looks: int = 1) -> str:
    response = client.get(f"/klussen/{found.pk}?keer={looks}", headers={"HX-Request": "true"})
    assert response.status_code == 200
    html: str = response.content.decode()
    assert "<html" not in html
    return html


@pytest.mark.parametrize(("choice", "persons"), [("zonder", False), ("met", True)])
def test_asking_for_one(stage: Stage, choice: str, persons: bool) -> None:
    response = client_of(stage.lead).post(address(stage), PDF | {"persons": choice})
    assert (response.status_code, response["Location"]) == (302, address(stage))
    found = Job.objects.get()
    assert (found.holds_persons, found.requested_by, found.state) == (
        persons,
        stage.lead,
        JobState.QUEUED,
    )
    html = shown(stage)
    assert "Het document staat in de rij." in html
    assert f'hx-get="/klussen/{found.pk}?keer=1" hx-trigger="load delay:1000ms"' in html
    assert '<a href="">Ververs</a>' in html


def test_documents_for_programs_stand_in_no_list_of_people(stage: Stage) -> None:
    document(stage, format=DocumentFormat.JSON, file_name="scholingsplan.json")
    assert "Er is nog geen document." in shown(stage)
    found = document(stage, content_hash="5f2a91c0" * 8)
    assert str(found.pk) in shown(stage)


def test_a_format_and_a_length_are_chosen(stage: Stage) -> None:
    html = shown(stage)
    assert "Als welk bestand?" in html
    assert "JSON" not in html
    chosen = {"format": "docx", "length": "compact", "persons": "zonder"}
    assert client_of(stage.lead).post(address(stage), chosen).status_code == 302
    payload = Job.objects.get().payload
    assert (payload["format"], payload["length"]) == ("docx", "compact")
    assert "Scholingsplan van het team, kort (Word), zonder namen" in shown(stage)
    missing = client_of(stage.lead).post(address(stage), {"persons": "zonder"})
    assert missing.status_code == 422
    assert "Kies als welk bestand je het wilt." in missing.content.decode()


def test_two_pages_hold_no_chapter_per_person(stage: Stage) -> None:
    chosen = {"format": "pdf", "length": "compact", "persons": "met"}
    assert client_of(stage.lead).post(address(stage), chosen).status_code == 302
    assert Job.objects.get().holds_persons is False


def test_the_list_says_what_is_in_it_about_persons(stage: Stage) -> None:
    document(stage, "1" * 64, holds_persons=True)
    document(stage, "2" * 64, holds_persons=True, length=DocumentLength.STANDARD)
    html = shown(stage)
    assert html.count("Met een hoofdstuk per persoon: voor de teamleider en de trainer.") == 1
    assert html.count("Met de uren per persoon: voor de teamleider en de trainer.") == 1


def test_the_list_says_which_was_made_of_an_adopted_plan(stage: Stage) -> None:
    document(stage, "1" * 64)
    document(stage, "2" * 64, adopted=True)
    document(stage, "3" * 64, kind=DocumentKind.SCHOOL, plan=None)
    html = shown(stage)
    adopted, concept = (
        f'plan versie 1</strong></a> <span class="tag{shade}">{word}</span>'
        for shade, word in ((" done", "vastgesteld"), ("", "concept"))
    )
    assert (html.count(adopted), html.count(concept)) == (1, 1)
    assert html.index(adopted) < html.index("22222222</code>") < html.index(concept)
    assert html.count(">concept</span>") == 1


def test_who_makes_documents_finds_the_booklet_of_each_study_day(stage: Stage) -> None:
    link = f'<a href="/studiedag/{stage.study_day.pk}/boekje">Woensdag 4 november 2026'
    assert link in shown(stage, stage.director)
    assert "/boekje" not in shown(stage, make_colleague(stage.team, Role.MEMBER))


def test_a_director_is_not_asked_about_persons_and_gets_none(stage: Stage) -> None:
    assert "Voor wie is het?" not in shown(stage, stage.director)
    assert (
        client_of(stage.director).post(address(stage), PDF | {"persons": "met"}).status_code == 302
    )
    assert Job.objects.get().holds_persons is False


def test_who_it_is_for_must_be_said(stage: Stage) -> None:
    response = client_of(stage.lead).post(address(stage), PDF)
    html = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_persons_0">Voor wie is het? Kies voor wie het document is.' in html
    assert "<title>Fout: " in html
    assert not Job.objects.exists()


def test_who_may_not_make_one_reads(stage: Stage) -> None:
    document(stage)
    reader = make_colleague(stage.team, Role.MEMBER)
    html = shown(stage, reader)
    assert "Maak het document" not in html
    assert "Download" not in html
    assert "4f2a91c0" in html
    assert client_of(reader).post(address(stage), PDF).status_code == 403


def test_before_there_is_a_plan() -> None:
    stage = Stage().submitted()
    html = shown(stage)
    assert "Er is nog geen plan." in html
    assert "Maak het document" not in html
    response = client_of(stage.lead).post(address(stage), PDF | {"persons": "zonder"})
    assert response.status_code == 422
    assert "Er is nog geen plan. Maak eerst een plan" in response.content.decode()


def test_versions_with_the_newest_first_and_what_is_for_whom(stage: Stage) -> None:
    document(stage, "a" * 64)
    document(stage, "b" * 64, holds_persons=True)
    html = shown(stage)
    assert html.index("bbbbbbbb</code>") < html.index("aaaaaaaa</code>")
    assert "voor de teamleider en de trainer" in html
    html = shown(stage, stage.director)
    assert "bbbbbbbb" not in html
    assert "aaaaaaaa" in html


def test_looking_again_ever_less_often(stage: Stage) -> None:
    found = job(stage, state=JobState.RUNNING, progress=40)
    client = client_of(stage.lead)
    html = part(client, found)
    assert "We maken het document: 40 procent klaar." in html
    assert '<progress max="100" value="40" aria-label="Voortgang">' in html
    assert f'?keer=2" hx-trigger="load delay:{1300}ms"' in html
    assert "delay:10000ms" in part(client, found, 50)
    assert "delay:1000ms" in client.get(f"/klussen/{found.pk}?keer=x").content.decode()


def test_a_finished_one_is_offered_and_stands_in_the_list(stage: Stage) -> None:
    made = document(stage)
    found = job(stage, state=JobState.DONE, progress=100, document=made)
    html = part(client_of(stage.lead), found)
    assert f'<a href="/document/{made.pk}">Download het document</a>' in html
    assert '<div id="lijst" hx-swap-oob="true">' in html
    assert "hx-get" not in html
    # On the page itself it is in the list, and no job any more.
    assert "Download het document" not in shown(stage)


def test_a_failure_says_why_and_can_be_tried_again(stage: Stage) -> None:
    found = job(stage, state=JobState.FAILED, failure_code="x", failure_text="De schijf is vol.")
    html = shown(stage)
    assert "De schijf is vol." in html
    assert "Opnieuw proberen" in html
    assert "Opnieuw proberen" not in shown(stage, stage.member)
    response = client_of(stage.lead).post(f"/klussen/{found.pk}")
    assert (response.status_code, response["Location"]) == (302, address(stage))
    found.refresh_from_db()
    assert (found.state, found.failure_text) == (JobState.QUEUED, "")
    assert client_of(stage.lead).post(f"/klussen/{found.pk}").status_code == 409
    assert client_of(stage.member).post(f"/klussen/{found.pk}").status_code == 403


def test_a_failure_that_was_made_good_is_gone(stage: Stage) -> None:
    job(stage, state=JobState.FAILED, failure_code="x", failure_text="De schijf is vol.")
    job(stage, state=JobState.DONE, holds_persons=True)
    assert "De schijf is vol." in shown(stage)
    job(stage, state=JobState.DONE)
    assert "De schijf is vol." not in shown(stage)


def test_the_file_itself(stage: Stage, settings: Settings) -> None:
    stored = Storage(Path(settings.STORAGE_DIR)).put(b"%PDF proef")
    made = document(stage, stored.content_hash)
    client = client_of(stage.lead)
    response = client.get(f"/document/{made.pk}")
    assert response.getvalue() == b"%PDF proef"
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert 'filename="scholingsplan.pdf"' in response["Content-Disposition"]
    with scopes_disabled():
        assert AuditEntry.objects.filter(action="open_document").count() == 1


def test_who_reads_what_is_of_nobody_else_is_not_told_to_the_school(
    stage: Stage, settings: Settings
) -> None:
    stored = Storage(Path(settings.STORAGE_DIR)).put(b"%PDF proef")
    made = document(stage, stored.content_hash)
    opened = []
    for person, private in ((stage.lead, True), (stage.lead, False), (stage.member, False)):
        with scopes_disabled():
            Document.objects.filter(pk=made.pk).update(person=person, private=private)
        assert client_of(stage.lead).get(f"/document/{made.pk}").getvalue() == b"%PDF proef"
        with scopes_disabled():
            opened.append(AuditEntry.objects.latest("at", "id").action)
    assert opened == ["open_own_document", "open_document", "open_document"]


def test_a_file_that_is_gone(stage: Stage) -> None:
    made = document(stage, "c" * 64)
    response = client_of(stage.lead).get(f"/document/{made.pk}")
    assert response.status_code == 409
    assert "Vraag het document opnieuw aan." in response.content.decode()


def test_another_school_and_other_eyes_find_nothing(stage: Stage) -> None:
    stranger = client_of(Stage().lead)
    made, found = document(stage), job(stage)
    for path in (address(stage), f"/document/{made.pk}", f"/klussen/{found.pk}"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(address(stage), PDF | {"persons": "zonder"}).status_code == 404
    secret, hidden = document(stage, "d" * 64, holds_persons=True), job(stage, holds_persons=True)
    director = client_of(stage.director)
    assert director.get(f"/document/{secret.pk}").status_code == 404
    assert director.get(f"/klussen/{hidden.pk}").status_code == 404


def test_as_many_queries_for_one_as_for_thirty(stage: Stage) -> None:
    client = client_of(stage.lead)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address(stage)).status_code == 200
        return len(found)

    document(stage)
    job(stage)
    one = queries()
    for number in range(29):
        document(stage, f"{number:064d}")
        job(stage)
    assert queries() == one <= 15
    assert "Bladzijde 1 van 2" in shown(stage)
