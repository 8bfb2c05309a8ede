"""The overviews as documents: what they tell of each team, and what they hide."""

from dataclasses import replace

import pytest

from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Bullets,
    Chapter,
    Facts,
    Heading,
    KeyFigures,
    Paragraph,
    TableBlock,
    flat,
)
from routekaart.domain.content.canonical import content_hash
from routekaart.domain.content.overview_document import board_overview, school_overview
from routekaart.domain.content.plan_blocks import Length
from routekaart.domain.overview import NO_TOTALS
from tests.routekaart.sample_overview import (
    DRAFT,
    NOT_BEGUN,
    RUNNING,
    SOURCE,
    TEAMS,
    overview_of,
    wilg,
)

STATES = "4 teams: 1 nog niet begonnen, 1 concept, 1 gepland en 1 in uitvoering."
NO_FIGURE = "geeft geen bron een schatting."
COST_FROM = f"Volgens {SOURCE}; een bedrag noemt die niet. Voor 1 interventie {NO_FIGURE}"
FIRST_ROWS = (
    (
        "Bovenbouw",
        "In uitvoering, sinds 24 augustus 2026",
        "wo 4 nov 2026\nVoorbereiding: 5 van 12 gedaan",
        "160 uur 30 min",
        "20 augustus 2026",
    ),
    (
        "Kleuters\nWacht op de directie: het plan goedkeuren of teruggeven.",
        "Gepland, sinds 24 augustus 2026",
        "wo 4 nov 2026\nVoorbereiding: niet getoond, want minder dan 5 mensen",
        "niet getoond",
        "Nog niet gegeven.",
    ),
    (
        "Middenbouw\nWacht op het team: invullen en indienen.",
        "Concept, sinds 1 september 2026",
        "Geen",
        "–",
        "Nog niet gegeven.",
    ),
    ("Zorgteam\nWacht op het team: een routekaart beginnen.", "Nog niet begonnen", "–", "–", "–"),
)


def blocks(document: BlockDocument) -> list[Block]:
    return list(flat(document.blocks))


def facts(document: BlockDocument) -> list[dict[str, str]]:
    return [
        {fact.label: fact.value for fact in block.items}
        for block in blocks(document)
        if isinstance(block, Facts)
    ]


def rows(document: BlockDocument) -> list[tuple[tuple[str, ...], ...]]:
    return [block.table.rows for block in blocks(document) if isinstance(block, TableBlock)]


def headings(document: BlockDocument) -> list[str]:
    return [block.title for block in blocks(document) if isinstance(block, Chapter | Heading)]


def missing(document: BlockDocument) -> list[str]:
    return [
        block.text
        for block in blocks(document)
        if isinstance(block, Paragraph) and block.tone == "missing"
    ]


