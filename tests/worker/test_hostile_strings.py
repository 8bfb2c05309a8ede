"""Hostile text in every field, and then in everything that shows it: no fault, nothing but text."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.db.models.functions import Now
from django.test import Client
from pytest_django.fixtures import Settings

from courses.entities import Catalogue
from routekaart.access import Role
from routekaart.api.root import api
from routekaart.clock import standing_at
from routekaart.models import Job, Mail
from routekaart.storage import Storage
from tests.hostile.filling import Filler
from tests.hostile.judging import wrong_in_file, wrong_in_mail, wrong_in_page
from tests.hostile.strings import hostile_strings
from tests.makers import ApiClient, client_for, grant, make_colleague
from tests.matrix_table import TABLE
from tests.matrix_world import Place, make_place
from tests.page_table import every_page
from tests.page_world import MOMENT, World
from tests.tiers import LONG, examples
from worker import mail, runner

STRINGS = hostile_strings()
# How many are put somewhere at least: in the long tier all of them.
DRAWN = examples(1, len(STRINGS))
# What is asked, with what in its body, and in which formats it is made.
DOCUMENTS: tuple[tuple[str, dict[str, str], tuple[str, ...]], ...] = (
    ("request_document", {}, ("pdf", "docx", "json")),
    ("request_group_plan", {}, ("pdf", "docx", "json")),
    ("request_person_plan", {}, ("pdf", "docx", "json")),
    ("request_booklet", {}, ("pdf", "docx", "json")),
    ("request_mr_summary", {}, ("pdf", "json", "docx")),
    ("request_school_document", {"kind": "school"}, ("pdf", "docx", "json", "xlsx")),
    ("request_school_document", {"kind": "board"}, ("docx", "xlsx", "json", "pdf")),
    ("request_school_document", {"kind": "mr-school"}, ("pdf", "json", "docx")),
)


@pytest.fixture
def place(catalogue: Catalogue, storage: Storage) -> Place:  # noqa: ARG001  (loaded first)
    return make_place(storage)


@pytest.fixture
def anybody(place: Place) -> ApiClient:
    """Somebody who may do everything at the place."""
    person = make_colleague(place.stage.team, Role.TEAM_LEAD)
    for role in (Role.TRAINER, Role.DIRECTOR, Role.SCHOOL_ADMIN, Role.CATALOGUE_MANAGER):
        grant(person, role, school=place.stage.school)
    return client_for(person)


def operations() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Name, method, path, and the names of the text fields of the body with where they stand."""
    document: Any = api.get_openapi_schema()
    parts = document["components"]["schemas"]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            schema = body.get("schema", {})
            schema = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
            yield operation["operationId"], method, path, schema.get("properties", {})


def holds_text(schema: dict[str, Any]) -> bool:
    """Whether somebody may write what they like there."""
    kinds = [schema, *schema.get("anyOf", ())]
    return any(
        one.get("type") == "string" and "enum" not in one and "const" not in one for one in kinds
    )


def with_text(body: Any, text: str) -> Iterator[Any]:
    """The body with the text in the place of each text that is in it."""
    if isinstance(body, str):
        yield text
    elif isinstance(body, dict):
        for name, part in body.items():
            yield from (body | {name: inner} for inner in with_text(part, text))
    elif isinstance(body, list):
        for number, part in enumerate(body):
            for inner in with_text(part, text):
                yield [*body[:number], inner, *body[number + 1 :]]


def test_any_text_in_any_field_is_stored_or_refused(place: Place, anybody: ApiClient) -> None:
    strings, wrong, sent = cycle(STRINGS), [], 0
    for name, method, path, fields in operations():
        row = TABLE[name]
        if row.body is None or name == "upload_word_template":
            continue
        usual, address = row.body(place), path.format(**place.ids)
        texts = [field for field, schema in fields.items() if holds_text(schema)]
        for text in islice(strings, examples(2, 60)):
            bodies = [*(usual | {field: text} for field in texts), *with_text(usual, text)]
            for body in bodies:
                with transaction.atomic():
                    answer = anybody.call(method, address, body)
                    transaction.set_rollback(True)
                sent += 1
                taken = answer.status_code < 300
                cannot = any(sign in text for sign in "\0\x1b\x7f\ud800\udfff\ud83d")
                if answer.status_code >= 500 or (taken and cannot):
                    wrong.append(f"{name} {body!r:.200}: {answer.status_code}")
                elif answer.content:
                    json.loads(answer.content)
    assert wrong == []
    assert sent > examples(200, 2_000)


