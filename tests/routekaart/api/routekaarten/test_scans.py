"""Scans over HTTP: anonymous, and shown only together."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scopes_disabled

from courses.catalogue import current_catalogue
from routekaart.access import Role
from routekaart.models import (
    AuditEntry,
    IdempotencyKey,
    Person,
    Scan,
    ScanAnswer,
    ScanParticipation,
)
from tests.makers import client_for, make_colleague, make_team
from tests.plg_stage import at_work, codes, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def traits() -> list[str]:
    return [trait.slug for trait in current_catalogue().plg.traits]


def scores(*values: int) -> dict[str, Any]:
    return {
        "scores": [
            {"question": trait, "score": value}
            for trait, value in zip(traits(), values, strict=True)
        ]
    }


class Scanned:
    """A team with a lead and six members, and an open scan."""

    def __init__(self) -> None:
        self.team = make_team()
        self.lead = client_for(make_colleague(self.team, Role.TEAM_LEAD, name="Lies Leider"))
        self.members = [
            client_for(make_colleague(self.team, name=f"Lid {number}")) for number in range(6)
        ]
        self.path = f"/teams/{self.team.pk}/scans"
        self.scan = self.open().json()
        self.one = f"/scans/{self.scan['id']}"

    def open(self) -> Any:
        with at_work():
            return self.lead.call("post", self.path, {})

    def answer(self, number: int, *values: int) -> Any:
        return self.members[number].call("post", f"{self.one}/answers", scores(*values))

    def close(self) -> Any:
        with at_work():
            return self.lead.call("post", f"{self.one}/close")

    def results(self) -> dict[str, Any]:
        found: dict[str, Any] = self.members[5].call("get", f"{self.one}/results").json()
        return found


def test_opened_answered_and_closed() -> None:
    team = Scanned()
    expected = {
        "id": team.scan["id"],
        "team": str(team.team.pk),
        "kind": "plg",
        "school_year": "2026-2027",
        "opened_on": "2026-11-25",
        "closed_on": None,
        "answers": 0,
        "answered": False,
        "title": "Scan PLG",
        "ask": "Geef elk kenmerk een cijfer: past het al bij jullie team?",
        "questions": [
            {"question": trait.slug, "title": trait.title}
            for trait in current_catalogue().plg.traits
        ],
        "scale": [
            {"score": score, "words": words}
            for score, words in ((1, "nog niet"), (2, ""), (3, ""), (4, ""), (5, "helemaal"))
        ],
        "source": "Duurzaam beter onderwijs, 2021",
    }
    assert len(team.scan["questions"]) == 6
    assert team.scan == expected
    assert codes(team.open()) == (409, "scan_open")
    for number in range(5):
        answered = team.answer(number, 3, 4, 2, 5, 1 + number % 2, 4)
        assert (answered.status_code, answered.content) == (204, b"")
    assert codes(team.answer(0, 1, 1, 1, 1, 1, 1)) == (409, "already_answered")
    mine = expected | {"answers": 5, "answered": True}
    assert team.members[0].call("get", team.path).json() == {"items": [mine], "count": 1}
    assert team.lead.call("get", team.path).json()["items"] == [mine | {"answered": False}]
    # While it is open, whoever looks before and after an answer would know it.
    hidden = {
        "scan": team.scan["id"],
        "answers": 5,
        "averages": None,
        "start_with": [],
        "next_steps": [],
        "trend": [],
    }
    assert team.results() == hidden
    closed = team.close().json()
    assert closed == mine | {"closed_on": "2026-11-25", "answered": False}
    assert team.close().json() == closed
    assert codes(team.answer(5, 1, 1, 1, 1, 1, 1)) == (409, "wrong_state")
    found = team.results()
    averages = [one["average"] for one in found["averages"]]
    assert averages == [3.0, 4.0, 2.0, 5.0, 1.4, 4.0]
    weakest = current_catalogue().plg.traits[4]
    assert found["start_with"] == [
        {
            "question": weakest.slug,
            "title": weakest.title,
            "activities": list(weakest.activities),
        }
    ]
    assert found["trend"] == [
        {
            "school_year": "2026-2027",
            "closed_on": "2026-11-25",
            "answers": 5,
            "averages": [
                {"question": trait, "average": average}
                for trait, average in zip(traits(), averages, strict=True)
            ],
        }
    ]


def test_four_answers_stay_hidden_for_ever() -> None:
    team = Scanned()
    for number in range(4):
        team.answer(number, 3, 4, 2, 5, 1, 4)
    team.close()
    assert team.results() == {
        "scan": team.scan["id"],
        "answers": 4,
        "averages": None,
        "start_with": [],
        "next_steps": [],
        "trend": [],
    }
    # The next one can be opened.
    assert team.open().status_code == 201


def test_the_trend_is_of_this_team_alone() -> None:
    team = Scanned()
    with scopes_disabled():
        for where, year, value in (
            (team.team, 2025, 2),
            (make_team(team.team.school, "B"), 2024, 5),
        ):
            scan = Scan.objects.create(
                team=where,
                school_year=year,
                opened_on=date(year, 9, 1),
                closed_on=date(year, 10, 1),
            )
            for _ in range(5):
                ScanAnswer.objects.create(scan=scan, scores=dict.fromkeys(traits(), value))
    found = team.results()["trend"]
    assert [(year["school_year"], year["averages"][0]["average"]) for year in found] == [
        ("2025-2026", 2.0)
    ]


def test_nothing_says_who_answered_what_or_when() -> None:
    team = Scanned()
    key = {"Idempotency-Key": "scan-1"}
    path = f"{team.one}/answers"
    body = scores(3, 4, 2, 5, 1, 4)
    assert team.members[0].call("post", path, body, headers=key).status_code == 204
    # The key is not kept, for it would bear a time: the second answer is refused by itself.
    assert team.members[0].call("post", path, body, headers=key).status_code == 409
    with scopes_disabled():
        assert not IdempotencyKey.objects.filter(key="scan-1").exists()
        assert [entry.action for entry in AuditEntry.objects.all()] == ["open_scan"]
        assert {field.name for field in ScanAnswer._meta.get_fields()} == {"id", "scan", "scores"}
        assert {field.name for field in ScanParticipation._meta.get_fields()} == {
            "id",
            "scan",
            "person",
        }


def test_what_cannot_be_an_answer() -> None:
    team = Scanned()
    whole = scores(1, 2, 3, 4, 5, 1)["scores"]
    for listed, code, field in (
        (whole[:5], "no_score", "scores"),
        ([*whole, {"question": "geduld", "score": 3}], "unknown_question", "scores"),
        ([*whole, whole[0]], "listed_twice", "scores"),
        ([*whole[:5], whole[5] | {"score": 6}], "invalid_input", "scores.5.score"),
        ([*whole[:5], whole[5] | {"score": 0}], "invalid_input", "scores.5.score"),
    ):
        response = team.members[0].call("post", f"{team.one}/answers", {"scores": listed})
        assert (codes(response), fields(response)) == ((422, code), [field])
    assert team.lead.call("get", team.path).json()["items"][0]["answers"] == 0


def test_as_many_queries_for_three_as_for_one() -> None:
    team = Scanned()
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as captured:
            team.lead.call("get", team.path)
        counts.append(len(captured))
        team.close()
        team.one = f"/scans/{team.open().json()['id']}"
    assert counts[1] == counts[2]


def test_somebody_who_leaves_takes_no_answer_along() -> None:
    """Who goes leaves no hole that the own answer would fit into, and opens nothing either."""
    team = Scanned()
    for number in range(4):
        team.answer(number, 3, 4, 2, 5, 1, 4)
    assert leave("Lid 0") == 1
    team.close()
    hidden = team.results()
    assert (hidden["answers"], hidden["averages"], hidden["start_with"]) == (4, None, [])
    assert (hidden["trend"], hidden["next_steps"]) == ([], [])
    team.one = f"/scans/{team.open().json()['id']}"
    # Somebody else leaves after the fifth answer: the results stay those of five.
    for number in range(1, 5):
        team.answer(number, 3, 4, 2, 5, 1, 4)
    team.answer(5, 1, 4, 2, 5, 1, 4)
    team.close()
    before = team.results()
    assert (before["answers"], before["averages"][0]["average"]) == (5, 2.6)
    assert leave("Lid 1") == 2
    assert team.results() == before


def leave(name: str) -> int:
    """Erases a person; how many participations went along."""
    with scopes_disabled():
        before = ScanParticipation.objects.count()
        Person.objects.get(name=name).delete()
        return before - ScanParticipation.objects.count()
