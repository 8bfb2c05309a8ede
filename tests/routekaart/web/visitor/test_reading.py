"""Reading the catalogue."""

import re

import pytest
from django.test import Client

from courses.entities import Catalogue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def titles(html: str) -> list[str]:
    return re.findall(r'<h2><a href="/interventies/([a-z0-9-]+)', html)


def test_all_interventions_stand_in_the_order_of_the_menu(
    pages: Client, catalogue: Catalogue
) -> None:
    html = text(pages, "/interventies")
    assert titles(html) == [one.slug for one in catalogue.interventions]
    assert "<strong>26 interventies</strong>, zoals op de menukaart." in html


def test_filters_narrow_and_the_order_is_said(pages: Client, catalogue: Catalogue) -> None:
    html = text(pages, "/interventies?categorie=B&kosten=Zeer+laag&volgorde=leerwinst")
    found = [catalogue.intervention_by_slug[slug] for slug in titles(html)]
    assert {(one.category, one.cost_label) for one in found} == {("B", "Zeer laag")}
    months = [one.effect_months or 0 for one in found]
    assert months == sorted(months, reverse=True)
    assert "op maanden leerwinst, meeste eerst" in html


def test_labels_to_choose_from_go_from_the_least_to_the_most(pages: Client) -> None:
    html = text(pages, "/interventies")
    for labels in (
        ("Zeer laag", "Laag", "Gemiddeld", "Hoog", "Zeer hoog"),
        ("Beperkt", "Gemiddeld", "Sterk"),
    ):
        options = "".join(f'<option value="{label}">{label}</option>' for label in labels)
        assert options in html.replace("> <", "><")


@pytest.mark.parametrize("order", ["titel", "kosten"])
def test_other_orders(pages: Client, catalogue: Catalogue, order: str) -> None:
    found = [
        catalogue.intervention_by_slug[slug]
        for slug in titles(text(pages, f"/interventies?volgorde={order}"))
    ]
    assert len(found) == 26
    if order == "titel":
        names = [one.title.casefold().lstrip("(") for one in found]
        assert names == sorted(names)
    else:
        costs = ["Zeer laag", "Laag", "Gemiddeld", "Hoog", "Zeer hoog", None]
        places = [costs.index(one.cost_label) for one in found]
        assert places == sorted(places)


def test_an_unknown_filter_is_an_error_and_shows_everything(pages: Client) -> None:
    html = text(pages, "/interventies?categorie=Z", 422)
    assert "Fout: Interventies" in html
    assert len(titles(html)) == 26


def test_one_intervention_shows_both_sources_and_its_courses(pages: Client) -> None:
    html = text(pages, "/interventies/een-op-een-begeleiding")
    assert "Bronnen" in html
    assert "Redelijk sterk" in html
    html = text(pages, "/interventies/feedback")
    assert "Complimenten geven en corrigeren" in html
    assert "Vragen om vooraf te bespreken" in html
    text(pages, "/interventies/bestaat-niet", 404)


def test_courses_are_found_by_words_and_shown_in_pages(pages: Client) -> None:
    html = text(pages, "/cursussen")
    assert "<strong>116 cursussen</strong>" in html
    assert "Bladzijde 1 van 6" in html
    assert '<a rel="next" href="?bladzijde=2">' in html
    html = text(pages, "/cursussen?woorden=mindset&functie=leerkracht")
    assert "De mindset-theorie van Carol Dweck" in html
    html = text(pages, "/cursussen?woorden=xyzzy")
    assert "Niets gevonden." in html
