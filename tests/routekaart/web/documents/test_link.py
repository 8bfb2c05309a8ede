"""What somebody sees who opens the link of a mail, without signing in."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart import clock
from routekaart.logs.lines import Story
from routekaart.models import AuditEntry, DocumentLink, RoleGrant
from routekaart.queries.documents.link_tokens import token_of
from tests.handing_over import BYTES, Handing
from tests.makers import make_link
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def handing(settings: Settings, tmp_path: Path) -> Handing:
    settings.STORAGE_DIR = tmp_path
    return Handing()


@pytest.fixture
def link(handing: Handing) -> DocumentLink:
    return make_link(
        handing.document(), recipient=handing.stage.director, made_by=handing.stage.lead
    )


def address(link: DocumentLink) -> str:
    return f"/gedeeld/{token_of(link.pk)}"


def keeps_to_itself(response: Any) -> bool:
    return (
        response["Referrer-Policy"],
        response["Cache-Control"],
        response["X-Robots-Tag"],
    ) == ("no-referrer", "private, no-store", "noindex, nofollow")


def opened(link: DocumentLink) -> int:
    with scopes_disabled():
        return AuditEntry.objects.filter(action="open_document", object_id=str(link.pk)).count()


def test_first_what_it_is_and_looking_is_no_opening(handing: Handing, link: DocumentLink) -> None:
    client = Client()
    for method in (client.get, client.head, client.get):
        response = method(address(link))
        assert response.status_code == 200
        assert keeps_to_itself(response)
    html = response.content.decode()
    assert "Dit document is voor jou klaargezet" in html
    assert "Scholingsplan van het team (PDF)" in html
    assert "Bovenbouw, De Wilg" in html
    assert "Lies Leider stuurde het je." in html
    until = clock.now() + timedelta(days=14)
    assert f" {until.year}, " in html
    # Whoever got hold of the link learns no name of who it was for.
    assert handing.stage.director.name not in html
    with scopes_disabled():
        handing.stage.lead.employments.update(given_name="Anja Anders")
    html = client.get(address(link)).content.decode()
    assert ("Lies Leider" in html, "Anja Anders stuurde het je." in html) == (False, True)
    assert opened(link) == 0
    assert handing.link(link.pk).opened_at is None
    assert response.cookies.keys() == set()


def test_the_button_gives_the_file(handing: Handing, link: DocumentLink) -> None:
    # As a browser that names no origin: the check of forms would refuse that.
    client = Client(enforce_csrf_checks=True)
    response = client.post(address(link), headers={"Origin": "null"})
    assert response.getvalue() == BYTES
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="scholingsplan.pdf"'
    assert keeps_to_itself(response)
    assert opened(link) == 1
    assert handing.link(link.pk).opened_at is not None


def test_who_is_signed_in_as_somebody_else_opens_it_for_the_recipient(
    handing: Handing, link: DocumentLink
) -> None:
    client = Client()
    client.force_login(Stage().lead)
    assert client.get(address(link)).status_code == 200
    assert client.post(address(link)).getvalue() == BYTES
    with scopes_disabled():
        assert AuditEntry.objects.get(action="open_document").person == handing.stage.director


def test_unknown_and_wrong_are_the_same_page(link: DocumentLink) -> None:
    client, token = Client(), token_of(link.pk)
    wrong = [token_of(uuid4()), token[:-1] + ("a" if token[-1] != "a" else "b"), "x", "a" * 4000]
    answers = {
        (response.status_code, response.content)
        for one in wrong
        for response in (client.get(f"/gedeeld/{one}"), client.post(f"/gedeeld/{one}"))
    }
    assert len(answers) == 1
    response = client.get("/gedeeld/x")
    assert response.status_code == 404
    assert keeps_to_itself(response)
    assert "Vraag aan wie je de mail stuurde om een nieuwe link." in response.content.decode()


@pytest.mark.parametrize("why", ["expired", "revoked", "role", "file"])
def test_one_that_works_no_more(handing: Handing, link: DocumentLink, why: str) -> None:
    client = Client()
    unknown = client.get("/gedeeld/x").content
    with scopes_disabled():
        if why == "expired":
            DocumentLink.objects.update(
                made_at=link.made_at - timedelta(days=14), expires_at=link.made_at
            )
        elif why == "revoked":
            DocumentLink.objects.update(revoked_at=link.made_at)
        elif why == "role":
            RoleGrant.objects.filter(person=handing.stage.director).delete()
        else:
            document = link.document
            document.content_hash = "0" * 64
            document.save()
    response = client.post(address(link))
    assert (response.status_code, response.content) == (410, unknown)
    assert keeps_to_itself(response)
    assert client.get(address(link)).status_code == (200 if why == "file" else 410)
    assert opened(link) == 0


def test_a_failure_does_not_put_the_address_in_the_log(
    link: DocumentLink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("routekaart.web.views.documents.links.link_in_hand", broken)
    monkeypatch.setattr(caplog.handler, "filters", [Story()])
    assert Client(raise_request_exception=False).get(address(link)).status_code == 500
    assert "Internal Server Error: /gedeeld/<str:token>" in caplog.text
    assert token_of(link.pk) not in caplog.text


def test_few_queries(link: DocumentLink) -> None:
    with CaptureQueriesContext(connection) as found:
        Client().get(address(link))
    assert len(found) <= 4


def test_other_methods_are_refused(link: DocumentLink) -> None:
    assert Client().put(address(link)).status_code == 405
