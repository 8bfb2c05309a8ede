"""Which block is laid out by what; and the blocks that hold others or steer the page."""

from collections.abc import Callable
from typing import Any, Final

from routekaart.domain.content import blocks
from routekaart.domain.content.blocks import Block, PageBreak, SideBySide, Together
from routekaart.formats.docx import drawings, grids, texts
from routekaart.formats.docx.markup import COLUMNS
from routekaart.formats.docx.page import Page
from routekaart.formats.docx.tables import cell, row, shares, table

_COLUMN_SHARES: Final = (5, 4)
# What the style of the table leaves empty beside each column, in twips.
_COLUMN_GAP: Final = 340


def lay_out(items: tuple[Block, ...], page: Page) -> None:
    """Write blocks on the page, in reading order."""
    for item in items:
        WRITERS[type(item)](item, page)


def _side_by_side(block: SideBySide, page: Page) -> None:
    """A table without lines: columns of Word would flow over, and be read in another order."""
    if not (block.left and block.right):
        lay_out(block.left + block.right, page)
        return
    widths = shares(page.width, _COLUMN_SHARES)
    cells = []
    for items, width in zip((block.left, block.right), widths, strict=True):
        column = page.column(width - _COLUMN_GAP)
        lay_out(items, column)
        cells.append(cell(width, *column.finished()))
    page.place(table(COLUMNS, widths, [row(cells)]))


def _together(block: Together, page: Page) -> None:
    with page.together():
        lay_out(block.blocks, page)


def _page_break(_block: PageBreak, page: Page) -> None:
    page.break_page = bool(page.items)


WRITERS: Final[dict[type[Any], Callable[[Any, Page], None]]] = {
    blocks.Chapter: texts.chapter,
    blocks.Heading: texts.heading,
    blocks.Paragraph: texts.paragraph_of,
    blocks.Callout: texts.callout,
    blocks.Facts: texts.facts,
    blocks.Bullets: texts.bullets,
    blocks.Answers: texts.answers,
    blocks.NumberedLines: texts.numbered_lines,
    blocks.TableBlock: grids.table_block,
    blocks.Claims: grids.claims,
    blocks.KeyFigures: grids.key_figures,
    blocks.Cards: grids.cards,
    blocks.Signatures: grids.signatures,
    blocks.YearStrip: drawings.year_strip,
    blocks.BarChart: drawings.bar_chart,
    blocks.PointGrid: drawings.point_grid,
    SideBySide: _side_by_side,
    Together: _together,
    PageBreak: _page_break,
}
