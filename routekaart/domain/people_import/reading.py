"""Reading the rows of a list of people: what each says, or everything that is wrong with it. Pure.

An empty cell says nothing: who is new gets what is usual, who is known keeps what there is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from routekaart.domain.errors import BadInput
from routekaart.domain.people_import import cells
from routekaart.domain.people_import.headings import EXAMPLE_EMAIL, Column, Header
from routekaart.domain.table import TableRow

C = Column
_T = TypeVar("_T")
# Of the unknown teams of one cell.
_MOST_NAMED = 10
# Here a line end in a cell stands between two things.
_LISTS = frozenset({C.ROLE, C.TEAM, C.FUNCTION, C.DAYS})


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong: in which row of the sheet and which column, and what to do about it."""

    line: int
    column: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the school's own words stand for. `teams`: the names of its teams, as they are."""

    school: str
    teams: Sequence[str]
    functions: cells.FunctionNames


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a row says; None or empty: nothing. `problems` are all of them, not the first alone.

    `teams` are names of teams that exist. With problems the other values may be incomplete.
    """

    line: int
    email: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    functions: tuple[str, ...] | None = None
    fte: Decimal | None = None
    days: tuple[int, ...] | None = None
    joined: date | None = None
    until: date | None = None
    problems: tuple[CellProblem, ...] = ()


def read_rows(rows: Sequence[TableRow], header: Header, names: Names) -> tuple[ReadRow, ...]:
    """The rows below the header, in order. An address that comes twice is a problem of the later
    row, and the example of our own list is left out."""
    found: list[ReadRow] = []
    first: dict[str, int] = {}
    for row in rows:
        if row.number <= header.row:
            continue
        reader = _RowReader(row, header)
        read = reader.read(names)
        if read is None:
            continue
        if read.email in first:
            reader.add(
                C.EMAIL,
                "duplicate",
                f"Dit adres staat ook in regel {first[read.email]}. Houd één regel over. "
                "Meer teams mogen in één cel, met een puntkomma ertussen.",
            )
            read = reader.read_again(read)
        elif read.email:
            first[read.email] = row.number
        found.append(read)
    return tuple(found)


class _RowReader:
    """One row: reads cell by cell and collects what is wrong."""

    def __init__(self, row: TableRow, header: Header) -> None:
        self._row = row
        self._header = header
        self._problems: list[CellProblem] = []

    def add(self, column: Column, code: str, message: str) -> None:
        title = self._header.title(column)
        self._problems.append(CellProblem(self._row.number, title, code, message))

    def read_again(self, read: ReadRow) -> ReadRow:
        values = {name: getattr(read, name) for name in ReadRow.__slots__ if name != "problems"}
        return ReadRow(**values, problems=tuple(self._problems))

    def read(self, names: Names) -> ReadRow | None:
        """None for a row that only fills columns which are not ours, and for the example."""
        texts = self._texts()
        if not any(texts.values()) and not self._problems:
            return None
        email = self._email(texts)
        if email == EXAMPLE_EMAIL:
            return None
        self._check_school(texts, names.school)
        row = ReadRow(
            line=self._row.number,
            email=email,
            name=self._name(texts),
            roles=self._value(texts, C.ROLE, cells.read_roles) or (),
            teams=self._teams(texts, names.teams),
            functions=self._value(texts, C.FUNCTION, names.functions.read),
            fte=self._value(texts, C.FTE, cells.read_fte),
            days=self._value(texts, C.DAYS, cells.read_days),
            joined=self._value(texts, C.JOINED, cells.read_day),
            until=self._until(texts),
        )
        if row.joined and row.until and row.until < row.joined:
            self.add(C.UNTIL, "wrong_order", "De laatste dag ligt voor de eerste dag.")
        return self.read_again(row)

    def _texts(self) -> Mapping[Column, str]:
        return dict(self._filled())

    def _filled(self) -> Iterator[tuple[Column, str]]:
        for column, place in self._header.places.items():
            if place in self._row.merged:
                self.add(
                    column,
                    "merged_cell",
                    "Deze cel is samengevoegd met een andere. Maak dat ongedaan en vul elke cel "
                    "zelf.",
                )
                continue
            raw = self._row.cells[place] if place < len(self._row.cells) else ""
            if column in _LISTS:
                raw = ";".join(raw.splitlines())
            try:
                yield column, cells.clean(raw)
            except BadInput as wrong:
                self.add(column, wrong.code, wrong.message)

    def _value(
        self, texts: Mapping[Column, str], column: Column, read: Callable[[str], _T]
    ) -> _T | None:
        text = texts.get(column, "")
        if not text:
            return None
        try:
            return read(text)
        except BadInput as wrong:
            self.add(column, wrong.code, wrong.message)
            return None

    def _email(self, texts: Mapping[Column, str]) -> str:
        # Where the cell itself could not be read, that was said already.
        if texts.get(C.EMAIL) == "":
            self.add(C.EMAIL, "email_missing", "Vul het e-mailadres in.")
        return self._value(texts, C.EMAIL, cells.read_email) or ""

    def _name(self, texts: Mapping[Column, str]) -> str:
        if texts.get(C.NAME):
            return self._value(texts, C.NAME, cells.read_name) or ""
        parts = [texts.get(column, "") for column in (C.FIRST_NAME, C.INFIX, C.LAST_NAME)]
        whole = " ".join(part for part in parts if part)
        return self._value({C.NAME: whole}, C.NAME, cells.read_name) or ""

    def _check_school(self, texts: Mapping[Column, str], ours: str) -> None:
        code = self._value(texts, C.SCHOOL, cells.read_school)
        if code is not None and code != ours:
            self.add(
                C.SCHOOL,
                "other_school",
                f"Deze regel is van {code}, en dit is {ours}. Haal de regel weg of lees hem daar "
                "in.",
            )

    def _teams(self, texts: Mapping[Column, str], known: Sequence[str]) -> tuple[str, ...]:
        by_name = {" ".join(name.split()).casefold(): name for name in known}
        found = []
        unknown = 0
        for name in cells.team_names(texts.get(C.TEAM, ""), by_name):
            if name.casefold() in by_name:
                found.append(by_name[name.casefold()])
                continue
            unknown += 1
            if unknown <= _MOST_NAMED:
                self.add(
                    C.TEAM,
                    "unknown_team",
                    f"Het team ‘{name}’ is er niet. Maak het eerst, of verbeter de naam.",
                )
        return tuple(dict.fromkeys(found))

    def _until(self, texts: Mapping[Column, str]) -> date | None:
        day = self._value(texts, C.UNTIL, cells.read_day)
        return None if day is None or day.year >= cells.NO_END else day
