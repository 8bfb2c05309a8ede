"""Handing over documents over HTTP."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.models import Document, Mail
from tests.handing_over import SITE, Handing
from tests.makers import ApiClient, client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def handing(settings: Settings, tmp_path: Path) -> Handing:
    settings.STORAGE_DIR = tmp_path
    settings.PUBLIC_ADDRESS = SITE
    return Handing()


def send(client: ApiClient, document: Document, *recipients: Any, **extra: Any) -> Any:
    body = {"recipients": [str(one) for one in recipients]}
    return client.call("post", f"/documents/{document.pk}/links", body, **extra)


def test_to_whom_what_became_of_it_and_stopping(handing: Handing) -> None:
    document, director = handing.document(), handing.stage.director
    client = client_for(handing.stage.lead)
    found = client.call("get", f"/documents/{document.pk}/recipients?limit=1").json()
    assert found == {
        "items": [{"person": str(director.pk), "name": "Dirk Directeur", "role": "director"}],
        "count": 8,
    }
    answer = send(client, document, director.pk)
    assert answer.status_code == 201
    (link,) = answer.json()["links"]
    assert {name: link[name] for name in link if not name.endswith("_at")} == {
        "id": link["id"],
        "document": str(document.pk),
        "recipient": str(director.pk),
        "recipient_name": "Dirk Directeur",
        "made_by_name": "Lies Leider",
        "state": "works",
        "mail_state": "queued",
    }
    assert (link["revoked_at"], link["opened_at"]) == (None, None)
    again = send(client, document, director.pk).json()
    assert again == {"links": [], "had_one": [str(director.pk)]}
    stopped = client.call("post", f"/document-links/{link['id']}/revoke").json()
    assert stopped["state"] == "revoked"
    listed = client.call("get", f"/documents/{document.pk}/links").json()
    assert listed == {"items": [stopped], "count": 1}
    assert "gedeeld" not in str(listed)


def test_the_same_request_is_answered_once(handing: Handing) -> None:
    document, client = handing.document(), client_for(handing.stage.lead)
    answers = [
        send(client, document, handing.stage.director.pk, headers={"Idempotency-Key": "een"})
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert Mail.objects.count() == 1


def test_what_is_refused(handing: Handing, settings: Settings) -> None:
    document, client = handing.document(), client_for(handing.stage.lead)
    admin = handing.people[Role.SCHOOL_ADMIN]
    refused = send(client, document, admin.pk)
    assert (refused.status_code, refused.json()["code"]) == (422, "may_not_read")
    assert send(client, document).status_code == 422
    settings.PUBLIC_ADDRESS = ""
    refused = send(client, document, handing.stage.director.pk)
    assert (refused.status_code, refused.json()["code"]) == (409, "no_public_address")