class TestSchool:
    def test_what_identifies_it(self) -> None:
        meta = school_overview(overview_of(wilg(*TEAMS))).meta
        assert (meta.title, meta.subject, meta.organisation, meta.school_year) == (
            "Schooloverzicht",
            "De Wilg",
            "Stichting Samen Onderweg",
            "2026-2027",
        )
        assert (meta.status, meta.version, meta.made_on) == (
            "Stand van 5 oktober 2026",
            "zonder namen van mensen",
            "2026-10-05",
        )

    def test_the_first_page(self) -> None:
        document = school_overview(overview_of(wilg(*TEAMS)), Length.COMPACT)
        assert headings(document) == ["In het kort", "Waar de cijfers uit volgen"]
        [figures] = [block for block in blocks(document) if isinstance(block, KeyFigures)]
        assert [(one.value, one.label) for one in figures.items] == [
            ("4", "teams"),
            ("4", "doelen"),
            ("3", "studiedagen"),
            ("1", "instemming MR"),
            ("160", "uren, samen"),
        ]
        assert facts(document) == [
            {
                "Stand": STATES,
                "Uren": "160 uur 30 min in 1 team. Daarvan is 108 uur een aanname. "
                "Zonder 1 team van minder dan 5 mensen.",
                "Kosten": "Laag tot hoog. " + COST_FROM.replace("1 interventie", "2 interventies"),
                "Afspraken om nu naar te kijken": "1",
            }
        ]
        assert rows(document) == [FIRST_ROWS]

    def test_a_team_in_full(self) -> None:
        document = school_overview(overview_of(wilg(RUNNING)))
        assert headings(document) == [
            "In het kort",
            "De teams",
            "Bovenbouw",
            "Doelen",
            "Studiedagen",
            "Waar de cijfers uit volgen",
        ]
        assert facts(document)[1] == {
            "Stand": "In uitvoering, sinds 24 augustus 2026.",
            "Nu te doen": "Er hoeft nu niemand iets te doen.",
            "Interventies": "Feedback en Directe instructie.",
            "Uren": "160 uur 30 min voor 6 mensen samen. 150 uur opgedragen en 10 uur 30 min "
            "individueel. Daarvan is 108 uur een aanname. Uit plan versie 2.",
            "Kosten": f"Laag tot hoog. {COST_FROM}",
            "Afspraken": "3 open, 1 om nu naar te kijken.",
            "Instemming MR": "20 augustus 2026.",
        }
        goals = next(block.items for block in blocks(document) if isinstance(block, Bullets))
        assert goals == (
            "Wij leren feedback geven. Studiedag op 4 november 2026.",
            "Wij leren voordoen. Besluit van het team: stoppen.",
        )
        assert rows(document)[1] == (
            (
                "Wo 4 nov 2026\nFeedback",
                "studiedag",
                "in voorbereiding",
                "1 doel\nVoorbereiding: 5 van 12 gedaan\nProgramma staat klaar",
            ),
            ("Di 9 mrt 2027", "studiedag", "in voorbereiding", "Nog geen doel"),
        )
        assert "Studiedagen" not in headings(
            school_overview(overview_of(wilg(RUNNING)), Length.STANDARD)
        )

    def test_what_is_not_there_is_said(self) -> None:
        document = school_overview(overview_of(wilg(DRAFT, NOT_BEGUN)))
        assert missing(document) == [
            "Dit team heeft nog geen doelen gekozen.",
            "Dit team heeft voor 2026-2027 nog geen routekaart.",
        ]
        assert facts(document)[1]["Interventies"] == "Nog niets gekozen."
        assert facts(document)[1]["Uren"] == "Nog geen plan."

    def test_a_school_without_teams(self) -> None:
        document = school_overview(overview_of(replace(wilg(), totals=NO_TOTALS)))
        assert missing(document) == ["Er zijn nog geen teams. De schoolbeheerder maakt ze."]
        assert (rows(document), facts(document)) == ([], [])

    def test_where_the_figures_come_from(self) -> None:
        notes = blocks(school_overview(overview_of(wilg(*TEAMS))))[-1]
        assert isinstance(notes, Bullets)
        assert notes.items == (
            "Alles staat hier zoals het was op 5 oktober 2026.",
            (
                "Uren volgen uit het plan dat voor een team telt: het laatst vastgestelde, of "
                "anders "
                "het nieuwste. Het zijn de uren van alle mensen in het team samen, voor het hele "
                "schooljaar."
            ),
            "Van die uren is 108 uur een aanname: geen bron noemt die duur.",
            f"Kosten staan in woorden, volgens {SOURCE}. Een bedrag noemt die bron niet.",
            (
                "Voorbereiding telt de cursussen van mensen samen. Van minder dan 5 mensen "
                "laten we "
                "geen aantallen en geen uren zien. Die zitten ook in geen enkel totaal."
            ),
        )


class TestBoard:
    def test_a_row_for_each_school(self) -> None:
        given = overview_of(wilg(*TEAMS), replace(wilg(), name="De Eik", totals=NO_TOTALS))
        document = board_overview(given, Length.COMPACT)
        assert rows(document) == [
            (
                (
                    f"De Wilg\n{STATES}",
                    (
                        "160 uur 30 min in 1 team\nDaarvan is 108 uur een aanname. Zonder 1 "
                        "team van "
                        "minder dan 5 mensen."
                    ),
                    "Laag tot hoog\n" + COST_FROM.replace("1 interventie", "2 interventies"),
                    "wo 4 nov 2026",
                    "1",
                ),
                ("De Eik\n0 teams.", "–", "–", "–", "0"),
            )
        ]
        assert (document.meta.subject, document.kind) == (given.board, "board-overview")

    def test_its_teams_in_full(self) -> None:
        document = board_overview(overview_of(wilg(*TEAMS), replace(wilg(), name="De Eik")))
        assert headings(document)[1:4] == ["De scholen", "De Wilg", "De Eik"]
        assert rows(document)[1:] == [FIRST_ROWS, ()]

    def test_where_its_teams_stand_in_standard(self) -> None:
        given = overview_of(wilg(RUNNING, NOT_BEGUN), replace(wilg(), name="De Eik"))
        document = board_overview(given, Length.STANDARD)
        assert headings(document)[1:4] == ["De scholen", "De Wilg", "De Eik"]
        teams, *_ = (block.items for block in document.blocks if isinstance(block, Bullets))
        assert teams == (
            "Bovenbouw: in uitvoering, sinds 24 augustus 2026.",
            "Zorgteam: nog niet begonnen.",
        )
        assert missing(document) == ["Deze school heeft nog geen teams."]
        full = board_overview(given)
        assert rows(document)[0] == rows(full)[0]

    def test_a_board_without_schools(self) -> None:
        assert missing(board_overview(overview_of())) == [
            "Er zijn nog geen teams. De schoolbeheerder maakt ze."
        ]


@pytest.mark.parametrize("length", Length)
def test_the_same_input_is_the_same_document(length: Length) -> None:
    given = overview_of(wilg(*TEAMS))
    first, second = (content_hash(school_overview(given, length)) for _ in range(2))
    assert first == second
