"""Own budgets over HTTP: what stands in them, who sees whose, and the table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import standing_at
from routekaart.models import AuditEntry, BudgetLine, Employment, Person, Team
from tests.makers import ApiClient, client_for, employ, make_colleague, make_person, make_team

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 10, 5, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
BOOK = {"cents": 4_950, "what": "Boek over feedback", "spent_on": "2026-09-30"}


@pytest.fixture(autouse=True)
def _moment() -> Iterator[None]:
    with standing_at(MOMENT):
        yield


@dataclass
class Place:
    """A school with a director, and a teacher of 0.6 fte."""

    team: Team = field(default_factory=make_team)

    def __post_init__(self) -> None:
        self.school = self.team.school
        self.director = client_for(make_colleague(self.team, Role.DIRECTOR, name="Dirk"))
        self.teacher: Person = make_person("Mo")
        self.work: Employment = employ(self.teacher, self.school, fte="0.6")

    @property
    def address(self) -> str:
        return f"/employments/{self.work.pk}"

    def budget(self, query: str = "") -> Any:
        return answer(self.director, "get", f"{self.address}/budget{query}")


def answer(client: ApiClient, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    response = client.call(method, path, body)
    assert response.status_code == status, response.content
    return response.json() if response.content else None


def refused(client: ApiClient, method: str, path: str, body: Any, status: int = 422) -> list[str]:
    found = answer(client, method, path, body, status)
    return [error["code"] for error in found["errors"]]


def test_what_is_granted_saved_spent_and_left() -> None:
    place = Place()
    for year, cents in (("2024-2025", 30_000), ("2025-2026", 10_000)):
        answer(
            place.director,
            "put",
            f"{place.address}/budget-grant",
            {"school_year": year, "cents": cents},
        )
    line = answer(place.director, "post", f"{place.address}/spendings", BOOK, 201)

    found = place.budget()

    assert found["now"] == {
        "school_year": "2026-2027",
        "basis": "reckoned",
        "granted": 30_000,
        "saved": 40_000,
        "lapsed": 0,
        "spent": 4_950,
        "over": 0,
        "left": 65_050,
        "pots": [
            {"school_year": "2024-2025", "cents": 25_050, "last_year": "2027-2028"},
            {"school_year": "2025-2026", "cents": 10_000, "last_year": "2028-2029"},
            {"school_year": "2026-2027", "cents": 30_000, "last_year": "2029-2030"},
        ],
    }
    assert found["basis"] == {
        "euros": 500,
        "saved_years": 3,
        "own_euros": False,
        "own_years": False,
        "assumed_years": False,
        "title": "CAO PO, artikel 9.3",
        "source": "CAO PO 1 november 2025 tot 1 maart 2027",
        "confidence": "A",
        "in_force": True,
        "unverified_since": "2026-11-21",
        "note": "",
    }
    assert [one["kind"] for one in found["lines"]] == ["granted", "granted", "spent"]
    assert line == {
        "id": found["lines"][2]["id"],
        "school_year": "2026-2027",
        "kind": "spent",
        **BOOK,
    }
    assert place.budget("?school_year=2025-2026")["now"]["left"] == 40_000


def test_a_wrong_amount_is_taken_back() -> None:
    place = Place()
    grant = f"{place.address}/budget-grant"
    answer(place.director, "put", grant, {"school_year": "2026-2027", "cents": 1})
    line = answer(place.director, "post", f"{place.address}/spendings", BOOK, 201)
    answer(place.director, "delete", f"/budget-lines/{line['id']}", status=204)
    found = answer(place.director, "put", grant, {"school_year": "2026-2027", "cents": None})

    assert found["lines"] == []
    assert found["now"]["granted"] == 30_000


def test_everybody_sees_the_own_budget_and_no_other() -> None:
    place = Place()
    lead = make_colleague(place.team, Role.TEAM_LEAD, name="Lies")
    admin = client_for(make_colleague(place.team, Role.SCHOOL_ADMIN, name="Ada"))
    budgets = f"/schools/{place.school.pk}/budgets"

    def names(client: ApiClient) -> list[str]:
        return [one["name"] for one in answer(client, "get", budgets)["items"]]

    assert names(place.director) == ["Ada", "Dirk", "Lies", "Mo"]
    assert names(admin) == ["Ada", "Dirk", "Lies", "Mo"]
    assert names(client_for(lead)) == ["Lies"]
    with scopes_disabled():
        address = f"/employments/{Employment.objects.get(person=lead).pk}"
    assert answer(client_for(lead), "get", f"{address}/budget")["name"] == "Lies"
    # Seen, but kept by others.
    answer(client_for(lead), "post", f"{address}/spendings", BOOK, 403)
    answer(client_for(lead), "get", f"{place.address}/budget", status=404)
    answer(client_for(lead), "post", f"{place.address}/spendings", BOOK, 404)


def test_a_settled_year_does_not_follow_the_fte() -> None:
    place = Place()
    settle = f"/schools/{place.school.pk}/settled-budget-year"
    grant = {"school_year": "2026-2027", "cents": 12_345}
    with scopes_disabled():
        director = Employment.objects.get(school=place.school, functions=["schoolleider"])
    answer(place.director, "put", f"/employments/{director.pk}/budget-grant", grant)

    year = {"school_year": "2026-2027"}
    assert answer(place.director, "put", settle, year) == {"settled": 1}
    assert answer(place.director, "put", settle, year) == {"settled": 0}

    with scopes_disabled():
        Employment.objects.filter(pk=place.work.pk).update(fte=1)
    now = place.budget()["now"]
    assert (now["granted"], now["basis"]) == (30_000, "stated")
    stated = answer(place.director, "get", f"/employments/{director.pk}/budget")["now"]
    assert stated["granted"] == 12_345


def test_what_the_school_agreed_on() -> None:
    place = Place()
    numbers = f"/schools/{place.school.pk}/budget-numbers"
    nothing = {"euros": None, "leader_euros": None, "saved_years": None}
    assert answer(place.director, "get", numbers) == nothing

    agreed = answer(place.director, "put", numbers, {"euros": 700, "saved_years": 1})

    assert agreed == nothing | {"euros": 700, "saved_years": 1}
    assert place.budget()["now"]["granted"] == 42_000
    assert answer(place.director, "put", numbers, {}) == nothing


def test_amounts_days_and_years_that_cannot_be() -> None:
    place = Place()
    spendings, grant = f"{place.address}/spendings", f"{place.address}/budget-grant"

    def spending(**values: Any) -> list[str]:
        return refused(place.director, "post", spendings, BOOK | values)

    assert spending(spent_on="2026-10-06") == ["in_the_future"]
    assert spending(what="Voor 123456782") == ["bsn_in_text"]
    year = {"school_year": "2027-2028", "cents": 1}
    assert refused(place.director, "put", grant, year) == ["in_the_future"]
    settle = f"/schools/{place.school.pk}/settled-budget-year"
    assert refused(place.director, "put", settle, {"school_year": "2027-2028"}) == ["in_the_future"]
    assert place.budget()["lines"] == []


def test_the_table_holds_everybody_and_no_formula() -> None:
    place = Place()
    employ(make_person("=cmd|x"), place.school)
    answer(place.director, "post", f"{place.address}/spendings", BOOK, 201)

    response = place.director.call("get", f"/schools/{place.school.pk}/budgets/csv")

    assert response["Content-Disposition"] == 'attachment; filename="budgetten-2026-2027.csv"'
    heading, formula, _director, mo = response.content.decode("utf-8-sig").splitlines()[:4]
    assert heading.startswith("Naam;Schooljaar;Fte;Bij een volle baan;Toegekend;")
    assert mo == (
        "Mo;2026-2027;0,6;500,00;300,00;berekend (aanname: de fte van nu, het hele jaar);"
        '0,00;0,00;49,50;0,00;250,50;"CAO PO, artikel 9.3; CAO PO 1 november 2025 tot 1 maart '
        '2027"'
    )
    assert formula.startswith("'=cmd|x;")


def test_the_list_asks_as_much_of_many_as_of_few() -> None:
    place = Place()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            answer(place.director, "get", f"/schools/{place.school.pk}/budgets")
        return len(asked)

    # The first call notes that the token was used.
    queries()
    few = queries()
    for number in range(5):
        employ(make_person(f"Nieuw {number}"), place.school)
    assert queries() == few


def test_every_change_is_logged_without_amounts() -> None:
    place = Place()
    answer(place.director, "post", f"{place.address}/spendings", BOOK, 201)

    with scopes_disabled():
        line = BudgetLine.objects.get()
        entry = AuditEntry.objects.get(action="record_spending")
    assert (entry.object_kind, entry.object_id) == ("BudgetLine", str(line.pk))
