"""The export of a person: everything of the person is in it, and nothing of a colleague."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import NotFound, Role
from routekaart.domain.content.person_data import as_json, readable
from routekaart.domain.personal_data.labels import label_of
from routekaart.models import AuditEntry, Job, Person
from routekaart.models.jobs import JobKind
from routekaart.queries.privacy.person_data import data_of_person, exports_of, whose_data
from tests.makers import (
    access_for,
    grant,
    make_colleague,
    make_person,
    make_school,
    make_team,
)
from tests.personal_stage import (
    EMAIL,
    NAME,
    person_everywhere,
    sign_of,
    signed_columns,
)

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("catalogue")
def test_every_personal_column_is_in_both_parts() -> None:
    stage, person = person_everywhere()
    signed = signed_columns(person, texts=True)
    read = [
        sign_of(table, column)
        for table, column in signed
        if label_of(table.model.rpartition(".")[2], column)
    ]
    signs = [*(sign_of(table, column) for table, column in signed), NAME, EMAIL]
    data = data_of_person(Person.objects.get(pk=person.pk))
    text, program = readable(data), as_json(data).decode()
    assert [sign for sign in [*read, NAME, EMAIL] if sign not in text] == []
    assert [sign for sign in signs if sign not in program] == []
    assert len(read) > 20
    # For people: names and words, and no number, id or word of a program.
    assert f"  School: {stage.school.name}" in text
    assert "  Rol: teamlid" in text
    assert "  Werktijdfactor: 1\n" in text
    assert re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-|\d{4}-\d\d-\d\d|[{}]", text) == []
    assert [line for line in text.splitlines() if "_" in line.partition(":")[0]] == []
    # Not a key, not a colleague, and the same bytes again.
    lead = Person.objects.get(pk=stage.lead.pk)
    assert [
        secret
        for secret in (person.password, "d" * 64, "e" * 64, lead.email, lead.name)
        if secret in program
    ] == []
    assert as_json(data_of_person(person)) == program.encode()
    assert json.loads(program)["tables"]["Person"][0]["email"] == EMAIL


def test_who_did_nothing_has_only_an_account() -> None:
    data: Any = json.loads(as_json(data_of_person(make_person("Wim de Wit"))))
    assert list(data["tables"]) == ["Person"]
    assert sorted(data["tables"]["Person"][0]) == [
        "created_at",
        "email",
        "id",
        "is_active",
        "last_login",
        "name",
        "weekly_mail",
    ]


def test_a_school_gathers_the_data_of_who_works_there_and_of_nobody_else() -> None:
    here, there = (make_team(make_school(name=name)) for name in ("Hier", "Daar"))
    admin = make_colleague(here, Role.SCHOOL_ADMIN)
    # Seeing the people of a school is not managing them.
    grant(admin, Role.DIRECTOR, school=there.school)
    by, colleague = access_for(admin), make_colleague(here)
    assert {one: whose_data(by=by, person_id=one) for one in (admin.pk, colleague.pk)} == {
        admin.pk: admin.pk,
        colleague.pk: colleague.pk,
    }
    for other in (make_colleague(there), make_person()):
        with pytest.raises(NotFound):
            whose_data(by=by, person_id=other.pk)
    with pytest.raises(NotFound):
        whose_data(by=access_for(colleague), person_id=admin.pk)


def test_one_sees_the_exports_about_oneself() -> None:
    team = make_team()
    one, other = make_colleague(team), make_colleague(team)
    jobs = [
        Job.objects.create(
            school=team.school,
            kind=JobKind.PERSON_DATA,
            requested_by=other,
            payload={"person": str(person.pk)},
        )
        for person in (one, other)
    ]
    assert exports_of(by=access_for(one)) == jobs[:1]


@pytest.mark.usefixtures("catalogue")
def test_as_many_queries_for_one_row_as_for_four() -> None:
    stage, person = person_everywhere()
    once = queries_for(person)
    for _ in range(3):
        with scopes_disabled():
            AuditEntry.objects.create(
                school=stage.school,
                routekaart=stage.routekaart,
                person=person,
                action="submit",
                object_kind="Routekaart",
                object_id=str(stage.routekaart.pk),
            )
    assert queries_for(person) == once


def queries_for(person: Person) -> int:
    with CaptureQueriesContext(connection) as asked:
        data_of_person(person)
    return len(asked)
