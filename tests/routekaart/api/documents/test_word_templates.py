"""Word templates over HTTP; who may do what stands in the matrix."""

import base64
from typing import Any

import pytest

from routekaart.access import Role
from routekaart.formats.word_template.example import example_template
from tests.makers import ApiClient, client_for, make_colleague, make_school, make_team
from tests.word_files import text_of, word_file

pytestmark = pytest.mark.django_db
GOOD = word_file("{{ team }}")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Office:
    def __init__(self) -> None:
        self.school = make_school()
        admin = make_colleague(make_team(self.school), Role.SCHOOL_ADMIN)
        self.client: ApiClient = client_for(admin)

    def upload(self, file: bytes | str = GOOD, name: str = "Huisstijl", **extra: Any) -> Any:
        text = file if isinstance(file, str) else base64.b64encode(file).decode()
        return self.client.call(
            "post",
            f"/schools/{self.school.pk}/word-templates",
            {"name": name, "file": text},
            **extra,
        )


@pytest.fixture
def office() -> Office:
    return Office()


def test_from_handing_in_to_removing(office: Office) -> None:
    answer = office.upload()
    assert answer.status_code == 201
    made = answer.json()
    assert (made["name"], made["version"], made["active"]) == ("Huisstijl", 1, False)
    assert made["size"] == len(GOOD)
    assert office.upload().status_code == 200
    at = f"/word-templates/{made['id']}"
    assert office.client.call("post", f"{at}/activate").json()["active"] is True
    listed = office.client.call("get", f"/schools/{office.school.pk}/word-templates").json()
    assert [(one["id"], one["active"]) for one in listed["items"]] == [(made["id"], True)]
    assert office.client.call("post", f"{at}/deactivate").json()["active"] is False
    content = office.client.call("get", f"{at}/content")
    assert (content.content, content["Content-Type"]) == (GOOD, DOCX)
    trial = office.client.call("get", f"{at}/trial")
    assert text_of(trial.content) == ["Team Onderbouw"]
    assert office.client.call("delete", at).status_code == 204
    assert office.client.call("get", at).status_code == 404


def test_a_check_is_part_of_a_template(office: Office) -> None:
    made = office.upload().json()
    found = office.client.call("get", f"/word-templates/{made['id']}").json()
    assert found["template"] == made
    assert found["faults"] == []
    assert found["used"] == [{"path": "team", "places": ["de tekst"]}]
    assert found["missing"][0] == {
        "path": "schooljaar",
        "gives": "Het schooljaar.",
        "example": "{{ schooljaar }}",
    }


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("geen base64!", "not_base64"),
        ("YQ", "not_base64"),
        ("é", "not_base64"),
        (b"%PDF", "not_a_docx"),
        (word_file("{{ zzz }}"), "unknown_field"),
        (word_file("{% include 'x' %}"), "not_allowed"),
    ],
)
def test_a_refusal_names_the_field_and_the_fault(
    office: Office, file: bytes | str, code: str
) -> None:
    answer = office.upload(file)
    assert answer.status_code == 422
    assert answer.json()["code"] == code
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [("file", code)]


def test_a_file_that_is_too_large_for_a_request_is_refused(office: Office) -> None:
    assert office.upload("A" * 990_001).status_code == 422
    assert office.upload("A" * 1_000_001).status_code == 413


def test_the_fields_and_the_example(office: Office) -> None:
    fields = office.client.call("get", "/word-template-fields").json()
    assert fields[0]["name"] == "titel"
    goals = next(field for field in fields if field["name"] == "doelen")
    assert (goals["item_name"], goals["recommended"]) == ("doel", True)
    assert [part["name"] for part in goals["item"]][:2] == ["nummer", "doel"]
    example = office.client.call("get", "/word-template-example")
    assert (example.content, example["Content-Type"]) == (example_template(), DOCX)


def test_a_repeated_request_gets_the_first_answer(office: Office) -> None:
    first = office.upload(headers={"Idempotency-Key": "een"})
    again = office.upload(headers={"Idempotency-Key": "een"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
