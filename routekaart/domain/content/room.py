"""How much of a table fits, in a document that may take two pages.

An estimate on the safe side of the PDF and the Word file: what decides is how many lines a row
takes. Tests count the pages of what is made with it.
"""

import textwrap
from collections.abc import Sequence

from routekaart.domain.content.parts import Column, Table

# In millimetres, of the page between its margins and of text in a table.
_WIDTH = 163.0
_GAP = 3.0
_LETTER = 1.65
_LINE = 3.95
_WHITE, _DENSE_WHITE = 2.5, 0.6
# What letters take more than one.
_EXTRA = {"W": 0.8, "M": 0.6, "@": 0.6, "m": 0.5, "w": 0.4}


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


def _height(row: Sequence[str], columns: Sequence[Column], *, dense: bool) -> float:
    whole = sum(column.width for column in columns)
    lines = max(
        _lines(cell, (_WIDTH * column.width / whole - _GAP) / _LETTER)
        for cell, column in zip(row, columns, strict=True)
    )
    return lines * _LINE + (_DENSE_WHITE if dense else _WHITE)


def _lines(text: str, letters: float) -> int:
    return sum(_of_one(line, letters) for line in text.split("\n"))


def _of_one(line: str, letters: float) -> int:
    extra = sum(_EXTRA.get(letter, 0.3 if letter.isupper() else 0) for letter in line)
    wider = 1 + extra / max(1, len(line))
    return max(1, len(textwrap.wrap(line, max(1, int(letters / wider)))))
