"""A workbook as content: sheets with typed columns, whatever format lays them out.

All are frozen dataclasses of texts, numbers and dates. Texts are finished Dutch: a format adds none
of its own. A value that is not known, or not shown, is None; a text beside it says why.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from routekaart.domain.content.parts import Meta

CellType = Literal["text", "whole", "hours", "money", "date", "percent", "yes_no"]
Value = str | int | Decimal | date | None

_TYPES: dict[CellType, tuple[type, ...]] = {
    "text": (str,),
    "whole": (int,),
    "hours": (int,),
    "money": (int, Decimal),
    "date": (date,),
    "percent": (int, Decimal),
    "yes_no": (bool,),
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column with one type of value; `width` in characters.

    `hours`: whole minutes, shown as hours and minutes. `money`: euros. `percent`: 100 is all.
    """

    title: str
    type: CellType = "text"
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a sheet of its own; without rows a format prints `missing` in their place.

    `totals`: one more row below the others, or empty. `notes`: sources and assumptions.
    Raises ValueError without columns, and for a row that does not fit them.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    missing: str
    totals: tuple[Value, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("A sheet has at least one column.")
        for row in self.rows:
            self._check(row, totals=False)
        if self.totals:
            self._check(self.totals, totals=True)

    def _check(self, row: tuple[Value, ...], *, totals: bool) -> None:
        if len(row) != len(self.columns):
            raise ValueError(f"A row has {len(row)} cells for {len(self.columns)} columns.")
        for column, value in zip(self.columns, row, strict=True):
            # The label of a row of totals stands in its first column, whatever that holds.
            label = totals and column is self.columns[0] and isinstance(value, str)
            if value is not None and not label and not _fits(column.type, value):
                raise ValueError(f"{column.title!r} holds {column.type}, not {value!r}.")


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook. `kind` names what it is, as that of a document does."""

    kind: str
    meta: Meta
    sheets: tuple[Sheet, ...]


def _fits(kind: CellType, value: Value) -> bool:
    # To Python a yes is a whole number, and a moment is a date.
    if isinstance(value, bool) and kind != "yes_no":
        return False
    return isinstance(value, _TYPES[kind]) and not isinstance(value, datetime)
