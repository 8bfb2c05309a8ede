"""POST /advice on the real catalogue."""

import json
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.entities import Catalogue
from routekaart.api.advice.selections import AdviceQuestion
from routekaart.api.root import api as root
from tests.makers import ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

SIX = [
    "feedback",
    "een-op-een-begeleiding",
    "samenwerkend-leren",
    "directe-instructie",
    "leermiddelen",
    "welbevinden-en-sociaal-emotionele-ontwikkeling",
]
FOUR = ["leerkracht", "intern-begeleider", "onderwijsassistent", "schoolleider"]


def advice(api: ApiClient, **question: Any) -> Any:
    response = api.call("post", "/advice", question)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json; charset=utf-8"
    return response.json()


@pytest.fixture(scope="module")
def answer_schema() -> Any:
    document: Any = root.get_openapi_schema()
    return {
        "$ref": "#/components/schemas/SelectionAdvice",
        "components": json.loads(json.dumps(document["components"])),
    }


def test_a_course_says_why_and_appears_once(api: ApiClient) -> None:
    found = advice(api, interventions=SIX, functions=FOUR, platforms=["microsoft"])
    courses = [item["course"] for item in found["items"]]
    assert len(courses) == len(set(courses)) > 0
    assert all(item["because"].startswith("omdat: ") for item in found["items"])
    assert [one["slug"] for one in found["interventions"]] == SIX
    assert set(found["smallest_set"]) == {
        item["course"] for item in found["items"] if item["in_smallest_set"]
    }
    saving = found["saving"]
    assert saving["minutes"] == saving["all_minutes"] - saving["set_minutes"]


def test_an_intervention_without_courses_gets_activities(api: ApiClient) -> None:
    found = advice(api, interventions=["sportieve-activiteiten"])
    assert found["items"] == []
    assert found["plg_activities"]


def test_broken_rules_are_findings_and_stop_nothing(api: ApiClient) -> None:
    found = advice(api, interventions=["tijdelijk-nieuw-personeel"])
    assert "f_requires_a_to_e" in {finding["code"] for finding in found["findings"]}


def test_the_figure_of_the_sector_stands_beside_the_average(api: ApiClient) -> None:
    found = advice(api, interventions=["een-op-een-begeleiding"], sector="vo")
    summary = found["interventions"][0]
    assert summary["effect_months"] == 5
    assert [effect["minimum"] for effect in summary["sector_effect"]] == [4]


def test_the_same_question_gives_the_same_bytes_however_it_is_written(api: ApiClient) -> None:
    one = api.call("post", "/advice", {"interventions": SIX, "functions": FOUR}).content
    other = api.call(
        "post",
        "/advice",
        json.dumps(
            {
                "packages": None,
                "functions": [*reversed(FOUR), FOUR[0]],
                "interventions": [*SIX, SIX[0]],
                "platforms": [],
            },
            indent=1,
        ).encode(),
    ).content
    assert one == other


def test_the_order_of_interventions_is_the_order_of_the_advice(api: ApiClient) -> None:
    found = advice(api, interventions=SIX[::-1])
    assert [one["slug"] for one in found["interventions"]] == SIX[::-1]


def test_an_empty_list_of_packages_is_not_the_default(api: ApiClient) -> None:
    default = advice(api, interventions=["feedback"])
    none = advice(api, interventions=["feedback"], packages=[])
    assert {item["availability"] for item in none["items"] if item["package"] == "academie"} == {
        "locked"
    }
    assert "offered" in {item["availability"] for item in default["items"]}


def test_nothing_is_stored_and_a_known_question_needs_no_query(api: ApiClient) -> None:
    advice(api, interventions=SIX, functions=FOUR)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        advice(api, interventions=SIX, functions=FOUR)
        advice(api, interventions=SIX[:1], functions=FOUR)
    assert len(queries) == 0


def test_unknown_slugs_are_named_with_their_place_and_what_comes_near(api: ApiClient) -> None:
    response = api.call(
        "post",
        "/advice",
        {
            "interventions": ["feedback", "feedbak"],
            "functions": ["leerkrachten"],
            "packages": ["qqq"],
        },
    )
    assert response.status_code == 422
    content = response.json()
    assert content["code"] == "unknown_slug"
    assert content["errors"] == [
        {
            "field": "interventions.1",
            "code": "unknown_slug",
            "detail": "'feedbak' staat niet in de catalogus. Bedoel je 'feedback'?",
        },
        {
            "field": "functions.0",
            "code": "unknown_slug",
            "detail": "'leerkrachten' staat niet in de catalogus. "
            "Bedoel je 'leerkracht' of 'kleuterleerkracht'?",
        },
        {
            "field": "packages.0",
            "code": "unknown_slug",
            "detail": "'qqq' staat niet in de catalogus.",
        },
    ]


@pytest.mark.parametrize(
    ("question", "field", "code"),
    [
        ({}, "interventions", "missing"),
        ({"interventions": []}, "interventions", "too_short"),
        ({"interventions": ["feedback"] * 51}, "interventions", "too_long"),
        ({"interventions": "feedback"}, "interventions", "list_type"),
        ({"interventions": [1]}, "interventions.0", "string_type"),
        ({"interventions": ["Feedback"]}, "interventions.0", "string_pattern_mismatch"),
        ({"interventions": ["a" * 10_000]}, "interventions.0", "string_too_long"),
        ({"interventions": ["feedback"], "platforms": ["apple"]}, "platforms.0", "literal_error"),
        ({"interventions": ["feedback"], "sector": "mbo"}, "sector", "literal_error"),
        ({"interventions": ["feedback"], "functions": None}, "functions", "list_type"),
        ({"interventions": ["feedback"], "team": 1}, "team", "extra_forbidden"),
    ],
)
def test_a_question_that_cannot_be_used(
    api: ApiClient, question: Any, field: str, code: str
) -> None:
    response = api.call("post", "/advice", question)
    assert response.status_code == 422
    assert [(error["field"], error["code"]) for error in response.json()["errors"]] == [
        (field, code)
    ]


def test_the_documented_question_is_the_one_that_is_read() -> None:
    document: Any = root.get_openapi_schema()
    documented = document["components"]["schemas"]["AdviceQuestion"]
    assert set(documented["properties"]) == set(AdviceQuestion.model_fields)
    assert documented["additionalProperties"] is False


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_every_answer_fits_the_documented_shape(
    data: st.DataObject, catalogue: Catalogue, api: ApiClient, answer_schema: Any
) -> None:
    def some(slugs: Any, minimum: int = 0) -> st.SearchStrategy[list[str]]:
        return st.lists(st.sampled_from(sorted(slugs)), min_size=minimum, max_size=8)

    question = {
        "interventions": data.draw(some(catalogue.intervention_by_slug, 1)),
        "functions": data.draw(some(catalogue.function_by_slug)),
        "platforms": data.draw(some(["google", "microsoft"])),
        "packages": data.draw(st.none() | some(catalogue.package_by_slug)),
        "sector": data.draw(st.none() | st.sampled_from(["po", "sbo", "so", "vo"])),
    }
    jsonschema.validate(advice(api, **question), answer_schema)
