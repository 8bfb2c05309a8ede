"""A row of a table that somebody handed in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its number in the sheet, where the first row is 1. Cells are text.

    `merged`: places, from 0, that belong to a larger cell whose text stands elsewhere.
    """

    number: int
    cells: tuple[str, ...]
    merged: frozenset[int] = frozenset()
