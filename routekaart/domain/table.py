"""A row of a table that somebody handed in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its number in the sheet, where the first row is 1. Cells are text."""

    number: int
    cells: tuple[str, ...]
