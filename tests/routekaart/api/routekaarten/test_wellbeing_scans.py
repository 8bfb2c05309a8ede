"""The scan of wellbeing over HTTP: for a team that chose the intervention."""

from typing import Any

import pytest
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from courses.entities import Intervention
from routekaart.access import Role
from routekaart.models import AuditEntry, ChosenIntervention, Scan
from tests.makers import client_for, make_colleague, make_routekaart, make_team
from tests.plg_stage import at_work, codes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
WELLBEING = "welbevinden-en-sociaal-emotionele-ontwikkeling"


def wellbeing() -> Intervention:
    return current_catalogue().intervention_by_slug[WELLBEING]


def domains() -> list[str]:
    frame = wellbeing().wellbeing
    assert frame is not None
    return [domain.slug for domain in frame.domains]


class Cared:
    """A team of a lead and five members; `choose` puts wellbeing in its routekaart."""

    def __init__(self) -> None:
        self.team = make_team()
        self.lead = client_for(make_colleague(self.team, Role.TEAM_LEAD, name="Lies Leider"))
        self.members = [
            client_for(make_colleague(self.team, name=f"Lid {number}")) for number in range(5)
        ]
        self.path = f"/teams/{self.team.pk}/scans"

    def choose(self, school_year: int = 2026) -> None:
        routekaart = make_routekaart(self.team, school_year=school_year)
        with scopes_disabled():
            ChosenIntervention.objects.create(routekaart=routekaart, intervention_id=WELLBEING)

    def open(self, kind: str = "wellbeing") -> Any:
        with at_work():
            return self.lead.call("post", self.path, {"kind": kind})


def scores(slugs: list[str], score: int) -> dict[str, Any]:
    return {"scores": [{"question": slug, "score": score} for slug in slugs]}


def test_only_a_team_that_chose_wellbeing_is_asked() -> None:
    team = Cared()
    assert codes(team.open()) == (409, "not_chosen")
    assert codes(team.open("humeur")) == (422, "invalid_input")
    with scopes_disabled():
        assert not Scan.objects.exists()
        assert not AuditEntry.objects.filter(action="open_scan").exists()
    # The choice of another team is not theirs.
    other = Cared()
    other.choose()
    assert codes(team.open()) == (409, "not_chosen")
    # One of an earlier year is: the scan may look back on it.
    team.choose(2024)
    made = team.open()
    assert (made.status_code, made.json()["kind"]) == (201, "wellbeing")


def test_what_it_asks() -> None:
    team = Cared()
    team.choose()
    scan = team.open().json()
    assert [one["question"] for one in scan["questions"]] == domains()
    assert len(domains()) == 11
    assert (scan["title"], scan["source"]) == ("Scan welbevinden", "Duurzaam beter onderwijs, 2021")
    assert scan["ask"].endswith("Het gaat nooit over één leerling.")
    assert scan["scale"][0] == {"score": 1, "words": "veel zorgen"}
    assert len(scan["scale"]) == 5


def test_two_kinds_go_side_by_side() -> None:
    team = Cared()
    team.choose()
    assert team.open("plg").status_code == 201
    one = f"/scans/{team.open().json()['id']}"
    assert codes(team.open()) == (409, "scan_open")
    traits = [trait.slug for trait in current_catalogue().plg.traits]
    member = team.members[0]
    # Each asks its own.
    wrong = member.call("post", f"{one}/answers", scores(traits, 3))
    assert (codes(wrong), wrong.json()["errors"][0]["detail"]) == (
        (422, "unknown_question"),
        "Dit domein bestaat niet. Kies uit de domeinen van deze scan.",
    )
    short = member.call("post", f"{one}/answers", scores(domains()[1:], 3))
    assert codes(short) == (422, "no_score")
    assert member.call("post", f"{one}/answers", scores(domains(), 3)).status_code == 204
    listed = member.call("get", team.path).json()["items"]
    assert {(item["kind"], item["answers"]) for item in listed} == {("plg", 0), ("wellbeing", 1)}


def test_results_say_where_to_begin() -> None:
    team = Cared()
    team.choose()
    one = f"/scans/{team.open().json()['id']}"
    for number, member in enumerate(team.members):
        body = scores(domains(), 4)
        body["scores"][3]["score"] = 1 + number % 2
        assert member.call("post", f"{one}/answers", body).status_code == 204
    with at_work():
        team.lead.call("post", f"{one}/close")
    found = team.members[0].call("get", f"{one}/results").json()
    assert [item["average"] for item in found["averages"]] == [4.0] * 3 + [1.4] + [4.0] * 7
    assert found["start_with"] == [
        {
            "question": "leeftijdgenoten",
            "title": "Contact met leeftijdgenoten",
            "activities": [],
        }
    ]
    frame = wellbeing().wellbeing
    assert frame is not None
    assert found["next_steps"] == list(frame.short_term)
    assert [(year["school_year"], year["answers"]) for year in found["trend"]] == [("2026-2027", 5)]
