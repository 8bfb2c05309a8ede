"""What is said of study days that stand: warnings with what to do."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from courses.findings import Finding, Severity
from routekaart.domain.dates import OtherTeam, Situation, TeamDay, study_day_findings
from tests.routekaart.domain.dates.situations import (
    NOORD,
    TUESDAYS,
    UPPER,
    afternoon,
    free,
    member,
    situation,
)


def said(given: Situation, only: str | None = None) -> list[str]:
    return [finding.code for finding in study_day_findings(given, only=only)]


def test_a_sound_year_has_none() -> None:
    assert study_day_findings(situation(own_days=free(*TUESDAYS[:7]))) == ()
    assert study_day_findings(situation()) == ()


@pytest.mark.parametrize(
    ("day", "today", "code", "message"),
    [
        (
            date(2026, 10, 14),
            None,
            "study_day_closed",
            (
                "Studiedag op woensdag 14 oktober 2026: de school is dan dicht (Herfstvakantie). "
                "Kies een andere datum."
            ),
        ),
        (
            date(2026, 9, 5),
            None,
            "study_day_closed",
            (
                "Studiedag op zaterdag 5 september 2026: deze datum valt in het weekend. Kies een "
                "dag van maandag tot en met vrijdag."
            ),
        ),
        (
            date(2027, 8, 1),
            None,
            "study_day_closed",
            (
                "Studiedag op zondag 1 augustus 2027: deze datum valt buiten schooljaar 2026-2027. "
                "Kies een dag van 1 augustus 2026 tot en met 31 juli 2027."
            ),
        ),
        (
            date(2026, 9, 1),
            date(2026, 9, 2),
            "study_day_in_past",
            (
                "Studiedag op dinsdag 1 september 2026: deze datum is al geweest. Kies een latere "
                "datum."
            ),
        ),
    ],
)
@pytest.mark.parametrize("kind", ["day", "afternoon"])
def test_a_day_on_which_nothing_can_be_planned(
    day: date, today: date | None, code: str, message: str, kind: str
) -> None:
    own = TeamDay(day) if kind == "day" else afternoon(day)
    assert study_day_findings(situation(own_days=(own,), today=today)) == (
        Finding(code, Severity.WARNING, message, field="study_days"),
    )


def test_too_many_short_weeks_are_told_once() -> None:
    eight = situation(own_days=free(*TUESDAYS))
    assert study_day_findings(eight) == (
        Finding(
            "four_day_weeks_exceeded",
            Severity.WARNING,
            "Door de studiedagen krijgen groep 3 tot en met 8 dit schooljaar 8 weken van vier "
            "dagen; er mogen er 7 zijn. Verplaats een dag naar een week die al kort is door een "
            "feestdag, of maak er een studiemiddag van.",
            field="study_days",
        ),
    )


def test_what_other_teams_do_is_told_to_who_adds_to_it() -> None:
    others = (OtherTeam("Bovenbouw", free(*TUESDAYS[:7])),)
    assert said(situation(others=others, own_days=free(TUESDAYS[7]))) == ["four_day_weeks_exceeded"]
    for own in (TeamDay(TUESDAYS[7]), afternoon(TUESDAYS[7], free_groups=UPPER)):
        assert said(situation(others=others, own_days=(own,))) == []
    all_of_it = (OtherTeam("Bovenbouw", free(*TUESDAYS)),)
    assert said(situation(others=all_of_it)) == []


def test_a_candidate_is_only_judged_as_a_date() -> None:
    candidates = tuple(replace(day, fixed=False) for day in free(*TUESDAYS, date(2026, 10, 14)))
    assert said(situation(own_days=candidates)) == ["study_day_closed"]


def test_a_week_of_three_days() -> None:
    days = free(TUESDAYS[0], TUESDAYS[0] + timedelta(days=2))
    found = study_day_findings(situation(own_days=days))
    assert [finding.code for finding in found] == ["three_day_week", "three_day_week"]
    assert found[0].message.startswith("Studiedag op dinsdag 1 september 2026: voor groep 3 tot")
    # Two days in a row are the exception, to be agreed on.
    assert said(situation(own_days=free(*(day.date for day in days[:1]), date(2026, 9, 2)))) == []


def test_about_one_day_only() -> None:
    own = (*free(*TUESDAYS), TeamDay(date(2026, 10, 14), id="closed"), TeamDay(date(2026, 9, 10)))
    given = situation(own_days=own)
    assert said(given, "closed") == ["study_day_closed"]
    assert said(given, str(TUESDAYS[0])) == ["four_day_weeks_exceeded"]
    assert said(given, "unknown") == []


def test_secondary_schools_count_days_without_lessons() -> None:
    open_days = [day for day in NOORD.open_days if day >= date(2026, 9, 1)][:13]
    own = free(*open_days, groups=(2,))
    assert said(situation(sector="vo", own_days=own[:12])) == []
    [found] = study_day_findings(situation(sector="vo", own_days=own))
    assert found.code == "free_days_exceeded"
    assert found.message.startswith(
        "Door de studiedagen krijgt leerjaar 2 dit schooljaar 13 roostervrije dagen; er mogen er "
        "12 zijn."
    )


@pytest.mark.parametrize(
    ("theirs", "shared", "found"),
    [
        (TeamDay(TUESDAYS[0]), {"sam"}, ["people_in_two_places"]),
        (TeamDay(TUESDAYS[0], start=time(13)), {"sam"}, ["people_twice_a_day"]),
        (TeamDay(TUESDAYS[0], resources=("room:hall",)), set(), ["room_or_trainer_taken"]),
        (TeamDay(TUESDAYS[0]), set(), []),
        (TeamDay(TUESDAYS[1]), {"sam"}, []),
    ],
)
def test_a_day_that_asks_people_or_a_room_twice(
    theirs: TeamDay, shared: set[str], found: list[str]
) -> None:
    own = TeamDay(TUESDAYS[0], start=time(8, 30), minutes=120, resources=("room:hall",))
    other = OtherTeam("Bovenbouw", (theirs,), frozenset(shared))
    assert said(situation(own_days=(own,), others=(other,), members=(member("sam", 1),))) == found
