"""The export of a person: everything of the person is in it, and nothing of a colleague."""

import json
from typing import Any

import pytest

from routekaart.domain.content.person_data import as_json, readable
from routekaart.models import Person
from routekaart.queries.privacy.person_data import data_of_person
from tests.makers import make_person
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
    signs = [sign_of(table, column) for table, column in signed_columns(person, texts=True)]
    signs += [NAME, EMAIL]
    data = data_of_person(Person.objects.get(pk=person.pk))
    text, program = readable(data), as_json(data).decode()
    assert [sign for sign in signs if sign not in text] == []
    assert [sign for sign in signs if sign not in program] == []
    assert len(signs) > 20
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
