"""People on the pages: the list, somebody new, and each part of what is known of somebody."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import Employment, Leave, Mail, Person, RoleGrant, School, TeamMembership
from tests.makers import employ, grant, join, make_colleague, make_person, make_school, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
NEW = {
    "email": "Noor@school.test",
    "name": "Noor Nieuw",
    "roles": ["member"],
    "functions": ["leerkracht"],
    "working_days": ["1", "2", "4"],
    "fte": "0,6",
    "weekly_study_minutes": "",
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


def stored(employment: Employment) -> dict[str, Any]:
    with scopes_disabled():
        row = Employment.objects.get(pk=employment.pk)
        return {
            "functions": row.functions,
            "fte": row.fte,
            "days": row.working_days,
            "minutes": row.weekly_study_minutes,
            "roles": sorted(
                RoleGrant.objects.filter(person=row.person, school=row.school).values_list(
                    "role", flat=True
                )
            ),
            "teams": sorted(
                TeamMembership.objects.filter(person=row.person).values_list(
                    "team__name", flat=True
                )
            ),
            "leave": list(
                Leave.objects.filter(employment=row).values_list("first_day", "last_day")
            ),
        }


@pytest.mark.usefixtures("admin")
def test_one_or_thirty_people_take_as_many_queries(pages: Client, school: School) -> None:
    team = make_team(school, "Bovenbouw")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(pages, f"/beheer/{school.pk}/medewerkers")
        return len(queries)

    make_colleague(team)
    # The first look may read the catalogue as well.
    count()
    few = count()
    for number in range(30):
        make_colleague(team, name=f"Noor {number:02d}")
    assert count() == few <= 15
    html = text(pages, f"/beheer/{school.pk}/medewerkers")
    assert "32 medewerkers" in html
    assert "Bladzijde 1 van 2" in html


@pytest.mark.usefixtures("admin")
def test_searching_finds_part_of_a_name_or_address(pages: Client, school: School) -> None:
    employ(make_person("Sam de Boer"), school)
    employ(make_person("Sam Visser"), school)
    html = text(pages, f"/beheer/{school.pk}/medewerkers?zoek=boer+sam")
    assert "1 medewerker</strong> met ‘boer sam’" in html
    assert "Sam Visser" not in html
    assert "Niemand gevonden" in text(pages, f"/beheer/{school.pk}/medewerkers?zoek=%25")


@pytest.mark.usefixtures("admin")
def test_somebody_new_is_in_the_teams_at_once_and_gets_a_mail(
    pages: Client, school: School
) -> None:
    team = make_team(school, "Bovenbouw")
    answer = pages.post(f"/beheer/{school.pk}/medewerkers/nieuw", {**NEW, "teams": [str(team.pk)]})
    with scopes_disabled():
        made = Employment.objects.get(person__email="noor@school.test")
        assert TeamMembership.objects.get(person=made.person).joined_on == MOMENT.date()
    assert (answer.status_code, answer["Location"]) == (302, f"/beheer/medewerker/{made.pk}")
    assert stored(made) == {
        "functions": ["leerkracht"],
        "fte": Decimal("0.6"),
        "days": [1, 2, 4],
        "minutes": None,
        "roles": ["member"],
        "teams": ["Bovenbouw"],
        "leave": [],
    }
    assert Mail.objects.filter(person=made.person, kind="welcome").count() == 1
    html = text(pages, answer["Location"])
    assert "maandag, dinsdag en donderdag" in html
    assert "<dd>0,6</dd>" in html


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"email": "noor"}, "E-mailadres: Dit is geen e-mailadres. Controleer het."),
        ({"name": ""}, "Naam: Vul de naam in."),
        ({"name": "Noor\x07"}, "Naam: Gebruik geen regeleinden of onzichtbare stuurtekens."),
        ({"name": "Noor 111222333"}, "Naam: In de naam staat een getal. Haal het weg."),
        ({"roles": []}, "Rollen: Kies ten minste één rol."),
        ({"working_days": []}, "Werkdagen: Kies ten minste één werkdag."),
        ({"fte": "2"}, "Wtf: De wtf is hoogstens 1,2."),
        ({"fte": "half"}, "Wtf: Schrijf de wtf als getal, zoals 0,8."),
    ],
)
def test_what_is_not_right_about_somebody_new(
    pages: Client, school: School, changed: dict[str, Any], message: str
) -> None:
    answer = pages.post(f"/beheer/{school.pk}/medewerkers/nieuw", NEW | changed)
    html = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert "<title>Fout: Medewerker toevoegen – Routekaart</title>" in html
    assert f">{message}</a>" in html
    assert not Person.objects.filter(name__startswith="Noor").exists()


@pytest.mark.usefixtures("admin")
def test_who_is_there_already_or_a_team_elsewhere_adds_nobody(
    pages: Client, school: School
) -> None:
    employ(Person.objects.create_user("noor@school.test", "Noor"), school)
    answer = pages.post(f"/beheer/{school.pk}/medewerkers/nieuw", NEW)
    assert "Deze medewerker staat al bij de school." in answer.content.decode()
    elsewhere = make_team(make_school(name="Elders"))
    answer = pages.post(
        f"/beheer/{school.pk}/medewerkers/nieuw",
        {**NEW, "email": "ander@school.test", "teams": [str(elsewhere.pk)]},
    )
    assert answer.status_code == 422
    assert not Person.objects.filter(email="ander@school.test").exists()


@pytest.mark.usefixtures("admin")
def test_changing_the_work_of_somebody(pages: Client, school: School) -> None:
    employment = employ(make_person(), school, fte="0.800", working_days=[1, 2, 3, 6])
    address = f"/beheer/medewerker/{employment.pk}/werk"
    html = text(pages, address)
    assert "zaterdag" in html
    assert 'name="fte" value="0,8"' in html
    shown = {
        "initial-functions": "leerkracht",
        "initial-fte": "0,8",
        "initial-working_days": ["1", "2", "3", "6"],
        "initial-weekly_study_minutes": "",
    }
    answer = pages.post(
        address,
        {
            **shown,
            "functions": ["leerkracht", "intern-begeleider"],
            "fte": "0,75",
            "working_days": ["1", "6"],
            "weekly_study_minutes": "90",
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/beheer/medewerker/{employment.pk}")
    found = stored(employment)
    assert found["functions"] == ["leerkracht", "intern-begeleider"]
    assert (found["fte"], found["days"], found["minutes"]) == (Decimal("0.75"), [1, 6], 90)
    assert "1 uur 30 min per week" in text(pages, f"/beheer/medewerker/{employment.pk}")


@pytest.mark.usefixtures("admin")
def test_what_another_admin_changed_meanwhile_is_not_overwritten(
    pages: Client, school: School
) -> None:
    employment = employ(make_person(), school, fte="0.5")
    answer = pages.post(
        f"/beheer/medewerker/{employment.pk}/werk",
        {
            "initial-functions": "leerkracht",
            "functions": "leerkracht",
            "initial-working_days": ["1", "2", "3", "4", "5"],
            "working_days": ["1", "2", "3", "4", "5"],
            # The page was opened when it was still a full week.
            "initial-fte": "1",
            "fte": "0,8",
        },
    )
    assert answer.status_code == 422
    assert "Iemand anders maakte hier intussen dit van" in answer.content.decode()
    assert stored(employment)["fte"] == Decimal("0.5")


@pytest.mark.usefixtures("admin")
def test_what_somebody_else_did_meanwhile_is_told_in_words(pages: Client, school: School) -> None:
    team = make_team(school, "Bovenbouw")
    person = make_person()
    employment = employ(person, school)
    grant(person, Role.TRAINER, school=school)
    join(person, team)
    here = f"/beheer/medewerker/{employment.pk}"
    # Both pages were opened when there was nothing yet.
    for path, posted, told in (
        ("rollen", {"roles": ["member"]}, "trainer"),
        ("teams", {"teams": [str(make_team(school, "Nieuw").pk)]}, "Bovenbouw"),
    ):
        answer = pages.post(f"{here}/{path}", posted)
        assert answer.status_code == 422
        assert f"intussen dit van: ‘{told}’" in answer.content.decode()
    assert (stored(employment)["roles"], stored(employment)["teams"]) == (
        ["trainer"],
        ["Bovenbouw"],
    )


@pytest.mark.usefixtures("admin")
def test_teams_and_roles_of_somebody(pages: Client, school: School) -> None:
    first, second = make_team(school, "A"), make_team(school, "B")
    person = make_person()
    employment = employ(person, school)
    grant(person, Role.MEMBER, school=school)
    join(person, first)
    here = f"/beheer/medewerker/{employment.pk}"
    pages.post(f"{here}/teams", {"initial-teams": [str(first.pk)], "teams": [str(second.pk)]})
    pages.post(f"{here}/rollen", {"initial-roles": "member", "roles": ["member", "team_lead"]})
    found = stored(employment)
    assert (found["teams"], found["roles"]) == (["B"], ["member", "team_lead"])


def test_the_last_admin_keeps_the_role(pages: Client, school: School, admin: Person) -> None:
    with scopes_disabled():
        employment = Employment.objects.get(person=admin)
    here = f"/beheer/medewerker/{employment.pk}"
    answer = pages.post(f"{here}/rollen", {"initial-roles": "school_admin", "roles": ["member"]})
    assert answer.status_code == 422
    assert "Dit is de laatste schoolbeheerder." in answer.content.decode()
    answer = pages.post(f"{here}/weg")
    assert answer.status_code == 422
    assert "Dit is de laatste schoolbeheerder." in answer.content.decode()
    assert stored(employment)["roles"] == ["school_admin"]
    # With another one the own role may go; this page is then out of reach.
    grant(make_person(), Role.SCHOOL_ADMIN, school=school)
    answer = pages.post(f"{here}/rollen", {"initial-roles": "school_admin", "roles": ["member"]})
    assert (answer.status_code, answer["Location"]) == (302, "/thuis")


@pytest.mark.usefixtures("admin")
def test_leave_comes_and_goes_by_the_period(pages: Client, school: School) -> None:
    employment = employ(make_person(), school)
    address = f"/beheer/medewerker/{employment.pk}/verlof"
    period = {"first_day": "2026-11-02", "last_day": "2026-11-13"}
    for _ in range(2):
        assert pages.post(address, period).status_code == 302
    assert stored(employment)["leave"] == [(date(2026, 11, 2), date(2026, 11, 13))]
    assert "2 november 2026 tot en met 13 november 2026" in text(pages, address)
    answer = pages.post(address, {"first_day": "2026-11-02", "last_day": "2026-11-01"})
    assert answer.status_code == 422
    assert "De laatste dag ligt voor de eerste dag." in answer.content.decode()
    for _ in range(2):
        pages.post(address, {"weg": "2026-11-02/2026-11-13"})
    assert stored(employment)["leave"] == []


@pytest.mark.usefixtures("admin")
def test_somebody_goes_away_after_a_second_look(pages: Client, school: School) -> None:
    person = make_person("Wil Weg")
    employment = employ(person, school)
    elsewhere = employ(person, make_school(name="Elders"))
    assert "Gaat Wil Weg weg van school?" in text(pages, f"/beheer/medewerker/{employment.pk}/weg")
    answer = pages.post(f"/beheer/medewerker/{employment.pk}/weg", follow=True)
    assert "Wil Weg is weg bij De Wilg." in answer.content.decode()
    with scopes_disabled():
        assert [row.pk for row in Employment.objects.filter(person=person)] == [elsewhere.pk]


@pytest.mark.usefixtures("admin")
def test_another_school_does_not_exist_here(pages: Client) -> None:
    elsewhere = make_school(name="Elders")
    employment = employ(make_person(), elsewhere)
    for path in ("", "/werk", "/rollen", "/teams", "/verlof", "/weg"):
        assert pages.get(f"/beheer/medewerker/{employment.pk}{path}").status_code == 404
        assert pages.post(f"/beheer/medewerker/{employment.pk}{path}").status_code in {404, 405}
    for path in ("", "/medewerkers", "/medewerkers/nieuw"):
        assert pages.get(f"/beheer/{elsewhere.pk}{path}").status_code == 404


@pytest.mark.usefixtures("admin")
def test_what_somebody_is_elsewhere_is_not_shown(pages: Client, school: School) -> None:
    elsewhere = make_school(name="Elders")
    person = make_colleague(make_team(elsewhere, "Geheim team"), Role.TEAM_LEAD)
    employment = employ(person, school, ())
    join(person, make_team(elsewhere, "Nog een team"))
    html = text(pages, f"/beheer/medewerker/{employment.pk}")
    assert "In geen team" in html
    assert "Geen rol: kan nergens bij." in html
    listed = text(pages, f"/beheer/{school.pk}/medewerkers")
    assert "Geheim team" not in listed
    assert "teamleider" not in listed
