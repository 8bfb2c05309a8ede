"""Another team of the school on the same date: who and what can only be at one place."""

from datetime import date, time
from typing import Any

import pytest

from routekaart.domain.dates import OtherTeam, TeamDay
from routekaart.domain.people import Leave
from tests.routekaart.domain.dates.situations import advice, codes, member, situation, text

DAY = date(2026, 9, 1)
BOTH = member("both", 1, 2, 3, 4, 5)
MORNING: dict[str, Any] = {"start": time(9), "minutes": 180}
NOON: dict[str, Any] = {"start": time(12), "minutes": 180}
LATE_MORNING: dict[str, Any] = {"start": time(11, 59), "minutes": 180}


def clashes(theirs: TeamDay, ours: TeamDay, shared: bool = True) -> dict[str, str]:
    team = OtherTeam("Bovenbouw", (theirs,), frozenset({"both"} if shared else ()))
    found = advice(situation(members=(BOTH,), others=(team,)), ours)
    return {
        code: light
        for code, light in codes(found).items()
        if code.startswith(("shared_", "same_day"))
    }


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        ({}, {}, {"shared_people_clash": "red"}),
        (MORNING, {}, {"shared_people_clash": "red"}),
        (MORNING, LATE_MORNING, {"shared_people_clash": "red"}),
        (MORNING, NOON, {"shared_people_same_day": "amber"}),
        (NOON, MORNING, {"shared_people_same_day": "amber"}),
    ],
)
def test_someone_in_both_teams(
    theirs: dict[str, Any], ours: dict[str, Any], expected: dict[str, str]
) -> None:
    assert clashes(TeamDay(DAY, **theirs), TeamDay(DAY, **ours)) == expected


def test_a_room_or_a_trainer_at_the_same_time() -> None:
    aula, studio = ("room:aula", "trainer:1"), ("room:studio", "trainer:1")
    busy = TeamDay(DAY, resources=aula, **MORNING)
    at_once = TeamDay(DAY, resources=studio, **LATE_MORNING)
    assert clashes(busy, at_once, shared=False) == {"shared_resources_clash": "red"}
    after = TeamDay(DAY, resources=studio, **NOON)
    assert clashes(busy, after, shared=False) == {"same_day_other_team": "green"}
    elsewhere = TeamDay(DAY, resources=("room:hal",), **LATE_MORNING)
    assert clashes(busy, elsewhere, shared=False) == {"same_day_other_team": "green"}
    assert clashes(busy, at_once) == {
        "shared_people_clash": "red",
        "shared_resources_clash": "red",
    }


def test_the_same_date_alone_is_good_to_know() -> None:
    assert clashes(TeamDay(DAY), TeamDay(DAY), shared=False) == {"same_day_other_team": "green"}
    assert clashes(TeamDay(date(2026, 9, 2)), TeamDay(DAY)) == {}
    assert clashes(TeamDay(DAY, fixed=False), TeamDay(DAY)) == {}


def test_who_is_on_leave_has_to_be_nowhere() -> None:
    away = member("both", 1, 2, 3, 4, 5, leave=(Leave(DAY, DAY),))
    team = OtherTeam("Bovenbouw", (TeamDay(DAY),), frozenset({"both"}))
    found = advice(situation(members=(away,), others=(team,)), TeamDay(DAY))
    assert codes(found)["same_day_other_team"] == "green"


def test_each_team_is_told_of_by_itself() -> None:
    teams = (
        OtherTeam("Bovenbouw", (TeamDay(DAY),), frozenset({"both"})),
        OtherTeam("Kleuters", (TeamDay(DAY),)),
    )
    found = advice(situation(members=(BOTH,), others=teams), TeamDay(DAY))
    assert text(found, "same_day_other_team") == "Het team ‘Kleuters’ heeft dan ook een studiedag."
    assert text(found, "shared_people_clash") == (
        "Het team ‘Bovenbouw’ heeft dan ook een studiedag en 1 collega zit in beide teams. Houd de "
        "dag samen, of kies een andere tijd of datum."
    )
