"""The overview on screen: filters, drill-down, empty states and the table to download."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue, forget_catalogue
from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import Person, Routekaart
from tests.makers import make_board, make_colleague, make_school, make_team
from tests.page_world import MOMENT
from tests.stages import Stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(autouse=True)
def _moment() -> Any:
    with standing_at(MOMENT):
        yield


def get(person: Person, address: str, status: int = 200) -> str:
    client = Client()
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def in_year(stage: Stage, year: int) -> None:
    with scopes_disabled():
        Routekaart.objects.filter(pk=stage.routekaart.pk).update(school_year=year)


def test_a_director_sees_what_waits_and_for_whom() -> None:
    stage = Stage().planned()
    make_team(stage.school, "Bovenbouw")
    html = get(stage.director, "/overzicht")
    assert "1 team wacht op jou" in html
    assert "Wacht op de directie: het plan goedkeuren of teruggeven." in html
    assert f"/routekaart/{stage.routekaart.pk}/besluit" in html
    assert "nog niet begonnen" in html
    assert "Wacht op het team: een routekaart beginnen." in html
    assert "De teams staan op alfabet" in html
    assert "Van minder dan 5 mensen laten we geen aantallen zien." in html
    assert html.index("Bovenbouw</a>") < html.index("Onderbouw</a>")
    for name in ("Lies Leider", "Mo Lid"):
        assert name not in html


def test_what_waits_is_found_in_whatever_year_it_is() -> None:
    stage = Stage().planned()
    in_year(stage, 2027)
    html = get(stage.director, "/overzicht")
    assert "Schooljaar 2027-2028." in html, "this year nobody has a routekaart"
    assert '<a href="?jaar=2027&amp;mij=ja">1 team wacht op jou</a>' in html
    assert "Onderbouw</a>" in get(stage.director, "/overzicht?jaar=2027&mij=ja")
    Stage(stage.school, "Bovenbouw")
    html = get(stage.director, "/overzicht")
    assert "Schooljaar 2026-2027." in html
    assert '<a href="?jaar=2027&amp;mij=ja">1 team wacht op jou in 2027-2028</a>' in html


def test_who_decides_nothing_is_not_asked_what_waits() -> None:
    stage = Stage().planned()
    assert 'name="mij"' in get(stage.director, "/overzicht")
    assert 'name="mij"' not in get(make_colleague(stage.team, Role.BOARD), "/overzicht")


def test_filters_hold_and_say_when_nothing_is_left() -> None:
    stage = Stage().planned()
    Stage(stage.school, "Bovenbouw")
    assert "Bovenbouw</a>" not in get(stage.director, "/overzicht?stand=planned")
    assert "Bovenbouw</a>" not in get(stage.director, "/overzicht?mij=ja")
    assert "Geen team past bij dit filter" in get(stage.director, "/overzicht?stand=closed")
    # What nobody can choose is no filter; a school that is not mine is not there.
    assert "Bovenbouw</a>" in get(stage.director, "/overzicht?stand=x&jaar=x&bladzijde=x")
    get(stage.director, f"/overzicht?school={make_school().pk}", 404)
    get(stage.director, "/overzicht?school=x", 404)


def test_a_school_without_teams_says_who_makes_them() -> None:
    stage = Stage()
    other = make_school()
    director = make_colleague(stage.team, Role.DIRECTOR)
    director.role_grants.update(school=other)
    assert "De schoolbeheerder maakt ze" in get(director, "/overzicht")


def test_a_board_goes_from_schools_to_a_school_to_a_team() -> None:
    board = make_board()
    stage = Stage(make_school(board, "De Wilg")).running()
    Stage(make_school(board, "De Eik"), "Bovenbouw").submitted()
    person = make_colleague(stage.team, Role.BOARD)
    html = get(person, "/overzicht")
    assert html.index("De Eik</a>") < html.index("De Wilg</a>")
    assert "1 team: 1 ingediend" in html
    assert "Onderbouw" not in html
    html = get(person, f"/overzicht?school={stage.school.pk}")
    assert "Onderbouw</a>" in html
    assert "Bovenbouw</a>" not in html
    html = get(person, "/overzicht?teams")
    assert "Onderbouw</a>" in html
    assert "Bovenbouw</a>" in html
    html = get(person, f"/overzicht/team/{stage.team.pk}")
    assert "Wij leren feedback geven." in html
    assert "Niet getoond, want minder dan 5 mensen" in html
    assert "Volgens Duurzaam beter onderwijs, 2021" in html
    # The agreements themselves are not for a board.
    assert "/afspraken" not in html


def test_a_team_of_another_school_is_not_there() -> None:
    get(Stage().director, f"/overzicht/team/{Stage().team.pk}", 404)


def test_a_team_without_a_routekaart() -> None:
    stage = Stage()
    team = make_team(stage.school, "Nieuw")
    html = get(stage.director, f"/overzicht/team/{team.pk}?jaar=2027")
    assert "Dit team heeft voor 2027-2028 nog geen routekaart." in html


def test_the_table_holds_the_same_and_no_formula() -> None:
    stage = Stage(team_name="=1+1").planned()
    client = Client()
    client.force_login(stage.director)
    response = client.get("/overzicht/tabel.csv?stand=planned")
    assert response["Content-Disposition"] == 'attachment; filename="overzicht-2026-2027.csv"'
    head, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    told = dict(zip(head, row, strict=True))
    told.pop("Sinds")
    assert told == {
        "School": stage.school.name,
        "Team": "'=1+1",
        "Schooljaar": "2026-2027",
        "Stand": "gepland",
        "Wacht op": "Wacht op de directie: het plan goedkeuren of teruggeven.",
        "Doelen": "Wij leren feedback geven.",
        "Volgende studiedag": "Woensdag 4 november 2026: Feedback",
        "Voorbereiding en programma": "1 doel. Voorbereiding: niet getoond, want minder dan 5 "
        "mensen. Nog geen programma",
        "Uren": "Niet getoond, want minder dan 5 mensen",
        "Waar de uren uit volgen": "",
        "Kosten": "zeer laag",
        "Waar de kosten uit volgen": "Volgens Duurzaam beter onderwijs, 2021; een bedrag noemt "
        "die niet.",
        "Afspraken": "Geen open afspraken",
    }


def test_the_same_number_of_queries_for_one_team_and_for_thirty() -> None:
    stage = Stage().running()
    client = Client()
    client.force_login(stage.director)

    def queries(address: str) -> int:
        forget_catalogue()
        current_catalogue()
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    addresses = ("/overzicht", "/overzicht/tabel.csv", f"/overzicht/team/{stage.team.pk}")
    one = [queries(address) for address in addresses]
    for number in range(29):
        Stage(stage.school, f"Team {number}", 2026).filled()
    assert [queries(address) for address in addresses] == one
    assert max(one) <= 15
    html = client.get("/overzicht?bladzijde=3").content.decode()
    assert "Bladzijde 3 van 3" in html
