"""Sending a document from its list: choosing people, reading along, stopping a link."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.models import Document, DocumentLink, Job, Mail, Person, Plan
from routekaart.models.jobs import DocumentKind, JobKind, JobState
from routekaart.queries.documents.link_tokens import token_of
from tests.handing_over import BYTES, SITE, Handing
from tests.makers import make_colleague, make_link
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def handing(settings: Settings, tmp_path: Path) -> Handing:
    settings.STORAGE_DIR = tmp_path
    settings.PUBLIC_ADDRESS = SITE
    return Handing()


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(document: Document) -> str:
    return f"/document/{document.pk}/versturen"


def shown(handing: Handing, document: Document, person: Person | None = None) -> str:
    response = client_of(person or handing.stage.lead).get(address(document))
    assert response.status_code == 200
    return response.content.decode()


def ticks(html: str) -> dict[str, bool]:
    """Who can be chosen, and whether that person is chosen already."""
    found = {}
    for part in html.split("<label for=")[1:]:
        label = part.partition("</label>")[0]
        if 'type="checkbox"' in label:
            found[label.rpartition(">")[2].strip()] = "checked" in label
    return found


def test_the_director_is_chosen_and_the_mail_can_be_read_first(handing: Handing) -> None:
    html = shown(handing, handing.document())
    assert ticks(html) == {
        "Dirk Directeur": True,
        "Roel director": True,
        "Roel board": False,
        "Roel team_lead": False,
        "Roel trainer": False,
        "Tess Trainer": False,
        "Mo Lid": False,
        "Roel member": False,
    }
    for role in ("Directie", "Bestuur", "Teamleider", "Trainer", "Team"):
        assert f"<legend>{role}</legend>" in html
    assert "Document voor jou: Scholingsplan van het team (PDF)" in html
    assert "(de link staat alleen in de mail zelf)" in html
    assert "Dit document is nog aan niemand gestuurd." in html
    assert "De link werkt 14 dagen, zonder aanmelden." in html


@pytest.mark.parametrize("kind", [DocumentKind.TEAM, DocumentKind.STUDY_DAY])
def test_why_not_everybody_can_be_chosen(handing: Handing, kind: DocumentKind) -> None:
    why = "In dit document staan namen. Daarom kun je alleen kiezen uit wie dat mag lezen."
    assert why in shown(handing, handing.document(kind=kind, holds_persons=True))
    assert why not in shown(handing, handing.document(kind=kind))


@pytest.mark.parametrize(("adopted", "word"), [(True, "vastgesteld"), (False, "concept")])
def test_it_says_whether_the_plan_in_it_was_adopted(
    handing: Handing, *, adopted: bool, word: str
) -> None:
    with scopes_disabled():
        plan = Plan.objects.create(routekaart=handing.stage.routekaart, version=3, content={})
    document = handing.document(plan=plan, adopted=adopted)
    assert f"(PDF), plan versie 3, {word}." in shown(handing, document)
    link = make_link(document, recipient=handing.stage.director, made_by=handing.stage.lead)
    opened = Client().get(f"/gedeeld/{token_of(link.pk)}").content.decode()
    assert f"<dd>Versie 3, {word}</dd>" in opened


def test_sending(handing: Handing) -> None:
    document, director = handing.document(), handing.stage.director
    client = client_of(handing.stage.lead)
    chosen = {"director": [str(director.pk)], "board": [str(handing.people[Role.BOARD].pk)]}
    response = client.post(address(document), chosen, follow=True)
    html = response.content.decode()
    assert response.redirect_chain == [(address(document), 302)]
    assert "De mail gaat weg naar 2 mensen." in html
    assert "Stop de link van Dirk Directeur" in html
    assert html.count("Mail: staat klaar.") == 2
    assert Mail.objects.count() == 2
    # Who has one is not chosen again.
    assert ticks(html)["Dirk Directeur"] is False
    again = client.post(address(document), {"director": [str(director.pk)]}, follow=True)
    assert "Had al een link die werkt, en krijgt geen tweede mail: Dirk Directeur." in (
        again.content.decode()
    )
    assert Mail.objects.count() == 2


def test_nobody_chosen_or_somebody_who_is_not_in_the_list(handing: Handing) -> None:
    document, client = handing.document(), client_of(handing.stage.lead)
    response = client.post(address(document), {})
    assert response.status_code == 422
    assert '<a href="#id_director_0">Directie: Kies aan wie je het stuurt.' in (
        response.content.decode()
    )
    stranger = Stage().director
    response = client.post(address(document), {"director": [str(stranger.pk)]})
    assert response.status_code == 422
    assert "Kies uit de lijst." in response.content.decode()
    assert not Mail.objects.exists()


def test_what_became_of_it_and_stopping(handing: Handing) -> None:
    document, lead = handing.document(), handing.stage.lead
    link = make_link(document, recipient=handing.stage.director, made_by=lead)
    assert "geopend op" not in shown(handing, document)
    with scopes_disabled():
        DocumentLink.objects.update(opened_at=datetime(2026, 9, 9, 12, tzinfo=UTC))
    assert "geopend op 9 september 2026" in shown(handing, document)
    client = client_of(lead)
    html = client.post(address(document), {"stop": str(link.pk)}, follow=True).content.decode()
    assert "De link van Dirk Directeur werkt niet meer." in html
    assert "link gestopt" in html
    assert "Stop de link van" not in html
    for wrong in ("x", str(document.pk)):
        assert client.post(address(document), {"stop": wrong}).status_code == 404


def test_one_that_expired_or_did_not_arrive(handing: Handing) -> None:
    document, lead = handing.document(), handing.stage.lead
    link = make_link(document, recipient=handing.stage.director, made_by=lead)
    mail = Mail.objects.create(
        school=handing.stage.school,
        person=link.recipient,
        kind="document",
        key="x",
        state="failed",
        failure="Het adres is geweigerd.",
    )
    with scopes_disabled():
        DocumentLink.objects.update(
            mail=mail,
            made_at=link.made_at - timedelta(days=14),
            expires_at=link.expires_at - timedelta(days=14),
        )
    html = shown(handing, document)
    assert "link verlopen" in html
    assert "Het adres is geweigerd." in html
    assert "Stop de link van" not in html


def test_nobody_to_send_to(handing: Handing) -> None:
    document = handing.document(holds_persons=True)
    for person in (handing.stage.trainer, *handing.people.values()):
        Person.objects.filter(pk=person.pk).update(is_active=False)
    html = shown(handing, document)
    assert "Buiten jou mag niemand dit document lezen." in html
    assert "Verstuur de mail" not in html


def test_who_gets_the_button(handing: Handing) -> None:
    document = handing.document()
    path = f"/routekaart/{handing.stage.routekaart.pk}/documenten"
    for role, sends in (
        (Role.TEAM_LEAD, True),
        (Role.TRAINER, True),
        (Role.DIRECTOR, True),
        (Role.MEMBER, False),
        (Role.BOARD, True),
    ):
        client = client_of(handing.people[role])
        assert (address(document) in client.get(path).content.decode()) is sends
        assert client.get(address(document)).status_code == (200 if sends else 403)
        assert client.post(address(document), {}).status_code == (422 if sends else 403)
    assert client_of(Stage().lead).get(address(document)).status_code == 404


def test_a_document_about_the_school_is_sent_by_who_acts_for_the_school(
    handing: Handing,
) -> None:
    document = handing.document(routekaart=None, kind=DocumentKind.SCHOOL)
    for role, sends in ((Role.TRAINER, True), (Role.DIRECTOR, True), (Role.BOARD, True)):
        html = client_of(handing.people[role]).get("/documenten/overzichten").content.decode()
        assert (address(document) in html) is sends
    assert '<a href="/documenten/overzichten">' in shown(handing, document, handing.stage.director)


def test_the_button_is_there_when_a_document_comes_in(handing: Handing) -> None:
    """The part of the page that is renewed once a job is done."""
    document = handing.document()
    job = Job.objects.create(
        school=handing.stage.school,
        routekaart=handing.stage.routekaart,
        kind=JobKind.DOCUMENT,
        state=JobState.DONE,
        document=document,
    )
    response = client_of(handing.stage.lead).get(
        f"/klussen/{job.pk}?keer=1", headers={"HX-Request": "true"}
    )
    assert address(document) in response.content.decode()


def test_what_is_new_to_whom(handing: Handing) -> None:
    document, stage = handing.document(), handing.stage
    path = f"/routekaart/{stage.routekaart.pk}/documenten"
    new = '<span class="tag busy">nieuw</span>'

    def sees_new(person: Person) -> bool:
        return new in client_of(person).get(path).content.decode()

    Job.objects.create(
        school=stage.school,
        kind=JobKind.DOCUMENT,
        state=JobState.DONE,
        document=document,
        requested_by=stage.lead,
    )
    board = handing.people[Role.BOARD]
    assert [sees_new(one) for one in (stage.lead, stage.director, board)] == [False, True, True]
    assert client_of(stage.director).get(f"/document/{document.pk}").getvalue() == BYTES
    link = make_link(document, recipient=board, made_by=stage.lead)
    assert [sees_new(one) for one in (stage.director, board)] == [False, True]
    with scopes_disabled():
        DocumentLink.objects.filter(pk=link.pk).update(opened_at=link.made_at)
    assert not sees_new(board)
    trainer = stage.trainer
    assert sees_new(trainer)
    with scopes_disabled():
        Document.objects.update(made_at=document.made_at - timedelta(days=30))
    assert not sees_new(trainer)


def test_as_many_queries_for_one_as_for_thirty(handing: Handing) -> None:
    document, lead = handing.document(), handing.stage.lead
    client = client_of(lead)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address(document)).status_code == 200
        return len(found)

    make_link(document, recipient=handing.stage.director, made_by=lead)
    one = queries()
    for _ in range(29):
        person = make_colleague(handing.stage.team, Role.MR_READER)
        make_link(document, recipient=person, made_by=lead)
    assert queries() == one <= 15
    assert "Bladzijde 1 van 2" in shown(handing, document)
