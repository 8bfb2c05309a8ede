"""How many pages blocks take: what belongs together moves as a whole."""

import pytest

from routekaart.domain.content.blocks import (
    Block,
    Bullets,
    Chapter,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Signatures,
    TableBlock,
    Together,
)
from routekaart.domain.content.pages import pages
from routekaart.domain.content.parts import Column, Fact, Signature, Table

HEADING = Heading(2, "Wat nog open staat")
LINE = Paragraph("Een regel.")


def _table(rows: int, *, dense: bool = False, text: str = "woord") -> TableBlock:
    return TableBlock(Table((Column("Wat", 1),), ((text,),) * rows, ""), dense=dense)


def test_nothing_is_one_page() -> None:
    assert pages(()) == 1
    assert pages((Chapter("", "Wat we de MR vragen"),)) == 1


@pytest.mark.parametrize(
    "block",
    [
        LINE,
        Paragraph("Een regel.", "soft"),
        Paragraph("Een regel.", "note"),
        Bullets(("Een punt.",)),
        Facts((Fact("Team", "Bovenbouw"),)),
        HEADING,
        TableBlock(Table((Column("Wat", 1),), (), "Er is niets.")),
    ],
)
def test_every_block_takes_room(block: Block) -> None:
    # A heading leads: it needs something that follows.
    assert pages((LINE,) * 20) == 1
    assert pages((block, LINE) * 20) > 1


def test_a_small_table_is_not_cut_and_a_large_one_is() -> None:
    most = next(count for count in range(1, 60) if pages((LINE,) * count) == 2) - 1
    assert pages(((LINE,) * (most - 2)) + (_table(4),)) == 2
    assert pages((_table(60),)) == 2
    assert [pages((_table(36),)), pages((_table(36, dense=True),))] == [2, 1]


def test_what_is_higher_than_a_page_goes_on() -> None:
    assert pages((_table(1, text="woord " * 3000),)) > 3


def test_people_sign_on_one_page() -> None:
    signing = Together((HEADING, Signatures((Signature("Directeur", "", ""),) * 4, "", "")))
    assert pages((signing,)) == 1
    assert pages((*[LINE] * 22, signing)) == 2


def test_a_block_of_which_no_size_is_known_is_refused() -> None:
    with pytest.raises(TypeError):
        pages((PageBreak(),))