def documents(place: Place, anybody: ApiClient) -> Iterator[tuple[str, bytes]]:
    """Every kind in every format, made by the worker."""
    paths = {name: path for name, _method, path, _fields in operations()}
    for name, values, formats in DOCUMENTS:
        for one in formats if LONG or name == "request_document" else formats[-1:]:
            body = TABLE[name].body
            assert body is not None
            asked = anybody.call(
                "post", paths[name].format(**place.ids), body(place) | values | {"format": one}
            )
            assert asked.status_code == 202, (name, one, asked.content)
            job = Job.objects.get(pk=asked.json()["id"])
            assert runner.run(job.pk)
            job.refresh_from_db()
            assert job.document_id is not None, (name, one, job.failure_code)
            answer = anybody.call("get", f"/documents/{job.document_id}/content")
            yield answer["Content-Type"], answer.getvalue()


def sent_mail(place: Place, anybody: ApiClient) -> Iterator[bytes]:
    """What a team is told of its assignments, as it leaves."""
    asked = anybody.call(
        "post", f"/routekaarten/{place.ids['routekaart_id']}/mail-batches", {"about": "assignments"}
    )
    assert asked.status_code == 201, asked.content
    released = anybody.call("post", f"/mail-batches/{asked.json()['id']}/release")
    assert released.status_code == 200, released.content
    outbox.outbox.clear()
    rows = Mail.objects.filter(batch=asked.json()["id"])
    # Whatever hour it is now.
    rows.update(due_at=Now() - timedelta(seconds=1))
    for row in rows:
        assert mail.send(row.pk, now=MOMENT)
        row.refresh_from_db()
        assert (row.state, row.failure) == ("sent", "")
    for message in outbox.outbox:
        yield message.message().as_bytes()


def test_all_that_the_api_and_the_worker_make_of_it_is_text(
    place: Place, anybody: ApiClient, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    filler, wrong = Filler(cycle(STRINGS)), []
    while filler.drawn < DRAWN:
        first = not filler.drawn
        filler.everywhere()
        for name, method, path, _fields in operations():
            if method != "get":
                continue
            query = "?" + TABLE[name].query if TABLE[name].query else ""
            answer = anybody.get(f"/api/v1{path}{query}".format(**place.ids))
            data = answer.getvalue() if answer.streaming else answer.content
            if answer.status_code >= 500:
                wrong.append(f"{name}: {answer.status_code}")
            elif "json" in answer["Content-Type"]:
                json.loads(data)
            elif answer.status_code == 200 and not data.startswith(b"%PDF "):
                wrong += [f"{name}: {one}" for one in wrong_in_file(answer["Content-Type"], data)]
        for number, (kind, data) in enumerate(documents(place, anybody)):
            assert data
            wrong += [f"document {number}: {one}" for one in wrong_in_file(kind, data)]
        letters = list(sent_mail(place, anybody)) if first else []
        assert letters or not first
        wrong += [one for letter in letters for one in wrong_in_mail(letter)]
    assert wrong == []


@pytest.mark.usefixtures("storage")
def test_all_that_pages_make_of_it_is_text(catalogue: Catalogue) -> None:  # noqa: ARG001  (first)
    with standing_at(MOMENT):
        world = World()
        filler, wrong = Filler(cycle(reversed(STRINGS))), []
        clients: dict[Role | None, Client] = {None: Client()}
        for role, person in world.people.items():
            clients[role] = Client()
            clients[role].force_login(person)
        pages = every_page()[:: 1 if LONG else 4]
        while filler.drawn < DRAWN:
            filler.everywhere()
            for page in pages:
                who = page.roles[0] if page.roles else None
                answer = clients[who].get(page.address(world))
                if answer.status_code != 200:
                    wrong.append(f"{page}: {answer.status_code}")
                    continue
                found = wrong_in_page(answer.content.decode())
                wrong += [f"{page}: {one}" for one in found]
            table = clients[Role.DIRECTOR].get("/overzicht/tabel.csv")
            if table.status_code >= 500:
                wrong.append("overview as a table")
    assert wrong == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>kwaad()</script>",
        "<img src=x onerror=kwaad()>",
        "<p title='a' kwaad>",
        "<kwaad>",
        "<a href=javascript:kwaad()>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "a\0b",
    ],
)
def test_who_judges_a_page_sees_what_is_no_text(html: str) -> None:
    assert wrong_in_page(f"<h1>Gewoon</h1>{html}") != []
    assert wrong_in_page("<h1>Gewoon</h1><a href='/x'>&lt;kwaad&gt;</a>") == []


def test_who_judges_mail_and_calendars_sees_what_is_no_text() -> None:
    assert wrong_in_mail(b"Subject: a\nBcc: kwaad@x.test\n\nx") == ["header Bcc"]
    assert wrong_in_mail(b"Subject: a Bcc: kwaad@x.test\n\nx") == []
    alarm = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nX-KWAAD:1\nEND:VEVENT\nEND:VCALENDAR\n"
    assert wrong_in_file("text/calendar", alarm.encode()) == ["property X-KWAAD"]
