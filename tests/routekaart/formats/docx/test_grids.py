"""Tables of a Word file: a header that repeats, rows that stay whole, room to write."""

from typing import Any

import pytest
from docx.shared import Emu, Mm

from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Chapter,
    Paragraph,
    SideBySide,
    TableBlock,
)
from routekaart.domain.content.parts import Column, Table
from routekaart.formats.docx.page import TEXT_WIDTH
from routekaart.formats.docx.render import render_docx
from tests.routekaart.formats.docx.word_reading import W, opened, tables_of
from tests.routekaart.sample_blocks import every_block, meta


@pytest.fixture(scope="module")
def word() -> Any:
    return opened(render_docx(every_block()))


def _document(*blocks: Block) -> BlockDocument:
    return BlockDocument("blocks", meta(), "head", blocks)


def _with_header(word: Any) -> list[Any]:
    tables: list[Any] = list(tables_of(word))
    return [table for table in tables if table.style.name == "Plain Table 2"]


def test_every_table_of_data_repeats_its_header(word: Any) -> None:
    tables = _with_header(word)
    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [
        ["Wat", "Volgens de bron", "Geldt voor", "Bron en jaar"],
        ["Tijd", "Wat", "Minuten"],
        ["", "Datum", "Handtekening"],
    ]
    for table in tables:
        assert [row._tr.find(f".//{W}tblHeader") is not None for row in table.rows] == [
            True,
            *[False] * (len(table.rows) - 1),
        ]
        assert table._tbl.tblPr.find(f"{W}tblLook").get(f"{W}firstRow") == "1"


def test_tables_say_what_they_hold(word: Any) -> None:
    def said(table: Any, tag: str) -> str | None:
        found = table._tbl.tblPr.find(f"{W}{tag}")
        return None if found is None else str(found.get(f"{W}val"))

    assert [
        (said(one, "tblCaption"), said(one, "tblDescription")) for one in _with_header(word)
    ] == [
        ("Feedback", None),
        ("Programma", "Het programma van studiedag 1, met tijden en minuten."),
        ("Instemming en ondertekening", None),
    ]


def test_numbers_stand_at_the_end_and_totals_are_marked(word: Any) -> None:
    programme = _with_header(word)[1]
    assert [cell.paragraphs[0].alignment for cell in programme.rows[1].cells] == [None, None, 2]
    assert programme._tbl.tblPr.find(f"{W}tblLook").get(f"{W}lastRow") == "1"


def test_a_row_is_cut_only_when_it_is_very_long() -> None:
    table = Table((Column("Wat"),), (("kort",), ("lang " * 400,)), "")
    made: Any = opened(render_docx(_document(TableBlock(table)))).tables[-1]
    assert [row._tr.find(f".//{W}cantSplit") is not None for row in made.rows] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(("last", "height"), [("Mo Lid", None), ("", Mm(9))])
def test_empty_rows_are_high_enough_to_write_in(last: str, height: int | None) -> None:
    table = Table((Column("Naam"), Column("Handtekening")), (("Jan", ""), (last, "")), "")
    made = opened(render_docx(_document(TableBlock(table)))).tables[-1]
    assert [row.height and round(row.height, -3) for row in made.rows] == [None, height, height]


def test_columns_fill_the_width_of_the_text(word: Any) -> None:
    section = word.sections[0]
    margins = section.left_margin + section.right_margin
    assert Emu(section.page_width - margins).twips == TEXT_WIDTH
    for table in word.tables:
        widths = [int(column.get(f"{W}w")) for column in table._tbl.tblGrid]
        assert sum(widths) == TEXT_WIDTH
        assert table.autofit is False


def test_two_tables_do_not_become_one() -> None:
    table = TableBlock(Table((Column("Wat"),), (("iets",),), ""))
    body = opened(render_docx(_document(Chapter("", "A"), table, table))).element.body
    kinds = [child.tag.removeprefix(W) for child in body]
    assert kinds == ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]


def test_side_by_side_is_a_table_unless_one_side_is_empty() -> None:
    left, right = (Paragraph("links"),), (Paragraph("rechts"),)
    for block, cells in (
        (SideBySide(left, right), [["links", "rechts"]]),
        (SideBySide(left, ()), []),
        (SideBySide((), right), []),
    ):
        made = opened(render_docx(_document(block))).tables[1:]
        assert [[cell.text for cell in table.rows[0].cells] for table in made] == cells
