"""The overviews as workbooks: typed, complete, and empty where a number is hidden."""

from dataclasses import replace
from datetime import date

from routekaart.domain.content.overview_workbook import board_workbook, school_workbook
from routekaart.domain.content.workbook import Sheet, Value
from routekaart.domain.overview import NO_TOTALS
from tests.routekaart.sample_overview import (
    DRAFT,
    NOT_BEGUN,
    RUNNING,
    SOURCE,
    TEAMS,
    board_of,
    overview_of,
    wilg,
)

COST_FROM = (
    f"Volgens {SOURCE}; een bedrag noemt die niet. Voor 1 interventie geeft geen bron een "
    "schatting."
)


def told(sheet: Sheet, row: tuple[Value, ...]) -> dict[str, Value]:
    """What stands in a row, by the title of its column; without what is empty."""
    cells = zip(sheet.columns, row, strict=True)
    return {column.title: value for column, value in cells if value not in (None, "")}


def test_a_team_that_is_large_enough() -> None:
    book = school_workbook(overview_of(wilg(RUNNING)))
    assert [sheet.title for sheet in book.sheets] == ["Teams", "Doelen", "Studiedagen"]
    assert told(book.sheets[0], book.sheets[0].rows[0]) == {
        "Team": "Bovenbouw",
        "School": "De Wilg",
        "Stand": "in uitvoering",
        "Sinds": date(2026, 8, 24),
        "Interventies": "Feedback en Directe instructie",
        "Doelen": 2,
        "Studiedagen": 2,
        "Volgende studiedag": date(2026, 11, 4),
        "Voorbereiding gedaan": 5,
        "Voorbereiding gevraagd": 12,
        "Voorbereiding klaar": 42,
        "Programma klaar": True,
        "Versie van het plan": 2,
        "Uren samen": 9630,
        "Opgedragen uren": 9000,
        "Individuele uren": 630,
        "Waarvan aanname": 6480,
        "Over de uren": "150 uur opgedragen en 10 uur 30 min individueel. Daarvan is 108 uur een "
        "aanname. Uit plan versie 2.",
        "Kosten": "laag tot hoog",
        "Bron van de kosten": COST_FROM,
        "Open afspraken": 3,
        "Afspraken om na te kijken": 1,
        "Instemming MR": date(2026, 8, 20),
    }


def test_of_a_few_people_there_are_no_numbers() -> None:
    [teams, _, days] = school_workbook(overview_of(wilg(*TEAMS))).sheets
    few = told(teams, teams.rows[1])
    assert {title for title in few if title.startswith(("Voorbereiding", "Uren", "Open"))} == set()
    assert {title: few[title] for title in few if title.startswith("Over")} == {
        "Over de voorbereiding": "Voorbereiding: niet getoond, want minder dan 5 mensen",
        "Over de uren": "Niet getoond, want minder dan 5 mensen",
        "Over de afspraken": "Niet getoond, want minder dan 5 mensen",
    }
    assert told(days, days.rows[2]) == {
        "Team": "Kleuters",
        "School": "De Wilg",
        "Datum": date(2026, 11, 4),
        "Soort": "studiedag",
        "Titel": "Feedback",
        "Stand": "in voorbereiding",
        "Doelen": 1,
        "Over de voorbereiding": "Voorbereiding: niet getoond, want minder dan 5 mensen",
        "Programma klaar": True,
    }
    # Nor do they follow from the totals.
    assert told(teams, teams.totals) == {
        "Team": "Samen",
        "Doelen": 4,
        "Studiedagen": 3,
        "Uren samen": 9630,
        "Opgedragen uren": 9000,
        "Individuele uren": 630,
        "Waarvan aanname": 6480,
        "Over de uren": "Niet getoond, want minder dan 5 mensen: 1 van de teams",
        "Open afspraken": 3,
        "Afspraken om na te kijken": 1,
    }


def test_what_is_not_there_yet() -> None:
    [teams, goals, days] = school_workbook(overview_of(wilg(DRAFT, NOT_BEGUN))).sheets
    assert told(teams, teams.rows[0])["Over de uren"] == "Nog geen plan"
    assert told(teams, teams.rows[1]) == {
        "Team": "Zorgteam",
        "School": "De Wilg",
        "Stand": "nog niet begonnen",
        "Wacht op": "Wacht op het team: een routekaart beginnen.",
        "Doelen": 0,
        "Studiedagen": 0,
        "Over de uren": "Nog geen routekaart",
    }
    assert (goals.rows, goals.missing) == ((), "Er zijn nog geen doelen gekozen.")
    assert (days.rows, days.missing) == ((), "Er zijn nog geen studiedagen.")
    empty = school_workbook(overview_of(replace(wilg(), totals=NO_TOTALS))).sheets[0]
    assert (empty.rows, empty.totals, empty.missing) == ((), (), "Er zijn nog geen teams.")


def test_goals_in_the_words_of_the_team() -> None:
    goals = school_workbook(overview_of(wilg(RUNNING))).sheets[1]
    assert goals.rows == (
        ("Bovenbouw", "De Wilg", "Wij leren feedback geven", date(2026, 11, 4), ""),
        ("Bovenbouw", "De Wilg", "Wij leren voordoen.", None, "stoppen"),
    )


def test_a_board_has_a_row_for_each_school_first() -> None:
    book = board_workbook(overview_of(wilg(*TEAMS), replace(wilg(), name="De Eik")))
    schools = book.sheets[0]
    assert [sheet.title for sheet in book.sheets] == ["Scholen", "Teams", "Doelen", "Studiedagen"]
    found = told(schools, schools.rows[0])
    assert {title: value for title, value in found.items() if value != 0} == {
        "School": "De Wilg",
        "Teams": 4,
        "Nog niet begonnen": 1,
        "Concept": 1,
        "Gepland": 1,
        "In uitvoering": 1,
        "Teams met uren": 1,
        "Uren samen": 9630,
        "Opgedragen uren": 9000,
        "Individuele uren": 630,
        "Waarvan aanname": 6480,
        "Over de uren": "160 uur 30 min in 1 team. Daarvan is 108 uur een aanname. Zonder 1 team "
        "van minder dan 5 mensen.",
        "Kosten": "laag tot hoog",
        "Bron van de kosten": COST_FROM.replace("1 interventie", "2 interventies"),
        "Volgende studiedag": date(2026, 11, 4),
        "Afspraken om na te kijken": 1,
        "Teams met instemming MR": 1,
    }
    assert told(schools, schools.rows[1])["Over de uren"] == "Nog geen plan"


def test_forty_schools_are_in_it_whole() -> None:
    book = board_workbook(board_of(40))
    assert [len(sheet.rows) for sheet in book.sheets] == [40, 200, 400, 400]
