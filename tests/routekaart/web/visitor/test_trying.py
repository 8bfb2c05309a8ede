"""Trying the routekaart without an account: the whole question stands in the address."""

import pytest
from django.test import Client

from routekaart.models import Routekaart

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
TEAM = "functie=leerkracht&platform=microsoft&sector=po&pakket=academie&pakket=leerblokken"


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def test_choosing_shows_the_whole_menu_by_category(pages: Client) -> None:
    html = text(pages, "/probeer")
    assert html.count('name="interventie"') == 26
    assert html.count("<legend>") == 6
    assert "checked" not in html


def test_choosing_nothing_says_so(pages: Client) -> None:
    html = text(pages, "/probeer?verder=1", 422)
    assert "<title>Fout: Kies interventies – Routekaart</title>" in html
    assert '<a href="#id_interventie">Interventies: Kies ten minste één interventie.</a>' in html


def test_what_is_chosen_goes_along_to_the_team(pages: Client) -> None:
    answer = pages.get("/probeer?interventie=feedback&interventie=samenwerkend-leren&verder=1")
    to = "/probeer/voor-wie?interventie=feedback&interventie=samenwerkend-leren"
    assert (answer.status_code, answer["Location"]) == (302, to)
    html = text(pages, to)
    assert '<input type="hidden" name="interventie" value="samenwerkend-leren">' in html
    # Filled in with what most teams would answer.
    assert html.count("checked") == 5
    assert 'value="leerkracht" id="id_functie_0" checked' in html.replace("  ", " ")


def test_no_function_is_an_error_at_its_field(pages: Client) -> None:
    html = text(
        pages, "/probeer/voor-wie?interventie=feedback&platform=beide&sector=po&verder=1", 422
    )
    assert "Kies ten minste één functie." in html
    assert 'href="#id_functie_0"' in html


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/probeer/voor-wie", "/probeer?verder=1"),
        ("/probeer/voor-wie?interventie=bestaat-niet", "/probeer?verder=1"),
        ("/probeer/advies", "/probeer?verder=1"),
        (
            "/probeer/advies?interventie=feedback",
            "/probeer/voor-wie?interventie=feedback&verder=1",
        ),
    ],
)
def test_an_incomplete_address_leads_back_to_what_is_missing(
    pages: Client, address: str, to: str
) -> None:
    answer = pages.get(address)
    assert (answer.status_code, answer["Location"]) == (302, to)


def test_the_advice_says_why_and_marks_assumptions(pages: Client) -> None:
    html = text(pages, f"/probeer/advies?interventie=feedback&{TEAM}")
    assert "Dit past bij jullie keuze" in html
    assert "Omdat: Feedback + leerkracht" in html
    assert "(aanname)" in html
    assert "Aanname: geen enkele bron noemt hoe lang een cursus duurt." in html


def test_without_offer_there_is_something_to_do_together(pages: Client) -> None:
    html = text(pages, f"/probeer/advies?interventie=sportieve-activiteiten&{TEAM}")
    assert "Voor deze keuze is er nu geen cursus." in html
    assert "Samen doen" in html


def test_that_there_is_no_course_is_said_once(pages: Client) -> None:
    chosen = "interventie=voor-en-vroegschoolse-interventies&interventie=feedback"
    html = text(pages, f"/probeer/advies?{chosen}&{TEAM}")
    warnings = html[html.index("Let op") :].split("</div>")[0]
    assert warnings.count("Voor- en vroegschoolse interventies") == 1
    assert "Feedback" not in warnings


def test_what_is_not_in_the_package_is_shown_as_such(pages: Client) -> None:
    without = TEAM.replace("&pakket=academie", "")
    html = text(pages, f"/probeer/advies?interventie=feedback&{without}")
    assert "niet in jullie pakket" in html


def test_only_conditions_are_warned_about(pages: Client) -> None:
    html = text(pages, f"/probeer/advies?interventie=professionalisering&{TEAM}")
    assert "Let op" in html


def test_nothing_is_stored(pages: Client) -> None:
    text(pages, f"/probeer/advies?interventie=feedback&{TEAM}")
    assert "sessionid" not in pages.cookies
    assert not Routekaart.objects.model._base_manager.exists()
