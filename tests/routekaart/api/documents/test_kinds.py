"""Asking over HTTP for the plan of a group, of a person, and the booklet of a day."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from courses.entities import Catalogue
from routekaart.models import Employment, Person, Plan
from tests.makers import client_for, make_colleague
from tests.stages import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(catalogue: Catalogue) -> Stage:  # noqa: ARG001  (loaded first)
    return Stage().planned()


def ask(stage: Stage, what: str, body: dict[str, Any], person: Person | None = None) -> Any:
    path = f"/routekaarten/{stage.routekaart.pk}/{what}"
    if what == "booklets":
        path = f"/study-days/{stage.study_day.pk}/booklets"
    return client_for(person or stage.lead).call("post", path, body)


def five_teachers(stage: Stage) -> None:
    """Of fewer there is no plan without persons."""
    for number in range(3):
        make_colleague(stage.team, name=f"Collega {number}")


def test_the_answer_is_a_job(stage: Stage) -> None:
    five_teachers(stage)
    for what, body, kind, persons in (
        ("group-plans", {"functions": ["leerkracht"]}, "group", True),
        ("group-plans", {"functions": ["leerkracht"], "persons": False}, "group", False),
        ("person-plans", {}, "person", False),
        ("booklets", {"persons": False, "format": "docx"}, "study-day", False),
    ):
        answer = ask(stage, what, body)
        assert answer.status_code == 202, answer.content
        job = answer.json()
        assert (job["document_kind"], job["persons"], job["state"], job["format"]) == (
            kind,
            persons,
            "queued",
            body.get("format", "pdf"),
        )
        assert answer["Location"] == f"/api/v1/jobs/{job['id']}"
        assert client_for(stage.lead).call("get", f"/jobs/{job['id']}").json() == job


def test_what_there_is_not_is_refused(stage: Stage) -> None:
    for what, body, code in (
        ("group-plans", {"functions": ["instructeur"]}, "function_not_in_team"),
        ("group-plans", {"functions": ["leerkracht"], "persons": False}, "group_too_small"),
        ("group-plans", {"functions": ["leerkracht"], "format": "xlsx"}, "format_not_offered"),
        ("person-plans", {"format": "xlsx"}, "format_not_offered"),
        ("booklets", {"format": "xlsx"}, "format_not_offered"),
    ):
        answer = ask(stage, what, body)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    with scopes_disabled():
        Employment.objects.filter(person__in=[stage.lead, stage.member]).update(functions=[])
    answer = ask(stage, "group-plans", {"functions": ["leerkracht"]})
    assert answer.json()["code"] == "function_not_in_team"


def test_without_a_plan_there_is_no_group_plan_but_the_rest(stage: Stage) -> None:
    with scopes_disabled():
        Plan.objects.all().delete()
    answer = ask(stage, "group-plans", {"functions": ["leerkracht"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_plan")
    assert ask(stage, "person-plans", {}).status_code == 202
    assert ask(stage, "booklets", {}).status_code == 202


def test_persons_are_for_who_may_see_them(stage: Stage) -> None:
    for what, body in (
        ("group-plans", {"functions": ["leerkracht"], "persons": True}),
        ("booklets", {"persons": True}),
    ):
        assert ask(stage, what, body, stage.director).status_code == 403
    other = {"person": str(stage.lead.pk)}
    assert ask(stage, "person-plans", other, stage.member).status_code == 403
    outsider = {"person": str(make_colleague(Stage().team).pk)}
    assert ask(stage, "person-plans", outsider).status_code == 404
