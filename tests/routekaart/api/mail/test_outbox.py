"""The outbox over HTTP: who sees what, and letting it go."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart import settings as project
from routekaart.access import Role
from routekaart.models import Mail, MailBatch, Person, School
from routekaart.models.mail import MailKind
from tests.makers import ApiClient, client_for, make_colleague
from tests.stages import TODAY, Stage
from worker import mail as sending

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def codes(response: Any) -> tuple[int, str]:
    assert response["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def prepared(stage: Stage, client: ApiClient, **body: Any) -> Any:
    address = f"/routekaarten/{stage.routekaart.pk}/mail-batches"
    return client.call("post", address, {"about": "assignments"} | body)


def mails(client: ApiClient, stage: Stage, query: str = "") -> list[Any]:
    items: list[Any] = client.call("get", f"/mails?school={stage.school.pk}{query}").json()["items"]
    return items


NONE = dict.fromkeys(("waiting", "queued", "sending", "sent", "failed", "cancelled"), 0)


def test_prepare_review_release() -> None:
    stage = Stage().planned()
    client = client_for(stage.lead)
    made = prepared(stage, client)
    batch = made.json()
    expected = {
        "id": batch["id"],
        "school": str(stage.school.pk),
        "routekaart": str(stage.routekaart.pk),
        "kind": "assigned",
        "title": "Nieuwe cursussen",
        "made_by_name": "Lies Leider",
        "made_at": batch["made_at"],
        "released_at": None,
        "cancelled_at": None,
        "mails": NONE | {"waiting": 2},
    }
    assert (made.status_code, batch) == (201, expected)
    assert codes(prepared(stage, client)) == (409, "mail_waiting")
    at = f"/mail-batches/{batch['id']}"
    listed = client.call("get", f"{at}/mails").json()
    assert listed["count"] == 2
    (lead, member) = listed["items"]
    assert (lead["person_name"], member["person_name"]) == ("Lies Leider", "Mo Lid")
    assert (member["state"], member["failure"], member["sent_at"]) == ("waiting", "", None)
    assert member["subject"].startswith("Nieuw voor jou: ")
    assert member["body"].startswith("Hallo,\n\n- ")
    # Not released, so not yet there for who it is meant for.
    assert mails(client_for(stage.member), stage) == []

    released = client.call("post", f"{at}/release").json()
    assert released["mails"] == NONE | {"queued": 2}
    assert released["released_at"] is not None
    assert client.call("get", at).json() == released
    assert client.call("post", f"{at}/release").json() == released
    every = client.call("get", f"/schools/{stage.school.pk}/mail-batches").json()
    assert every == {"items": [released], "count": 1}
    cancelled = client.call("post", f"{at}/cancel").json()
    assert cancelled["mails"] == NONE | {"cancelled": 2}
    assert codes(client.call("post", f"{at}/release")) == (409, "wrong_state")


def test_nothing_to_tell() -> None:
    stage = Stage().accepted()
    client = client_for(stage.lead)
    assert codes(prepared(stage, client)) == (409, "nothing_to_tell")
    assert codes(prepared(stage, client, about="plan")) == (409, "no_approved_plan")
    assert prepared(stage, client, about="iets").status_code == 422


def test_who_may_not_see_what_each_does_sees_no_text() -> None:
    stage = Stage().planned()
    batch = prepared(stage, client_for(stage.trainer)).json()
    address = f"/mail-batches/{batch['id']}/mails"
    for who, sees in ((stage.lead, True), (stage.trainer, True), (stage.director, False)):
        items = client_for(who).call("get", address).json()["items"]
        assert [item["person_name"] for item in items] == ["Lies Leider", "Mo Lid"]
        assert [item["body"] is not None for item in items] == [sees, sees]
        assert [item["subject"] is not None for item in items] == [sees, sees]


def failed(stage: Stage, person: Person, **values: Any) -> Mail:
    fields = {"kind": MailKind.ASSIGNED, "key": "x", "state": "failed", "failure": sending.REFUSED}
    return Mail.objects.create(
        school=stage.school, person=person, subject="Iets", body="Hallo", **fields | values
    )


def test_a_failed_delivery_is_seen_and_tried_again_by_the_sender() -> None:
    stage = Stage().planned()
    client = client_for(stage.lead)
    batch = prepared(stage, client).json()["id"]
    row = failed(stage, stage.member, batch_id=batch)
    (item,) = mails(client, stage, "&state=failed")
    assert (item["id"], item["failure"], item["body"]) == (str(row.pk), sending.REFUSED, None)
    again = client.call("post", f"/mails/{row.pk}/retry").json()
    assert (again["state"], again["failure"]) == ("queued", "")
    assert codes(client.call("post", f"/mails/{row.pk}/retry")) == (409, "wrong_state")
    assert client.call("post", f"/mails/{row.pk}/cancel").json()["state"] == "cancelled"
    assert mails(client, stage, "&state=failed") == []


def test_all_that_failed_of_a_batch_is_tried_again_by_the_sender() -> None:
    stage = Stage().planned()
    client = client_for(stage.lead)
    at = f"/mail-batches/{prepared(stage, client).json()['id']}"
    client.call("post", f"{at}/release")
    Mail.objects.filter(person=stage.member).update(state="failed", failure=sending.REFUSED)
    assert client.call("get", at).json()["mails"] == NONE | {"queued": 1, "failed": 1}
    for _ in range(2):
        again = client.call("post", f"{at}/retry")
        assert (again.status_code, again.json()["mails"]) == (200, NONE | {"queued": 2})
    client.call("post", f"{at}/cancel")
    assert codes(client.call("post", f"{at}/retry")) == (409, "wrong_state")
    assert client_for(stage.member).call("post", f"{at}/retry").status_code == 404


@pytest.mark.parametrize("switch", [None, TODAY])
def test_a_digest_is_for_its_person_alone(switch: Any) -> None:
    stage = Stage()
    with scopes_disabled():
        School.objects.update(progress_by_name_since=switch)
    row = failed(stage, stage.member, kind=MailKind.DIGEST, key="digest:2026-09-09")
    others = (stage.lead, stage.trainer, stage.director, make_colleague(stage.team, Role.BOARD))
    for other in others:
        client = client_for(other)
        assert mails(client, stage) == []
        for step in ("retry", "cancel"):
            assert client.call("post", f"/mails/{row.pk}/{step}").status_code == 404
    (own,) = mails(client_for(stage.member), stage)
    assert (own["id"], own["body"]) == (str(row.pk), "Hallo")


@pytest.mark.parametrize("kind", MailKind.values)
def test_every_kind_of_message_is_told(kind: str) -> None:
    stage = Stage()
    failed(stage, stage.member, kind=kind)
    (own,) = mails(client_for(stage.member), stage)
    assert own["kind"] == kind


def test_a_message_without_a_batch_shows_the_office_only_that_it_failed() -> None:
    stage = Stage()
    failed(stage, stage.member, kind=MailKind.WELCOME)
    (item,) = mails(client_for(stage.director), stage)
    assert (item["state"], item["subject"], item["body"]) == ("failed", None, None)
    assert mails(client_for(stage.lead), stage) == []


def test_a_list_asks_as_much_for_three_as_for_one() -> None:
    stage = Stage().planned()
    client = client_for(stage.lead)
    batch = prepared(stage, client).json()["id"]
    addresses = (
        f"/mail-batches/{batch}/mails",
        f"/mails?school={stage.school.pk}&state=failed",
        f"/schools/{stage.school.pk}/mail-batches",
    )

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.call("get", address).status_code == 200
        return len(captured)

    failed(stage, make_colleague(stage.team), batch_id=batch)
    few = [asked(address) for address in addresses]
    for _ in range(2):
        failed(stage, make_colleague(stage.team), batch_id=batch)
        with scopes_disabled():
            MailBatch.objects.create(
                school=stage.school, routekaart=stage.routekaart, kind="welcome", title="Welkom"
            )
    assert [asked(address) for address in addresses] == few


def test_on_one_machine_mail_becomes_files() -> None:
    if not project.env.text("EMAIL_BACKEND") and not project.env.text("EMAIL_HOST"):
        assert project.EMAIL_BACKEND == "django.core.mail.backends.filebased.EmailBackend"
    assert project.EMAIL_FILE_PATH == project.VAR_DIR / "mail"
