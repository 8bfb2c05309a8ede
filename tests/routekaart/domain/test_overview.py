"""Whom a team waits for, hours of a whole team, and costs in words."""

from typing import Any

import pytest

from routekaart.domain.hours import Activity, HourLine, HoursKind, MemberHours
from routekaart.domain.lifecycle import ROUTEKAART
from routekaart.domain.overview import (
    NOT_BEGUN,
    Cost,
    TeamHours,
    cost,
    state_words,
    team_hours,
    waiting,
)


@pytest.mark.parametrize("state", state_words())
def test_the_next_step_is_one_that_the_state_allows(state: str) -> None:
    found = waiting(state, year_is_over=False)
    if found.step:
        assert state in ROUTEKAART.sources(found.step)
    assert bool(found.on) == bool(found.todo)
    # Only a year that runs or is over waits for nobody.
    assert bool(found.on) != (state in {"running", "closed"})


def test_a_year_that_is_over_waits_to_be_closed() -> None:
    assert waiting("running", year_is_over=True).step == "close"
    assert waiting("closed", year_is_over=True).on == ""


def test_every_state_has_words_and_not_begun_comes_first() -> None:
    assert list(state_words()) == [NOT_BEGUN, *ROUTEKAART.words]


def hours(number: int) -> list[MemberHours]:
    lines = (
        HourLine(Activity.PREPARATION, HoursKind.INDIVIDUAL, 60, 60),
        HourLine(Activity.STUDY_DAY, HoursKind.ASSIGNED, 420),
    )
    return [MemberHours(str(person), lines, None) for person in range(number)]


def test_the_hours_of_a_few_are_no_number() -> None:
    assert team_hours([]) is None
    hidden = TeamHours(None, 0, 0, 0, hidden=True)
    assert [team_hours(hours(number)) for number in (1, 4)] == [hidden, hidden]
    found = team_hours(hours(5))
    assert found == TeamHours(people=5, assigned=2100, individual=300, assumed=300)
    assert found is not None
    assert found.total == 2400


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ([], None),
        ([None], Cost("", "", (), 1)),
        ([("Hoog", "Bron A"), None], Cost("hoog", "hoog", ("Bron A",), 1)),
        (
            [("Gemiddeld", "Bron B"), ("Zeer laag", "Bron A"), ("Laag", "Bron A")],
            Cost("zeer laag", "gemiddeld", ("Bron A", "Bron B"), 0),
        ),
    ],
)
def test_costs_from_least_to_most(labels: list[Any], expected: Cost | None) -> None:
    assert cost(labels) == expected
