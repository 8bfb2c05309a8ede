"""The public catalogue over HTTP, on the real catalogue."""

from typing import Any

import pytest

from courses.entities import Catalogue, Mention
from tests.makers import ApiClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def listed(api: ApiClient, path: str) -> Any:
    response = api.call("get", path)
    assert response.status_code == 200, response.content
    return response.json()


def slugs(api: ApiClient, path: str) -> list[str]:
    return [item["slug"] for item in listed(api, path)["items"]]


def every_slug(api: ApiClient, path: str) -> list[str]:
    """Of all pages."""
    found: list[str] = []
    while page := slugs(api, f"{path}&limit=100&offset={len(found)}"):
        found += page
    return found


def lines(catalogue: Catalogue) -> list[Mention]:
    return [
        *(mention for item in catalogue.interventions for mention in item.mentions),
        *catalogue.general_offer.mentions,
    ]


def test_all_interventions_in_printed_order(api: ApiClient, catalogue: Catalogue) -> None:
    found = listed(api, "/interventions?limit=100")
    assert found["count"] == 26
    assert [item["slug"] for item in found["items"]] == [
        item.slug for item in catalogue.interventions
    ]


def test_pages_follow_each_other(api: ApiClient) -> None:
    whole = slugs(api, "/interventions?limit=100")
    assert slugs(api, "/interventions") == whole[:20]
    assert slugs(api, "/interventions?offset=20") == whole[20:]
    assert listed(api, "/interventions?offset=10000") == {"items": [], "count": 26}


def test_category_f_has_seven(api: ApiClient) -> None:
    found = listed(api, "/interventions?category=F")
    assert found["count"] == 7
    assert {item["category"] for item in found["items"]} == {"F"}
    assert [item["has_card"] for item in found["items"]].count(False) == 5
    assert listed(api, "/interventions?category=f") == found


def test_labels_filter_whatever_their_capitals(api: ApiClient, catalogue: Catalogue) -> None:
    expected = [
        item.slug
        for item in catalogue.interventions
        if item.evidence_label == "Sterk" and item.cost_label == "Zeer laag"
    ]
    assert expected
    assert slugs(api, "/interventions?evidence=sterk&cost=ZEER%20LAAG") == expected


def test_a_sector_hides_nothing_and_adds_its_own_figure(api: ApiClient) -> None:
    found = listed(api, "/interventions?sector=po&limit=100")
    assert found["count"] == 26
    own = {item["slug"]: item for item in found["items"]}["een-op-een-begeleiding"]
    assert own["effect_months"] == 5
    assert [claim["minimum"] for claim in own["effect_for_sector"]] == [6]
    assert own["effect_for_sector"][0]["scope"] == {"sector": "po"}
    without = listed(api, "/interventions?limit=100")["items"]
    assert all(item["effect_for_sector"] == [] for item in without)


def test_a_card_names_the_source_of_every_figure(api: ApiClient, catalogue: Catalogue) -> None:
    found = listed(api, "/interventions/een-op-een-begeleiding?sector=vo")
    item = catalogue.intervention_by_slug["een-op-een-begeleiding"]
    assert len(found["claims"]) == len(item.claims)
    assert all(claim["source"]["title"] and claim["words"] for claim in found["claims"])
    assert [claim["words"] for claim in found["effect_for_sector"]] == ["4 maanden"]
    assert found["source_differences"], "the sources differ on this intervention"
    for difference in found["source_differences"]:
        assert len({claim["source"]["slug"] for claim in difference["claims"]}) > 1
    assert [point["slug"] for point in found["attention_points"]] == [
        point.slug for point in item.attention_points
    ]
    assert found["framework_detail"]["valid_until"] == "2025-07-31"
    assert found["framework_detail"]["historic"] is True


def test_courses_of_an_intervention_stand_mention_by_mention(
    api: ApiClient, catalogue: Catalogue
) -> None:
    found = listed(api, "/interventions/feedback")["courses"]
    assert [(line["slug"], line["printed_title"], line["platform"]) for line in found] == [
        (line.course, line.printed_title, line.platform)
        for line in catalogue.intervention_by_slug["feedback"].mentions
    ]


def test_every_intervention_can_be_read(api: ApiClient, catalogue: Catalogue) -> None:
    for item in catalogue.interventions:
        assert listed(api, f"/interventions/{item.slug}")["title"] == item.title


@pytest.mark.parametrize("slug", ["bestaat-niet", "Feedback", "feed%00back", "a" * 200, "%2e%2e"])
def test_an_unknown_intervention(api: ApiClient, slug: str) -> None:
    response = api.call("get", f"/interventions/{slug}")
    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


def test_words_are_searched_without_capitals_and_accents(
    api: ApiClient, catalogue: Catalogue
) -> None:
    found = listed(api, "/courses?q=GEVEN%20compl&limit=100")
    assert found["count"] > 0
    for item in found["items"]:
        text = " ".join([item["title"], *item["printed_titles"]]).casefold()
        assert "compl" in text
        assert "geven" in text
    assert slugs(api, "/courses?q=f%C3%A9edback") == slugs(api, "/courses?q=feedback") != []
    assert listed(api, "/courses?limit=1")["count"] == len(catalogue.courses)


def test_what_is_for_everyone_or_for_teachers_is_for_a_nursery_teacher(api: ApiClient) -> None:
    nursery = set(every_slug(api, "/courses?audience=kleuterleerkracht"))
    teachers = set(every_slug(api, "/courses?audience=leerkracht"))
    assert teachers <= nursery
    for item in listed(api, "/courses?audience=kleuterleerkracht&limit=100")["items"]:
        assert item["audience"] == [] or {"leerkracht", "kleuterleerkracht"} & set(item["audience"])


def test_filters_hold_for_one_and_the_same_line(api: ApiClient, catalogue: Catalogue) -> None:
    pairs = {(line.package, line.platform) for line in lines(catalogue) if line.platform}
    assert len(pairs) > 1
    for package, platform in pairs:
        expected = {
            line.course
            for line in lines(catalogue)
            if (line.package, line.platform) == (package, platform)
        }
        found = every_slug(api, f"/courses?package={package}&platform={platform}")
        assert set(found) == expected


def test_a_platform_of_a_team_leaves_out_only_the_other(
    api: ApiClient, catalogue: Catalogue
) -> None:
    assert set(every_slug(api, "/courses?platform=google")) == {
        line.course for line in lines(catalogue) if line.platform != "microsoft-365"
    }


@pytest.mark.parametrize(
    ("query", "field", "detail"),
    [
        (
            "audience=leerkrachten",
            "audience",
            (
                "'leerkrachten' staat niet in de catalogus. "
                "Bedoel je 'leerkracht' of 'kleuterleerkracht'?"
            ),
        ),
        ("package=plus", "package", "'plus' staat niet in de catalogus. Bedoel je 'pluspakket'?"),
    ],
)
def test_an_unknown_function_or_package(
    api: ApiClient, query: str, field: str, detail: str
) -> None:
    response = api.call("get", f"/courses?{query}")
    assert response.status_code == 422
    assert response.json()["errors"] == [{"field": field, "code": "unknown_slug", "detail": detail}]


def test_reading_the_catalogue_needs_no_query_once_it_is_known(
    api: ApiClient, django_assert_num_queries: Any
) -> None:
    listed(api, "/interventions")
    with django_assert_num_queries(0):
        listed(api, "/interventions?sector=po&limit=100")
        listed(api, "/interventions/feedback")
        listed(api, "/courses?limit=100")
