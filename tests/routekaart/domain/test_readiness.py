"""How far a study day is, and what holds its steps back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from routekaart.domain.calendar import Override, Region, SchoolYear
from routekaart.domain.progress import Preparation
from routekaart.domain.readiness import (
    CheckCode,
    DayFacts,
    closing_findings,
    readiness,
    ready_findings,
)
from routekaart.domain.school_holidays import school_calendar

C = CheckCode
# The Wednesday after the May holiday of 2027 in the north: 24 April to 2 May.
DAY = date(2027, 5, 5)
CALENDAR = school_calendar(SchoolYear(2026), Region.NOORD)
READY = DayFacts(
    held_on=DAY,
    goals=1,
    preparation=2,
    prepared=Preparation(done=7, asked=9, hidden=False),
    has_programme=True,
    programme_adds_up=True,
    follow_up_on=date(2027, 6, 2),
    evaluation_on=date(2027, 7, 1),
    open_topics=0,
    open_notes=0,
    conflicts=0,
)


def test_all_in_order() -> None:
    found = readiness(READY, calendar=CALENDAR, today=date(2027, 4, 1))
    assert [(check.code, check.ok, check.text, check.todo) for check in found.checks] == [
        (C.GOAL, True, "1 doel op deze dag.", ""),
        (C.PREPARATION, True, "Van de voorbereiding is 7 van 9 gedaan.", ""),
        (C.FOLLOW_UP, True, "Er is een vervolgmoment.", ""),
        (C.CONFLICTS, True, "Geen botsing met een ander team.", ""),
        (C.PROGRAMME, True, "Er is een programma dat de dag vult.", ""),
        (C.OPEN_QUESTIONS, True, "Alles heeft een plek.", ""),
    ]
    assert ready_findings(READY) == ()


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        ({"goals": 0}, C.GOAL, "0 doelen op deze dag."),
        ({"preparation": 0}, C.PREPARATION, "Niemand heeft voorbereiding voor deze dag."),
        ({"follow_up_on": None}, C.FOLLOW_UP, "Er is nog geen vervolgmoment."),
        ({"conflicts": 1}, C.CONFLICTS, "1 botsing met een ander team."),
        ({"has_programme": False}, C.PROGRAMME, "Er is nog geen programma."),
        ({"programme_adds_up": False}, C.PROGRAMME, "Het programma past niet in de dag."),
        (
            {"open_topics": 1, "open_notes": 2},
            C.OPEN_QUESTIONS,
            "1 onderwerp en 2 gedeelde notities zonder plek.",
        ),
        (
            {"open_notes": 1},
            C.OPEN_QUESTIONS,
            "0 onderwerpen en 1 gedeelde notitie zonder plek.",
        ),
    ],
)
def test_each_that_misses_says_what_to_do(
    change: dict[str, Any], code: CheckCode, text: str
) -> None:
    facts = replace(READY, **change)
    checks = readiness(facts, calendar=CALENDAR, today=DAY).checks
    found = [check for check in checks if not check.ok]
    assert [(check.code, check.text, bool(check.todo)) for check in found] == [(code, text, True)]


def test_what_is_hidden_is_not_counted() -> None:
    facts = replace(READY, prepared=Preparation(done=0, asked=0, hidden=True))
    text = readiness(facts, calendar=CALENDAR, today=DAY).checks[1].text
    assert text == "Er is voorbereiding voor deze dag."


def test_moments_lie_working_days_before_and_skip_holidays() -> None:
    found = readiness(READY, calendar=CALENDAR, today=date(2027, 4, 23))
    five, last = found.moments
    # 3 and 4 May, then back over the May holiday to 21 April.
    assert [
        (moment.days_before, moment.on, moment.reached, moment.ok) for moment in (five, last)
    ] == [
        (5, date(2027, 4, 21), True, True),
        (1, date(2027, 5, 4), False, True),
    ]
    assert five.checks == (C.GOAL, C.PREPARATION, C.FOLLOW_UP, C.CONFLICTS)
    assert last.checks == tuple(CheckCode)


def test_own_free_days_are_skipped_and_the_year_may_be_too_short() -> None:
    closed = Override(date(2027, 5, 3), date(2027, 5, 4), "Dicht")
    calendar = school_calendar(SchoolYear(2026), Region.NOORD, overrides=[closed])
    found = readiness(READY, calendar=calendar, today=DAY).moments
    assert [moment.on for moment in found] == [date(2027, 4, 19), date(2027, 4, 23)]
    first = calendar.open_days[0]
    early = readiness(replace(READY, held_on=first), calendar=calendar, today=DAY).moments
    assert [(moment.on, moment.reached) for moment in early] == [(None, False)] * 2


def test_what_may_wait_until_the_last_day() -> None:
    facts = replace(READY, has_programme=False, open_notes=3)
    assert [moment.ok for moment in readiness(facts, calendar=CALENDAR, today=DAY).moments] == [
        True,
        False,
    ]
    facts = replace(READY, conflicts=1)
    assert [moment.ok for moment in readiness(facts, calendar=CALENDAR, today=DAY).moments] == [
        False,
        False,
    ]


def test_what_holds_ready_back() -> None:
    nothing = replace(READY, goals=0, preparation=0, has_programme=False, follow_up_on=None)
    assert [finding.code for finding in ready_findings(nothing)] == [
        "day_without_goal",
        "day_without_preparation",
        "day_without_programme",
        "day_without_follow_up",
    ]
    assert [
        (finding.code, finding.message)
        for finding in ready_findings(replace(READY, programme_adds_up=False))
    ] == [
        (
            "day_without_programme",
            "Het programma past niet in de dag. Maak het programma passend.",
        )
    ]
    # Conflicts and open questions are for the team to weigh.
    assert ready_findings(replace(READY, conflicts=2, open_topics=1)) == ()


def test_what_holds_closing_back() -> None:
    assert closing_findings(agreements=1, evaluation_on=DAY) == ()
    assert [one.code for one in closing_findings(agreements=0, evaluation_on=None)] == [
        "day_without_agreement",
        "day_without_evaluation",
    ]
