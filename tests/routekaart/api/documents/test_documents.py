"""Documents and jobs over HTTP: asking for one, following it, reading it, and for whom."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.models import AuditEntry, Document, Job, Person, Plan, Routekaart
from routekaart.models.jobs import DocumentFormat, DocumentKind, DocumentLength, JobState
from routekaart.storage import Storage
from tests.makers import client_for, make_colleague, make_routekaart, make_team

CONTENT = b"%PDF-1.7 een scholingsplan"
SHA = hashlib.sha256(CONTENT).hexdigest()

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Storage:
    settings.STORAGE_DIR = tmp_path
    return Storage(tmp_path)


@pytest.fixture
def routekaart() -> Routekaart:
    return make_routekaart(make_team(name="Bovenbouw"))


@pytest.fixture
def lead(routekaart: Routekaart) -> Person:
    return make_colleague(routekaart.team, Role.TEAM_LEAD)


@pytest.fixture
def director(routekaart: Routekaart) -> Person:
    return make_colleague(routekaart.team, Role.DIRECTOR)


def add_plan(routekaart: Routekaart, version: int = 1) -> Plan:
    with scopes_disabled():
        return Plan.objects.create(
            routekaart=routekaart,
            version=version,
            content={},
            input_hash=str(version),
            catalogue_version="0",
        )


def add_document(routekaart: Routekaart, *, persons: bool = False, name: str = "") -> Document:
    stored = Storage(django_settings.STORAGE_DIR).put(CONTENT)
    with scopes_disabled():
        return Document.objects.create(
            routekaart=routekaart,
            plan=Plan.objects.filter(routekaart=routekaart).first() or add_plan(routekaart),
            school=routekaart.team.school,
            kind=DocumentKind.TEAM,
            format=DocumentFormat.PDF,
            length=DocumentLength.FULL,
            catalogue_version="0",
            input_hash="persons" if persons else "team",
            content_hash=stored.content_hash,
            size=stored.size,
            media_type="application/pdf",
            file_name=name or "scholingsplan-team-bovenbouw-2026-2027.pdf",
            holds_persons=persons,
        )


def payload(plan: Plan, **values: str) -> dict[str, str]:
    return {"kind": "team", "format": "pdf", "length": "full", "plan": str(plan.pk)} | values


def ask(person: Person, routekaart: Routekaart, body: Any = None, **extra: Any) -> Any:
    path = f"/routekaarten/{routekaart.pk}/documents"
    return client_for(person).call("POST", path, {} if body is None else body, **extra)


def get(person: Person, path: str, **extra: Any) -> Any:
    return client_for(person).call("GET", path, **extra)


# --- Asking ------------------------------------------------------------------------------------
def test_a_request_is_accepted_as_a_job(routekaart: Routekaart, lead: Person) -> None:
    add_plan(routekaart, 1)
    latest = add_plan(routekaart, 2)
    answer = ask(lead, routekaart)
    job = Job.objects.get()
    assert answer.status_code == 202
    assert answer["Location"] == f"/api/v1/jobs/{job.pk}"
    assert answer.json() == {
        "id": str(job.pk),
        "school": str(routekaart.team.school_id),
        "routekaart": str(routekaart.pk),
        "kind": "document",
        "parent": None,
        "bundle": None,
        "document_kind": "team",
        "format": "pdf",
        "length": "full",
        "state": "queued",
        "progress": 0,
        "persons": True,
        "failure": None,
        "document": None,
        "requested_at": answer.json()["requested_at"],
        "finished_at": None,
    }
    assert (job.payload, job.holds_persons) == (payload(latest), True)
    assert get(lead, answer["Location"]).json() == answer.json()


def test_the_version_and_the_persons_can_be_chosen(routekaart: Routekaart, lead: Person) -> None:
    first, _ = add_plan(routekaart, 1), add_plan(routekaart, 2)
    answer = ask(lead, routekaart, {"plan": str(first.pk), "persons": False})
    job = Job.objects.get(pk=answer.json()["id"])
    assert (job.payload, job.holds_persons) == (payload(first), False)


def test_a_format_is_chosen_from_what_there_is(routekaart: Routekaart, lead: Person) -> None:
    plan = add_plan(routekaart)
    pdf = ask(lead, routekaart).json()["id"]
    answer = ask(lead, routekaart, {"format": "json"}).json()
    assert (answer["format"], answer["length"]) == ("json", "full")
    assert answer["id"] != pdf
    assert Job.objects.get(pk=answer["id"]).payload == payload(plan, format="json")
    assert ask(lead, routekaart, {"format": "json"}).json()["id"] == answer["id"]


def test_a_length_is_chosen_too(routekaart: Routekaart, lead: Person) -> None:
    plan = add_plan(routekaart)
    answer = ask(lead, routekaart, {"length": "compact"}).json()
    assert (answer["format"], answer["length"]) == ("pdf", "compact")
    assert Job.objects.get(pk=answer["id"]).payload == payload(plan, length="compact")


def test_what_there_is_not_is_refused_at_once(routekaart: Routekaart, lead: Person) -> None:
    add_plan(routekaart)
    answer = ask(lead, routekaart, {"format": "xlsx"})
    shown = answer.json()
    assert (answer.status_code, shown["code"]) == (422, "format_not_offered")
    assert [(one["field"], one["detail"]) for one in shown["errors"]] == [
        ("format", "Scholingsplan van het team is er niet als Excel. Kies PDF, Word of JSON.")
    ]
    assert not Job.objects.exists()


def test_who_may_not_see_persons_gets_a_document_without(
    routekaart: Routekaart, director: Person
) -> None:
    add_plan(routekaart)
    assert ask(director, routekaart).json()["persons"] is False
    refused = ask(director, routekaart, {"persons": True})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


def test_without_a_plan_there_is_no_document(routekaart: Routekaart, lead: Person) -> None:
    answer = ask(lead, routekaart)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_plan")
    assert not Job.objects.exists()


def test_a_plan_of_another_routekaart_is_refused(routekaart: Routekaart, lead: Person) -> None:
    add_plan(routekaart)
    strange = add_plan(make_routekaart())
    answer = ask(lead, routekaart, {"plan": str(strange.pk)})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "plan"
    assert answer.json()["code"] == "unknown_plan"


def test_the_same_request_while_it_waits_is_the_same_job(
    routekaart: Routekaart, lead: Person, director: Person
) -> None:
    add_plan(routekaart)
    first = ask(lead, routekaart).json()["id"]
    assert ask(lead, routekaart).json()["id"] == first
    assert ask(lead, routekaart, {"persons": False}).json()["id"] != first
    assert ask(director, routekaart).json()["id"] != first
    Job.objects.update(state=JobState.RUNNING)
    assert ask(lead, routekaart).json()["id"] != first


def test_a_repeated_key_gives_the_first_job(routekaart: Routekaart, lead: Person) -> None:
    add_plan(routekaart)
    key = {"headers": {"Idempotency-Key": "abc"}}
    client = client_for(lead)
    path = f"/routekaarten/{routekaart.pk}/documents"
    first = client.call("POST", path, {}, **key)
    Job.objects.update(state=JobState.DONE)
    again = client.call("POST", path, {}, **key)
    assert (again.status_code, again.json(), again["Location"]) == (
        202,
        first.json(),
        first["Location"],
    )
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.MEMBER, 403),
        (Role.TEAM_LEAD, 202),
        (Role.TRAINER, 202),
        (Role.DIRECTOR, 202),
        (Role.BOARD, 202),
        (Role.MR_READER, 404),
        (Role.SCHOOL_ADMIN, 404),
        (Role.CATALOGUE_MANAGER, 404),
    ],
)
def test_who_may_ask(routekaart: Routekaart, role: Role, status: int) -> None:
    add_plan(routekaart)
    assert ask(make_colleague(routekaart.team, role), routekaart).status_code == status


def test_a_stranger_finds_nothing(routekaart: Routekaart) -> None:
    add_plan(routekaart)
    document = add_document(routekaart)
    job = Job.objects.create(school=routekaart.team.school, kind="document", routekaart=routekaart)
    stranger = make_colleague(make_team(), Role.TEAM_LEAD)
    assert ask(stranger, routekaart).status_code == 404
    for path in (
        f"/routekaarten/{routekaart.pk}/documents",
        f"/documents/{document.pk}",
        f"/documents/{document.pk}/content",
        f"/jobs/{job.pk}",
        f"/jobs?school={routekaart.team.school_id}",
    ):
        assert get(stranger, path).status_code == 404, path
    assert get(stranger, "/jobs").json() == {"items": [], "count": 0}
    retry = client_for(stranger).call("POST", f"/jobs/{job.pk}/retry")
    assert retry.status_code == 404


# --- Reading -----------------------------------------------------------------------------------
def test_a_head_of_a_file_gives_its_size_and_no_byte(routekaart: Routekaart, lead: Person) -> None:
    path = f"/documents/{add_document(routekaart).pk}/content"
    head = client_for(lead).call("HEAD", path)
    assert (head.status_code, head["Content-Type"]) == (200, "application/pdf")
    assert head["Content-Length"] == str(len(CONTENT))
    assert b"".join(head.streaming_content) == b""


def test_a_document_and_its_file(routekaart: Routekaart, lead: Person) -> None:
    document = add_document(routekaart)
    with scopes_disabled():
        Document.objects.filter(pk=document.pk).update(adopted=True)
    shown = get(lead, f"/documents/{document.pk}").json()
    assert shown == {
        "id": str(document.pk),
        "school": str(routekaart.team.school_id),
        "board": None,
        "routekaart": str(routekaart.pk),
        "plan": str(document.plan_id),
        "plan_version": 1,
        "adopted": True,
        "person": None,
        "study_day": None,
        "subject": "",
        "private": False,
        "kind": "team",
        "format": "pdf",
        "length": "full",
        "catalogue_version": "0",
        "persons": False,
        "file_name": "scholingsplan-team-bovenbouw-2026-2027.pdf",
        "media_type": "application/pdf",
        "size": len(CONTENT),
        "sha256": SHA,
        "made_at": shown["made_at"],
    }
    listed = get(lead, f"/routekaarten/{routekaart.pk}/documents").json()
    assert listed == {"items": [shown], "count": 1}

    answer = get(lead, f"/documents/{document.pk}/content")
    assert answer.getvalue() == CONTENT
    assert {name: answer[name] for name in HEADERS} == HEADERS


HEADERS = {
    "Content-Type": "application/pdf",
    "Content-Length": str(len(CONTENT)),
    "Content-Disposition": 'attachment; filename="scholingsplan-team-bovenbouw-2026-2027.pdf"',
    "ETag": f'"{SHA}"',
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
}


def test_an_unchanged_file_is_not_sent_again(routekaart: Routekaart, lead: Person) -> None:
    path = f"/documents/{add_document(routekaart).pk}/content"
    same = get(lead, path, headers={"If-None-Match": f'"{SHA}"'})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", f'"{SHA}"')
    other = get(lead, path, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200
    other.getvalue()


def test_a_file_name_cannot_break_the_header(routekaart: Routekaart, lead: Person) -> None:
    document = add_document(routekaart, name='plan "ü"; x=1.pdf')
    answer = get(lead, f"/documents/{document.pk}/content")
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''plan%20%22%C3%BC%22%3B%20x%3D1.pdf"
    )
    answer.getvalue()


def test_opening_a_document_is_written_down(routekaart: Routekaart, lead: Person) -> None:
    document = add_document(routekaart)
    get(lead, f"/documents/{document.pk}/content").getvalue()
    with scopes_disabled():
        entry = AuditEntry.objects.get(action="open_document")
    assert (entry.person, entry.school, entry.object_kind, entry.object_id) == (
        lead,
        routekaart.team.school,
        "Document",
        str(document.pk),
    )


def test_a_missing_file_says_what_to_do(
    routekaart: Routekaart, lead: Person, storage: Storage
) -> None:
    document = add_document(routekaart)
    next(storage.folder.rglob(SHA)).unlink()
    answer = get(lead, f"/documents/{document.pk}/content")
    assert (answer.status_code, answer.json()["code"]) == (409, "document_file_missing")


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.MEMBER, False),
        (Role.TEAM_LEAD, True),
        (Role.TRAINER, True),
        (Role.DIRECTOR, False),
        (Role.BOARD, False),
    ],
)
def test_chapters_per_person_exist_for_those_who_may_see_them(
    routekaart: Routekaart, role: Role, sees: bool
) -> None:
    add_document(routekaart)
    private = add_document(routekaart, persons=True)
    job = Job.objects.create(
        school=routekaart.team.school,
        kind="document",
        routekaart=routekaart,
        holds_persons=True,
        state=JobState.FAILED,
    )
    person = make_colleague(routekaart.team, role)
    status = 200 if sees else 404
    assert get(person, f"/documents/{private.pk}").status_code == status
    content = get(person, f"/documents/{private.pk}/content")
    assert content.status_code == status
    content.getvalue()
    assert get(person, f"/jobs/{job.pk}").status_code == status
    assert get(person, "/jobs").json()["count"] == int(sees)
    count = get(person, f"/routekaarten/{routekaart.pk}/documents").json()["count"]
    assert count == 1 + int(sees)
    retry = client_for(person).call("POST", f"/jobs/{job.pk}/retry")
    assert retry.status_code == (202 if sees else 404)


def test_a_lead_sees_persons_of_the_own_team_only(routekaart: Routekaart) -> None:
    neighbour = make_colleague(make_team(routekaart.team.school, "Middenbouw"), Role.TEAM_LEAD)
    document = add_document(routekaart, persons=True)
    assert get(neighbour, f"/documents/{document.pk}").status_code == 404


# --- Following ---------------------------------------------------------------------------------
def failed_job(routekaart: Routekaart, person: Person) -> Job:
    return Job.objects.create(
        school=routekaart.team.school,
        kind="document",
        routekaart=routekaart,
        requested_by=person,
        state=JobState.FAILED,
        attempts=5,
        progress=40,
        failure_code="unexpected",
        failure_text="Het maken mislukte.",
    )


def test_a_failure_is_told_and_can_be_tried_again(
    routekaart: Routekaart, lead: Person, director: Person
) -> None:
    job = failed_job(routekaart, lead)
    shown = get(lead, f"/jobs/{job.pk}").json()
    assert shown["failure"] == {"code": "unexpected", "detail": "Het maken mislukte."}
    answer = client_for(director).call("POST", f"/jobs/{job.pk}/retry")
    assert (answer.status_code, answer["Location"]) == (202, f"/api/v1/jobs/{job.pk}")
    assert (answer.json()["state"], answer.json()["progress"], answer.json()["failure"]) == (
        "queued",
        0,
        None,
    )
    job.refresh_from_db()
    assert (job.attempts, job.requested_by) == (0, director)


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING, JobState.DONE])
def test_only_a_failed_job_is_tried_again(
    routekaart: Routekaart, lead: Person, state: JobState
) -> None:
    job = failed_job(routekaart, lead)
    Job.objects.update(state=state)
    answer = client_for(lead).call("POST", f"/jobs/{job.pk}/retry")
    assert (answer.status_code, answer.json()["code"]) == (409, "job_not_failed")


def test_a_reader_may_follow_but_not_retry(routekaart: Routekaart, lead: Person) -> None:
    job = failed_job(routekaart, lead)
    reader = make_colleague(routekaart.team, Role.MEMBER)
    assert get(reader, f"/jobs/{job.pk}").status_code == 200
    assert client_for(reader).call("POST", f"/jobs/{job.pk}/retry").status_code == 403


def test_jobs_of_one_school(routekaart: Routekaart) -> None:
    board_member = make_colleague(routekaart.team, Role.BOARD)
    mine = failed_job(routekaart, board_member)
    school = routekaart.team.school_id
    listed = get(board_member, f"/jobs?school={school}").json()
    assert [job["id"] for job in listed["items"]] == [str(mine.pk)]
