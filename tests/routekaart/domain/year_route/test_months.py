"""The list per month says what the drawing shows."""

from dataclasses import replace
from datetime import date, time

from routekaart.domain.moments import Moment, MomentKind
from routekaart.domain.year_route import Entry, EntryKind, in_a_sentence, months_of
from tests.routekaart.domain.year_route.small_year import TODAY, YEAR


def test_twelve_months_with_what_begins_in_each() -> None:
    months = months_of(YEAR, TODAY)
    assert [month.key for month in months] == [
        *(f"2026-{number:02}" for number in range(8, 13)),
        *(f"2027-{number:02}" for number in range(1, 8)),
    ]
    assert [month.name for month in months if month.is_now] == ["oktober 2026"]
    assert {
        month.name: [(one.when, one.word, one.text) for one in month.entries]
        for month in months
        if month.entries
    } == {
        "september 2026": [("7 sep t/m 28 okt", "voorbereiding", "Wij leren feedback geven.")],
        "oktober 2026": [
            ("12 t/m 16 okt", "vrij", "Herfstvakantie"),
            ("wo 28 okt", "", "Voorbereiding klaar: Feedback"),
        ],
        "november 2026": [
            ("wo 4 nov", "studiedag", "Feedback"),
            ("9 t/m 13 nov", "", "Lesbezoeken bij elkaar"),
            ("di 10 nov", "", "PLG-bijeenkomst"),
        ],
        "maart 2027": [("ma 29 mrt", "vrij", "Tweede paasdag")],
    }


def test_a_moment_says_its_hour_and_leads_to_its_study_day() -> None:
    day = date(2026, 11, 4)
    facts = replace(
        YEAR,
        moments=(
            Moment(day, MomentKind.STUDY_DAY, "Feedback", "dag", time(8, 30)),
            Moment(day, MomentKind.PLG_MEETING, "PLG Lezen", "plg", time(15, 0)),
        ),
        visits=(),
    )
    november = months_of(facts, day)[3]
    assert november.entries == (
        Entry(day, day, EntryKind.STUDY_DAY, "Feedback", "wo 4 nov, 08.30 uur", "dag"),
        Entry(day, day, EntryKind.PLG_MEETING, "PLG Lezen", "wo 4 nov, 15.00 uur"),
    )


def test_what_is_over_is_past_and_what_lasts_until_today_is_not() -> None:
    october = months_of(YEAR, date(2026, 10, 16))[2]
    assert [one.is_past for one in october.entries] == [False, False]
    assert [one.is_past for one in months_of(YEAR, date(2026, 10, 17))[2].entries] == [True, False]


def test_what_lies_outside_the_year_is_not_told() -> None:
    facts = replace(YEAR, moments=(Moment(date(2027, 8, 2), MomentKind.EVALUATION, "Laat", "1"),))
    told = [entry.text for month in months_of(facts, TODAY) for entry in month.entries]
    assert "Laat" not in told
    assert len(told) == 4


def test_a_day_that_is_called_a_study_day_is_not_told_so_twice() -> None:
    day = date(2026, 11, 4)
    assert [
        Entry(day, day, EntryKind.STUDY_DAY, text, "").word for text in ("Studiemiddag", "Feedback")
    ] == ["", "studiedag"]


def test_the_year_in_a_sentence() -> None:
    assert in_a_sentence(YEAR) == "1 studiedag en 1 PLG-bijeenkomst"
    assert in_a_sentence(replace(YEAR, moments=YEAR.moments * 2)) == (
        "2 studiedagen en 2 PLG-bijeenkomsten"
    )
    assert in_a_sentence(replace(YEAR, moments=())) == ""
