"""How many pages the blocks of a document without a cover take, in the PDF and in the Word file.

An estimate on the safe side, made by laying the blocks down as the formats do: what belongs
together moves to the next page as a whole. Tests count the pages of what is made with it. Sizes
are in millimetres; the numbers were measured in the files themselves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from routekaart.domain.content.blocks import (
    Block,
    Bullets,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    Signatures,
    TableBlock,
    Together,
)
from routekaart.domain.content.line_width import lines
from routekaart.domain.content.room import SMALL, WIDTH, row_lines

# So many letters stay together, and so many more does a row count for.
_WHOLE_TABLE, _PER_ROW = 1300, 60
_WHOLE_LIST = 500
# In millimetres: a point of a list, what stands beside a label, and in a note.
_POINT, _FACT, _NOTE = 158.0, 121.0, 155.0
# Of the text, in points.
_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class _Format:
    """What takes how much. `first`: the head of a document with the title of its first chapter."""

    page: float
    first: float
    heading: float
    quiet_heading: float
    line: float
    soft_line: float
    below: float
    note: float
    point: float
    fact: float
    row_line: float
    row: float
    dense_row: float
    around_table: float
    signing: float
    signature_row: float
    signatures_in_a_row: int
    keeps_lists: bool


_PDF = _Format(
    page=246,
    first=39,
    heading=8.7,
    quiet_heading=7.6,
    line=4.9,
    soft_line=4.4,
    below=2.7,
    note=11,
    point=0.1,
    fact=-0.1,
    row_line=3.95,
    row=2.5,
    dense_row=0.6,
    around_table=2.4,
    signing=0,
    signature_row=27,
    signatures_in_a_row=2,
    keeps_lists=True,
)
_WORD = _Format(
    page=257,
    first=46,
    heading=9.4,
    quiet_heading=7.9,
    line=4.6,
    soft_line=4.15,
    below=2,
    note=9,
    point=1.15,
    fact=0.2,
    row_line=3.9,
    row=2.4,
    dense_row=0.6,
    around_table=4,
    signing=10,
    signature_row=17.2,
    signatures_in_a_row=1,
    keeps_lists=False,
)
FORMATS = (_PDF, _WORD)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is never cut. `leads`: it stays with what follows; `again`: what a new page repeats."""

    height: float
    leads: bool = False
    again: float = 0


def pages(blocks: Iterable[Block]) -> int:
    """How many pages these blocks take, below the head and the title of the first chapter."""
    given = tuple(blocks)
    return max(_pages(given, one) for one in FORMATS)


def _pages(blocks: Iterable[Block], form: _Format) -> int:
    number, left, together = 1, form.page - form.first, 0.0
    for piece in (piece for block in blocks for piece in _pieces(block, form)):
        together += piece.height
        if piece.leads:
            continue
        if together > left:
            number, left = number + 1, form.page - piece.again
        left -= together
        together = 0
        # Higher than a page: it goes on at the next one.
        while left < 0:
            number, left = number + 1, left + form.page
    return number


def _pieces(block: Block, form: _Format) -> Iterator[_Piece]:
    match block:
        case Heading():
            yield _Piece(form.quiet_heading if block.quiet else form.heading, leads=True)
        case Paragraph():
            yield _paragraph(block, form)
        case Facts():
            texts = [fact.value for fact in block.items]
            facts = [lines(text, _FACT, points=_SIZE) * form.line + form.fact for text in texts]
            yield from _list(facts, texts, form)
        case Bullets():
            points = [
                lines(text, _POINT, points=_SIZE) * form.line + form.point for text in block.items
            ]
            yield from _list(points, block.items, form)
        case TableBlock():
            yield from _table(block, form)
        case Together():
            parts = [piece for one in block.blocks for piece in _pieces(one, form)]
            yield _Piece(sum(piece.height for piece in parts))
        case Signatures():
            rows = -(-len(block.items) // form.signatures_in_a_row)
            yield _Piece(form.signing + rows * form.signature_row)
        case Chapter():
            # Only the first: its title is part of the head.
            return
        case _:
            raise TypeError(f"no size is known of {block.block}")


def _paragraph(block: Paragraph, form: _Format) -> _Piece:
    if block.tone == "soft":
        small = lines(block.text, WIDTH, points=SMALL)
        return _Piece(small * form.soft_line + form.below, leads=True)
    if block.tone == "note":
        return _Piece(lines(block.text, _NOTE, points=_SIZE) * form.line + form.note)
    return _Piece(lines(block.text, WIDTH, points=_SIZE) * form.line + form.below)


def _list(heights: list[float], texts: Iterable[str], form: _Format) -> Iterator[_Piece]:
    if form.keeps_lists and sum(map(len, texts)) <= _WHOLE_LIST:
        yield _Piece(sum(heights) + form.below)
        return
    for height in heights:
        yield _Piece(height)
    yield _Piece(form.below)


def _table(block: TableBlock, form: _Format) -> Iterator[_Piece]:
    table, white = block.table, form.dense_row if block.dense else form.row
    if not table.rows:
        yield _Piece(form.line + form.below)
        return
    titles = tuple(column.title for column in table.columns)
    head, *rows = (
        row_lines(row, table.columns) * form.row_line + white for row in (titles, *table.rows)
    )
    letters = sum(len(cell) for row in table.rows for cell in row) + _PER_ROW * len(rows)
    whole = letters <= _WHOLE_TABLE
    yield _Piece(form.around_table / 2 + head, leads=True)
    for row in rows[:-1]:
        yield _Piece(row, leads=whole, again=head)
    yield _Piece(rows[-1] + form.around_table / 2, again=head)
