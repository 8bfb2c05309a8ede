"""How much of a table fits, in a document that may take two pages.

An estimate on the safe side of the PDF and the Word file: what decides is how many lines a row
takes. Tests count the pages of what is made with it.
"""

from collections.abc import Sequence

from routekaart.domain.content.line_width import lines
from routekaart.domain.content.parts import Column, Table

# In millimetres: the page between its margins, what a column leaves free, and a row.
WIDTH = 163.0
_BESIDE = 3.2
_LINE = 3.95
_WHITE, _DENSE_WHITE = 2.5, 0.6
# In points: tables and what else is small, and what explains.
SMALL, _EXPLANATION = 9.0, 8.5


def height(table: Table, *, dense: bool = False) -> float:
    """Of all rows and one header, in millimetres."""
    titles = tuple(column.title for column in table.columns)
    rows = (titles, *table.rows)
    return sum(_height(row, table.columns, dense=dense) for row in rows)


def fitting(table: Table, room: float) -> int:
    """How many of the first rows of a dense table fit in so many millimetres."""
    left = room - height(Table(table.columns, (), ""), dense=True)
    for number, row in enumerate(table.rows):
        left -= _height(row, table.columns, dense=True)
        if left < 0:
            return number
    return len(table.rows)


def row_lines(row: Sequence[str], columns: Sequence[Column]) -> int:
    """How many lines the highest cell of a row takes."""
    whole = sum(column.width for column in columns)
    return max(
        _cell_lines(cell, WIDTH * column.width / whole - _BESIDE, leads=column.lead)
        for cell, column in zip(row, columns, strict=True)
    )


def _height(row: Sequence[str], columns: Sequence[Column], *, dense: bool) -> float:
    return row_lines(row, columns) * _LINE + (_DENSE_WHITE if dense else _WHITE)


def _cell_lines(text: str, width: float, *, leads: bool) -> int:
    first, _, rest = text.partition("\n")
    if not leads or not rest:
        return lines(text, width, points=SMALL)
    # Below what leads stands an explanation.
    return lines(first, width, points=SMALL) + lines(rest, width, points=_EXPLANATION)
