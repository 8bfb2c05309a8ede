"""Own budgets on the pages."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import BudgetLine, Employment, Person, School
from tests.makers import employ, make_colleague, make_person, make_school, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with standing_at(MOMENT):
        yield


@pytest.fixture
def school() -> School:
    return make_school(name="De Wilg")


@pytest.fixture
def teacher(school: School) -> Person:
    return make_colleague(make_team(school), name="Mo Lid")


@pytest.fixture
def work(teacher: Person) -> Employment:
    with scopes_disabled():
        return Employment.objects.get(person=teacher)


@pytest.fixture
def director(pages: Client, school: School) -> Person:
    made = make_colleague(make_team(school, "Directie"), Role.DIRECTOR, name="Dirk")
    pages.force_login(made)
    return made


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return " ".join(response.content.decode().split()).replace("\u00a0", " ")


@pytest.mark.usefixtures("director")
def test_the_list_shows_what_is_left_and_where_it_comes_from(
    pages: Client, school: School, work: Employment
) -> None:
    html = text(pages, f"/beheer/{school.pk}/budgetten")

    assert f'<a href="/beheer/medewerker/{work.pk}/budget">Mo Lid</a>' in html
    assert '<td class="number"><strong>€ 500</strong></td>' in html
    assert "Bron: CAO PO 1 november 2025 tot 1 maart 2027, bekeken op 21 november 2026." in html
    assert "<h3>Schoolleiders</h3>" in html


@pytest.mark.usefixtures("director")
def test_a_year_is_written_down_once(pages: Client, school: School, work: Employment) -> None:
    address = f"/beheer/{school.pk}/budgetten?jaar=2025"
    assert "Leg 2025-2026 vast" in text(pages, address)

    answer = pages.post(address, follow=True)

    assert "Vastgelegd voor 2 medewerkers." in answer.content.decode()
    assert "Leg 2025-2026 vast" not in text(pages, address)
    with scopes_disabled():
        assert BudgetLine.objects.get(person=work.person_id).cents == 50_000


@pytest.mark.usefixtures("director")
def test_spending_is_added_shown_and_taken_away(pages: Client, work: Employment) -> None:
    page = f"/beheer/medewerker/{work.pk}/budget"
    pages.post(
        f"{page}/uitgave", {"what": "Masterclass", "cents": "149,50", "spent_on": "2026-09-30"}
    )

    html = text(pages, page)

    assert "€ 500 voor dit jaar; € 149,50 uitgegeven, dus nog € 350,50 over." in html
    assert "<strong>Masterclass</strong>" in html
    with scopes_disabled():
        line = BudgetLine.objects.get()
    assert line.cents == 14_950
    pages.post(page, {"weg": str(line.pk)})
    assert "Nog niets." in text(pages, page)


@pytest.mark.usefixtures("director")
@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"cents": "twaalf"}, "Schrijf het bedrag als getal, zoals 12,50."),
        ({"cents": "1,005"}, "Gebruik hoogstens twee cijfers achter de komma."),
        ({"cents": "0"}, "Vul een bedrag in van meer dan € 0 tot € 200.000."),
        ({"spent_on": "2026-12-01"}, "Deze dag moet nog komen."),
        ({"what": " "}, "Vul in waaraan het geld is besteed."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    pages: Client, work: Employment, values: dict[str, str], fault: str
) -> None:
    posted = {"what": "Boek", "cents": "10", "spent_on": "2026-09-30"} | values
    answer = pages.post(f"/beheer/medewerker/{work.pk}/budget/uitgave", posted)

    assert answer.status_code == 422
    assert fault in answer.content.decode()


@pytest.mark.usefixtures("director")
def test_saved_years_are_written_down(pages: Client, work: Employment) -> None:
    page = f"/beheer/medewerker/{work.pk}/budget"
    pages.post(f"{page}/jaar", {"school_year": "2024", "cents": "200"})

    html = text(pages, page)

    assert "€ 500 voor dit jaar en € 200 gespaard; nog niets uitgegeven" in html
    assert '<span class="soft small">niet vastgelegd</span>' in html


@pytest.mark.usefixtures("director", "work")
def test_own_numbers_go_before_the_cao(pages: Client, school: School) -> None:
    page = f"/beheer/{school.pk}/budgetten"
    assert "Leeg: 500. Bron: CAO PO 1 november 2025" in text(pages, f"{page}/eigen-getallen")

    pages.post(f"{page}/eigen-getallen", {"euros": "600", "saved_years": "0"})

    html = text(pages, page)
    assert "€ 600 per schooljaar bij een volle baan, naar rato van de fte. Dat is een eigen" in html
    assert "Wat overblijft, vervalt na het schooljaar (afspraak van de school)." in html
    wrong = pages.post(f"{page}/eigen-getallen", {"saved_years": "11"})
    assert "Vul hoogstens 10 in." in wrong.content.decode()


def test_everybody_sees_the_own_budget(pages: Client, teacher: Person, work: Employment) -> None:
    pages.force_login(teacher)

    html = text(pages, "/mijn-budget")

    assert "De Wilg, 2026-2027" in html
    assert "Haal weg" not in html
    assert pages.get(f"/beheer/medewerker/{work.pk}/budget").status_code == 403
    assert pages.get(f"/beheer/{work.school_id}/budgetten").status_code == 403


def test_who_works_nowhere_has_no_budget(pages: Client, school: School) -> None:
    pages.force_login(make_colleague(make_team(school), Role.TRAINER, name="Tess"))

    assert "Je hebt geen aanstelling bij een school." in text(pages, "/mijn-budget")


@pytest.mark.usefixtures("director")
def test_the_table_is_a_file(pages: Client, school: School) -> None:
    employ(make_person("Mo"), school)
    answer = pages.get(f"/beheer/{school.pk}/budgetten/tabel.csv?jaar=2026")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "Mo;2026-2027;1;500,00;500,00;" in answer.content.decode("utf-8-sig")
