"""The pages: start, catalogue report, sign-in and sign-out; and what goes wrong."""

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from courses.entities import Catalogue
from courses.quality import source_differences
from routekaart import web
from routekaart.storage import Storage
from tests.makers import make_colleague, make_person, make_school, make_team
from tests.matrix_world import make_place

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-wachtwoord"


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    return response.content.decode()


@pytest.mark.usefixtures("catalogue")
def test_the_start_page_leads_to_everything(pages: Client) -> None:
    html = page(pages, "/")
    assert "26 interventies" in html
    for address in ("/probeer", "/api/v1/docs", "/catalogus", "/accounts/login/"):
        assert f'href="{address}"' in html
        assert pages.get(address).status_code == 200


def test_the_start_page_works_before_anything_is_loaded(pages: Client) -> None:
    assert "load_catalogue" in page(pages, "/")
    assert "load_catalogue" in page(pages, "/catalogus", 503)


@pytest.mark.usefixtures("catalogue")
def test_who_is_signed_in_sees_the_own_schools_and_the_latest_document(
    pages: Client, settings: Settings
) -> None:
    place = make_place(Storage(settings.STORAGE_DIR))
    pages.force_login(place.stage.lead)
    html = page(pages, "/")
    assert "Dag Lies Leider" in html
    assert "teamleider bij De Proefschool" in html
    address = f"/api/v1/documents/{place.ids['document_id']}/content"
    assert f'href="{address}"' in html
    document = pages.get(address)
    assert document.status_code == 200
    assert document.getvalue().startswith(b"%PDF")


@pytest.mark.usefixtures("catalogue")
def test_the_document_of_another_school_is_not_offered(pages: Client, settings: Settings) -> None:
    make_place(Storage(settings.STORAGE_DIR))
    pages.force_login(make_colleague(make_team(make_school(name="Elders"))))
    html = page(pages, "/")
    assert "/documents/" not in html
    assert "De Proefschool" not in html
    assert "Jullie scholingsplan" not in html


def test_who_has_no_role_yet_is_told_what_to_do(pages: Client) -> None:
    pages.force_login(make_person())
    assert "Vraag je schoolbeheerder" in page(pages, "/")


def test_the_report_shows_every_difference_between_sources(
    pages: Client, catalogue: Catalogue
) -> None:
    html = page(pages, "/catalogus")
    table = html.split('id="bronnen"')[1].split("</table>")[0]
    assert table.count("<tr>") - 1 == len(source_differences(catalogue))
    assert len(re.findall("<h2", html)) == 7


# --- Sign-in -----------------------------------------------------------------------------------
def test_signing_in_and_out_by_email_and_password(pages: Client) -> None:
    person = make_person("Noor Voorbeeld", password=PASSWORD)
    html = page(pages, "/accounts/login/")
    assert '<html lang="nl">' in html
    answer = pages.post(
        "/accounts/login/", {"login": person.email.upper(), "password": PASSWORD}, follow=True
    )
    assert answer.redirect_chain == [("/thuis", 302), ("/", 302)]
    assert "Dag Noor Voorbeeld" in answer.content.decode()
    assert "Weet je zeker" in page(pages, "/accounts/logout/")
    answer = pages.post("/accounts/logout/", follow=True)
    assert "Dag Noor" not in answer.content.decode()


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(pages: Client) -> None:
    person = make_person(password=PASSWORD)
    answers = [
        pages.post("/accounts/login/", {"login": email, "password": "verkeerd-woord"})
        for email in (person.email, "niemand@voorbeeld.test")
    ]
    errors = [
        re.findall(r'role="alert".*?<li>([^<]*)</li>', answer.content.decode(), re.DOTALL)
        for answer in answers
    ]
    assert errors[0] == errors[1]
    assert errors[0] == ["Dit e-mailadres of dit wachtwoord klopt niet."]


def test_somebody_who_left_cannot_sign_in(pages: Client) -> None:
    person = make_person(password=PASSWORD)
    person.is_active = False
    person.save()
    form = {"login": person.email, "password": PASSWORD}
    answer = pages.post("/accounts/login/", form, follow=True)
    assert "Dit account is gesloten" in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated


def test_somebody_without_a_password_cannot_sign_in(pages: Client) -> None:
    person = make_person()
    for password in ("", "!", PASSWORD):
        answer = pages.post("/accounts/login/", {"login": person.email, "password": password})
        assert not answer.wsgi_request.user.is_authenticated


def test_nobody_signs_up_alone(pages: Client) -> None:
    assert page(pages, "/accounts/signup/", 404)


def test_signing_in_needs_the_token_of_the_form() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/login/", {"login": "a@b.nl", "password": PASSWORD})
    assert answer.status_code == 403


def test_after_sign_in_nobody_is_led_elsewhere(pages: Client) -> None:
    person = make_person(password=PASSWORD)
    answer = pages.post(
        "/accounts/login/?next=https://kwaad.test/",
        {"login": person.email, "password": PASSWORD},
    )
    assert answer["Location"] == "/thuis"


# --- Headers and errors ------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/nergens", "/api/v1/nergens"])
def test_every_answer_keeps_to_itself(pages: Client, address: str) -> None:
    response = pages.get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("address", ["/", "/catalogus", "/accounts/login/", "/accounts/logout/"])
def test_pages_hold_no_inline_script_or_style_and_nothing_of_others(
    pages: Client, address: str
) -> None:
    html = pages.get(address, follow=True).content.decode()
    assert re.findall(r"<script[^>]*>[^<]", html) == []
    assert re.findall(r'<script(?! src="/static/)', html) == []
    assert "<style" not in html
    assert " style=" not in html
    assert [found for found in re.findall(r'(?:src|href)="([^"]*)"', html) if "//" in found] == []
    for heading in ("<title>", "<h1", '<main id="inhoud"', 'class="skip"', "viewport"):
        assert html.count(heading) == 1, heading


def test_the_style_sheet_is_served(pages: Client) -> None:
    for file in ("web/routekaart.css", "web/routekaart.svg"):
        # Small enough for a slow line, compressed.
        assert 0 < len(gzip.compress(pages.get(f"/static/{file}").getvalue())) <= 12_000


def test_an_error_page_needs_no_database(pages: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        html = page(pages, "/nergens", 404)
    assert "Deze pagina bestaat niet" in html


def test_what_goes_wrong_inside_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("routekaart.web.views.start._size_of_catalogue", broken)
    html = page(Client(raise_request_exception=False), reverse("start"), 500)
    assert "Het ligt aan ons" in html
    assert "geheim" not in html


@pytest.mark.usefixtures("catalogue")
def test_the_catalogue_report_has_no_names_of_fields(pages: Client) -> None:
    assert "Rendement vergeleken met een leraar (onderwijsassistent)" in page(pages, "/catalogus")


def test_the_width_of_a_page_is_a_class_of_its_own() -> None:
    """Stuck to the class before it, a page loses its margins."""
    folder = Path(web.__file__).parent / "templates"
    blocks = re.compile(r"{% block width %}(.*?){% endblock %}")
    stuck = [
        path.name
        for path in folder.rglob("*.html")
        for classes in blocks.findall(path.read_text())
        if classes and not classes.startswith(" ")
    ]
    assert stuck == []
