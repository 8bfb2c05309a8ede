"""What a school sets for itself, on the pages; and everybody's own data."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django_scopes import scopes_disabled
from pytest_django.fixtures import Settings

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import CalendarOverride, Person, QuoteRequest, School
from tests.makers import grant, make_board, make_colleague, make_person, make_school, make_team
from tests.routekaart.web.account.elsewhere import use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
CLOSED = {
    "title": "Carnaval",
    "first_day": "2027-02-08",
    "last_day": "2027-02-09",
    "closed": "dicht",
}


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with standing_at(MOMENT):
        yield


@pytest.fixture
def school() -> School:
    return make_school(name="De Wilg")


@pytest.fixture
def admin(school: School, pages: Client) -> Person:
    """Who runs the school, signed in."""
    made = make_colleague(make_team(school), Role.SCHOOL_ADMIN, name="Ada Beheer")
    pages.force_login(made)
    return made


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split())


def fresh(school: School) -> School:
    with scopes_disabled():
        return School.objects.get(pk=school.pk)


@pytest.mark.usefixtures("admin")
def test_the_office_says_how_everything_stands(pages: Client, school: School) -> None:
    html = text(pages, "/beheer")
    assert "<h1>Beheer van De Wilg</h1>" in html
    for state in (
        "1 team, 1 zonder leden",
        "1 medewerker",
        "Schoolbeheerder: Ada Beheer",
        "Regio Noord",
        "Eigen e-learningacademie en Leerblokken Edutrainers",
        "Uit",
        "Zoals in de bronnen",
        "Kijk of alles loopt",
        "Voor teamleiders, trainers en directie. Ieder kiest zelf.",
    ):
        assert f'<span class="soft">{state}' in html or f"{state}</span>" in html, state
    assert "<h1>Beheer van De Wilg</h1>" in text(pages, f"/beheer/{school.pk}")
    assert 'href="/klussen"' in html
    assert '<a href="/beheer">Pas het aan bij Beheer</a>' in text(pages, "/mijn-gegevens")


def test_who_guides_a_team_reads_how_the_weekly_mail_stands(pages: Client, school: School) -> None:
    person = make_colleague(make_team(school), Role.SCHOOL_ADMIN)
    grant(person, Role.TRAINER, school=school)
    pages.force_login(person)
    assert "Ieder kiest zelf. Bij jou staat het aan." in text(pages, "/beheer")


def test_a_school_without_anything_says_where_to_begin(pages: Client, school: School) -> None:
    person = make_person()
    grant(person, Role.SCHOOL_ADMIN, school=school)
    pages.force_login(person)
    html = text(pages, "/beheer")
    assert f'<a class="button" href="/beheer/{school.pk}/teams">Teams invullen</a>' in html


def test_who_runs_two_schools_chooses_one(pages: Client, school: School, admin: Person) -> None:
    second = make_school(name="De Es")
    grant(admin, Role.SCHOOL_ADMIN, school=second)
    grant(admin, Role.TRAINER, school=make_school(name="De Berk"))
    html = text(pages, "/beheer")
    assert f'href="/beheer/{school.pk}">De Wilg</a>' in html
    assert f'href="/beheer/{second.pk}">De Es</a>' in html
    assert "De Berk" not in html


def test_the_office_is_for_who_sets_things(pages: Client, school: School) -> None:
    pages.force_login(make_colleague(make_team(school), Role.DIRECTOR))
    assert pages.get("/beheer").status_code == 403
    assert pages.get(f"/beheer/{school.pk}").status_code == 403


# --- Free days -----------------------------------------------------------------------------------
@pytest.mark.usefixtures("admin")
def test_the_holidays_of_the_region_come_with_their_source(pages: Client, school: School) -> None:
    html = text(pages, f"/beheer/{school.pk}/vakanties")
    assert "<dt>Herfstvakantie</dt><dd>10 oktober 2026 tot en met 18 oktober 2026</dd>" in html
    assert "Bron: Rijksoverheid, schoolvakanties." in html
    assert "Nog niet gepubliceerd" not in html
    with standing_at(MOMENT.replace(year=2032)):
        html = text(pages, f"/beheer/{school.pk}/vakanties")
        assert "<strong>Nog niet gepubliceerd.</strong>" in html
        assert "Kerstvakantie (aanname)" in html
    # A year that is not offered is this year.
    assert "herfstvakantie" in text(pages, f"/beheer/{school.pk}/vakanties?jaar=1815").lower()


@pytest.mark.usefixtures("admin")
def test_own_days_come_and_go(pages: Client, school: School) -> None:
    answer = pages.post(f"/beheer/{school.pk}/vakanties/nieuw", CLOSED)
    address = f"/beheer/{school.pk}/vakanties?jaar=2026"
    assert (answer.status_code, answer["Location"]) == (302, address)
    with scopes_disabled():
        made = CalendarOverride.objects.get(school=school)
    assert (made.title, made.first_day, made.last_day, made.closed) == (
        "Carnaval",
        date(2027, 2, 8),
        date(2027, 2, 9),
        True,
    )
    assert "<strong>Carnaval</strong>" in text(pages, address)
    assert "Geen. Wijkt" in text(pages, f"/beheer/{school.pk}/vakanties?jaar=2027")
    removing = f"/beheer/vrije-dag/{made.pk}/weg"
    assert "Carnaval weghalen?" in text(pages, removing)
    assert pages.post(removing)["Location"] == address
    assert "Geen. Wijkt" in text(pages, address)
    assert pages.get(removing).status_code == 404
    assert pages.get(f"/beheer/vrije-dag/{2**70}/weg").status_code == 404


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"title": ""}, "Omschrijving: Vul in wat voor dag het is."),
        ({"first_day": ""}, "Eerste dag: Vul een datum in."),
        ({"last_day": "31-02-2027"}, "Laatste dag: Dit is geen datum."),
        ({"last_day": "2027-02-07"}, "Laatste dag: De laatste dag ligt voor de eerste dag."),
        ({"last_day": "2028-02-08"}, "Laatste dag: Een afwijking duurt hoogstens 92 dagen."),
        ({"closed": ""}, "De school is dan: Kies of de school dan dicht of open is."),
    ],
)
def test_what_is_not_right_about_an_own_day(
    pages: Client, school: School, changed: dict[str, str], message: str
) -> None:
    answer = pages.post(f"/beheer/{school.pk}/vakanties/nieuw", CLOSED | changed)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    with scopes_disabled():
        assert not CalendarOverride.objects.exists()


@pytest.mark.usefixtures("admin")
def test_the_region_and_the_days_that_differ_per_school(pages: Client, school: School) -> None:
    address = f"/beheer/{school.pk}/vakanties/regio"
    shown = {
        "initial-region": "Noord",
        "initial-free_on_good_friday": "True",
        "initial-free_on_liberation_day": "True",
    }
    pages.post(address, {**shown, "region": "Zuid", "free_on_liberation_day": "on"})
    now = fresh(school)
    assert (now.region, now.free_on_good_friday, now.free_on_liberation_day) == (
        "Zuid",
        False,
        True,
    )
    assert pages.post(address, {**shown, "region": "Oost"}).status_code == 422


# --- Packages ------------------------------------------------------------------------------------
def test_a_quote_is_asked_once(pages: Client, school: School, admin: Person) -> None:
    address = f"/beheer/{school.pk}/pakketten"
    assert text(pages, address).count("Offerte vragen") == 1
    for _ in range(2):
        assert pages.post(address, {"offerte": "pluspakket"}).status_code == 302
    with scopes_disabled():
        assert QuoteRequest.objects.get(school=school).requested_by == admin
    html = text(pages, address)
    assert "door Ada Beheer." in html
    assert "Offerte vragen" not in html
    assert "Offerte gevraagd: Pluspakket Edutrainers" in text(pages, "/beheer")
    for package in ("academie", "extern", "bestaat-niet", ""):
        assert pages.post(address, {"offerte": package}).status_code == 422


@pytest.mark.usefixtures("admin")
def test_which_packages_the_school_has(pages: Client, school: School) -> None:
    address = f"/beheer/{school.pk}/pakketten/eigen"
    assert "Externe cursussen" not in text(pages, address)
    pages.post(
        address,
        {"initial-packages": ["academie", "leerblokken"], "packages": ["academie", "pluspakket"]},
    )
    assert fresh(school).packages == ["academie", "pluspakket"]
    assert pages.post(address, {"packages": "bestaat-niet"}).status_code == 422


# --- Progress by name ----------------------------------------------------------------------------
@pytest.mark.usefixtures("admin")
def test_progress_by_name_needs_the_day_of_the_decision(pages: Client, school: School) -> None:
    address = f"/beheer/{school.pk}/voortgang-op-naam"
    assert '<span class="tag">uit</span>' in text(pages, address)
    for day, message in (
        ("", "Vul een datum in."),
        ("2026-10-06", "Deze dag moet nog komen."),
    ):
        answer = pages.post(address, {"decided_on": day})
        assert answer.status_code == 422
        assert f"Wanneer stemde de PMR in? {message}" in answer.content.decode()
    assert fresh(school).progress_by_name_since is None
    assert pages.post(address, {"decided_on": "2026-10-05"})["Location"] == address
    assert fresh(school).progress_by_name_since == date(2026, 10, 5)
    assert "besluit van de PMR van 5 oktober 2026" in text(pages, address)
    pages.post(address, {"doe": "uit"})
    assert fresh(school).progress_by_name_since is None


# --- The school itself ---------------------------------------------------------------------------
@pytest.mark.usefixtures("admin")
def test_the_data_of_the_school(pages: Client, school: School) -> None:
    address = f"/beheer/{school.pk}/gegevens"
    shown = {
        "initial-name": "De Wilg",
        "initial-academy_url": "",
        "initial-skin": "plain",
        "initial-completion_months": "24",
    }
    changed = {
        "name": "De Wilgen",
        "academy_url": "https://academie.test",
        "skin": "pdca",
        "completion_months": "36",
    }
    assert pages.post(address, shown | changed)["Location"] == address
    now = fresh(school)
    assert (now.name, now.academy_url, now.skin, now.completion_months) == (
        "De Wilgen",
        "https://academie.test",
        "pdca",
        36,
    )
    answer = pages.post(address, shown | changed | {"name": "", "academy_url": "hier"})
    assert answer.status_code == 422
    assert "Naam van de school: Vul de naam van de school in." in answer.content.decode()


@pytest.mark.usefixtures("admin")
def test_taking_staff_in_is_a_choice_where_a_provider_tells_who_is_staff(
    pages: Client, school: School, settings: Settings
) -> None:
    address = f"/beheer/{school.pk}/gegevens"
    assert "Nieuwe collega’s komen vanzelf binnen" not in text(pages, address)
    use(settings, "entree", "http://127.0.0.1:1", domains=("school.test",))
    assert "Wie zich aanmeldt met Entree Federatie" in text(pages, address)
    shown = {
        "initial-name": "De Wilg",
        "name": "De Wilg",
        "skin": "plain",
        "completion_months": "24",
        "initial-completion_months": "24",
        "initial-skin": "plain",
    }
    for chosen in (True, False):
        before = {"initial-staff_joins": "" if chosen else "True"}
        values = {"staff_joins": "on"} if chosen else {}
        assert pages.post(address, shown | before | values)["Location"] == address
        assert fresh(school).staff_joins is chosen


@pytest.mark.usefixtures("admin")
def test_own_numbers_of_rules_and_back(pages: Client, school: School) -> None:
    with scopes_disabled():
        School.objects.filter(pk=school.pk).update(date_numbers={"free-days": 10})
    address = f"/beheer/{school.pk}/regels"
    html = text(pages, address)
    assert "Zonder eigen getal: 7." in html
    # A rule of another sector is not shown, and stays as it is.
    assert "free-days" not in html
    pages.post(address, {"initial-four-day-weeks": "", "four-day-weeks": "5"})
    assert fresh(school).date_numbers == {"free-days": 10, "four-day-weeks": 5}
    pages.post(address, {"initial-four-day-weeks": "5", "four-day-weeks": ""})
    assert fresh(school).date_numbers == {"free-days": 10}
    assert pages.post(address, {"four-day-weeks": "61"}).status_code == 422


@pytest.mark.usefixtures("admin")
def test_another_school_does_not_exist_here(pages: Client) -> None:
    elsewhere = make_school(name="Elders")
    with scopes_disabled():
        own_day = CalendarOverride.objects.create(
            school=elsewhere, title="Eigen", first_day=MOMENT.date(), last_day=MOMENT.date()
        )
    for path in (
        f"{elsewhere.pk}",
        f"{elsewhere.pk}/vakanties",
        f"{elsewhere.pk}/vakanties/nieuw",
        f"{elsewhere.pk}/vakanties/regio",
        f"vrije-dag/{own_day.pk}/weg",
        f"{elsewhere.pk}/pakketten",
        f"{elsewhere.pk}/pakketten/eigen",
        f"{elsewhere.pk}/voortgang-op-naam",
        f"{elsewhere.pk}/gegevens",
        f"{elsewhere.pk}/regels",
    ):
        assert pages.get(f"/beheer/{path}").status_code == 404, path
        assert pages.post(f"/beheer/{path}").status_code in {404, 405}, path


# --- Oneself -------------------------------------------------------------------------------------
def test_everybody_sees_the_own_data_and_the_name_leads_there(pages: Client) -> None:
    board = make_board()
    first, second = make_team(make_school(board, "De Es")), make_team(make_school(board, "De Eik"))
    person = make_colleague(first, Role.TEAM_LEAD, name="Lies Leider")
    grant(person, Role.TRAINER, school=second.school)
    pages.force_login(person)
    html = text(pages, "/mijn-gegevens")
    assert '<a class="who" href="/mijn-gegevens">Lies Leider</a>' in html
    assert f"<dd>{person.email}</dd>" in html
    assert "<strong>De Es</strong><br>Teamleider. <span" in html
    assert "<strong>De Eik</strong><br>Trainer</li>" in html


def test_the_weekly_mail_is_switched_by_oneself(pages: Client, school: School) -> None:
    person = make_colleague(make_team(school), Role.DIRECTOR)
    pages.force_login(person)
    for wanted in ("uit", "aan"):
        pages.post("/mijn-gegevens", {"weekoverzicht": wanted})
        person.refresh_from_db()
        assert person.weekly_mail is (wanted == "aan")


def test_who_guides_nobody_gets_no_weekly_mail(pages: Client, school: School) -> None:
    pages.force_login(make_colleague(make_team(school)))
    assert "Jij krijgt het niet." in text(pages, "/mijn-gegevens")
    pages.force_login(make_person())
    assert "Je hebt nog geen rol bij een school." in text(pages, "/mijn-gegevens")
