"""Overviews that take two pages: rows as they are, else small ones, else fewer."""

from dataclasses import replace

from routekaart.domain.content.blocks import BlockDocument, Bullets, Paragraph, TableBlock
from routekaart.domain.content.mr_school import mr_school_summary
from routekaart.domain.content.overview_document import board_overview, school_overview
from routekaart.domain.content.plan_blocks import Length
from routekaart.domain.overview import NO_TOTALS
from tests.routekaart.sample_overview import board_of, mr_school, overview_of, wilg
from tests.routekaart.sample_short import LONG_NAME, many_teams


def _table(document: BlockDocument) -> TableBlock:
    (table,) = (block for block in document.blocks if isinstance(block, TableBlock))
    return table


def _said(document: BlockDocument, tone: str) -> list[str]:
    return [
        block.text
        for block in document.blocks
        if isinstance(block, Paragraph) and block.tone == tone
    ]


def test_few_schools_and_teams_keep_their_whole_row() -> None:
    board = board_overview(board_of(3), Length.COMPACT)
    assert not _table(board).dense
    assert _table(board).table.rows[0][0] == "School 00\n5 teams: 5 in uitvoering."
    school = school_overview(overview_of(wilg(*many_teams(4))), Length.COMPACT)
    assert not _table(school).dense


def test_forty_schools_all_stand_there_by_name_in_small_rows() -> None:
    board = board_overview(board_of(40), Length.COMPACT)
    table = _table(board)
    assert table.dense
    assert [row[0] for row in table.table.rows] == [f"School {number:02}" for number in range(40)]
    assert table.table.rows[0][1:] == (
        "5 van 5",
        "160:30",
        "108:00",
        "Laag tot hoog",
        "4 nov 2026",
        "1",
    )
    assert _said(board, "plain") == ["200 teams: 200 in uitvoering."]
    assert _said(board, "soft") == [
        (
            "Voor 80 gekozen interventies geeft geen bron een schatting van de kosten: zie de "
            "uitgebreide versie."
        )
    ]
    assert _said(board, "missing") == []


def test_forty_teams_all_stand_there_by_name_in_small_rows() -> None:
    school = school_overview(overview_of(wilg(*many_teams(40))), Length.COMPACT)
    rows = _table(school).table.rows
    assert [row[0] for row in rows] == [f"Team {number:02}" for number in range(40)]
    assert [row[1:] for row in rows[:4]] == [
        ("In uitvoering", "4 nov 2026", "5 van 12", "160:30", "20 aug 2026"),
        ("Gepland", "4 nov 2026", "niet getoond", "niet getoond", "nog niet"),
        ("Concept", "–", "–", "–", "nog niet"),
        ("Nog niet begonnen", "–", "–", "–", "–"),
    ]
    assert _said(school, "missing") == []


def test_what_does_not_fit_is_counted_and_stands_elsewhere() -> None:
    board = board_overview(board_of(100), Length.COMPACT)
    shown = len(_table(board).table.rows)
    assert 40 < shown < 100
    assert _said(board, "missing") == [
        f"De andere {100 - shown} scholen staan in de uitgebreide versie."
    ]
    one_more = board_overview(board_of(shown + 1), Length.COMPACT)
    assert _said(one_more, "missing") == ["De andere school staat in de uitgebreide versie."]
    school = school_overview(overview_of(wilg(*many_teams(100))), Length.COMPACT)
    left = 100 - len(_table(school).table.rows)
    assert _said(school, "missing") == [f"De andere {left} teams staan in de uitgebreide versie."]


def test_what_is_hidden_or_not_there_says_so_in_a_small_row() -> None:
    given = board_of(40)
    totals = replace(NO_TOTALS, teams_hidden=2)
    first = replace(given.schools[0], name=LONG_NAME * 3, totals=totals)
    second = replace(given.schools[1], teams=(), totals=NO_TOTALS)
    board = board_overview(
        replace(given, schools=(first, second, *given.schools[2:])), Length.COMPACT
    )
    few, none = _table(board).table.rows[:2]
    assert (len(few[0]) <= 60, few[0][-1]) == (True, "…")
    assert few[1:] == ("5 van 5", "niet getoond", "–", "Nog niets gekozen", "–", "0")
    assert none[1:] == ("0 van 0", "–", "–", "–", "–", "0")


def test_longer_versions_have_whole_rows() -> None:
    for length, number in ((Length.STANDARD, 1), (Length.FULL, 41)):
        document = board_overview(board_of(40), length)
        tables = [block for block in document.blocks if isinstance(block, TableBlock)]
        assert (len(tables), any(block.dense for block in tables)) == (number, False)
        assert len(tables[0].table.rows) == 40


def test_the_mr_reads_of_forty_teams_in_small_rows() -> None:
    document = mr_school_summary(mr_school(*many_teams(40)))
    rows = next(block for block in document.blocks if isinstance(block, TableBlock)).table.rows
    assert [row[0] for row in rows] == [f"Team {number:02}" for number in range(40)]
    assert [row[1:] for row in rows[:3]] == [
        ("Wij leren feedback geven en nog 1", "160:30", "108:00", "20 aug 2026"),
        ("Wij leren feedback geven en nog 1", "niet getoond", "–", "nog niet"),
        ("Nog geen doelen", "–", "–", "nog niet"),
    ]
    *_asked, still_open = (block for block in document.blocks if isinstance(block, Bullets))
    assert still_open.items[0] == (
        "Nog geen routekaart: Team 03, Team 07, Team 11, Team 15, Team 19 en nog 5."
    )
    assert _said(document, "missing") == []
    assert (
        "Alle doelen, waarmee en waarom, en wat bronnen ervan zeggen: zie de samenvatting van elk "
        "team."
    ) in _said(document, "soft")


def test_the_mr_reads_how_many_teams_are_left_out() -> None:
    document = mr_school_summary(mr_school(*many_teams(100)))
    table = next(block for block in document.blocks if isinstance(block, TableBlock))
    left = 100 - len(table.table.rows)
    assert _said(document, "missing") == [
        f"De andere {left} teams staan in het uitgebreide schooloverzicht."
    ]
