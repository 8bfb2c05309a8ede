"""The rows of an XLSX workbook as text.

The file comes from outside: it is read as a stream with limits, and nothing of it is kept but the
text of the cells that are asked for. Macros, links to elsewhere and whatever else is in there are
never even unpacked.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from routekaart.formats.strict_xml import BadXml, Limits, Reader, TooMuchXml, listen
from routekaart.formats.workbooks.container import Container, opened
from routekaart.formats.workbooks.parts import date_styles, find_book, shared_strings, whole
from routekaart.formats.workbooks.refusals import (
    other_kind,
    packed,
    too_large,
    too_long,
    too_merged,
    unreadable,
)
from routekaart.formats.workbooks.values import iso_text, number_text, unescaped

# Half a second of work. A list of 500 people has some ten thousand.
MOST_ELEMENTS = 500_000
_MOST_MERGED = 2_000
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_RANGE = re.compile(rf"{_CELL.pattern}:{_CELL.pattern}", re.ASCII)
_KINDS = {
    "xl/workbook.bin": "een binair Excel-bestand (.xlsb).",
    "content.xml": "een LibreOffice-bestand (.ods).",
    "word/document.xml": "een Word-bestand.",
    "Index/Document.iwa": "een bestand van Numbers.",
}


# First row, first column, last row, last column; rows from 1, columns from 0.
Merged = tuple[int, int, int, int]
Take = Callable[[int, tuple[str, ...]], None]


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are a zip file, as a workbook is."""
    return data.startswith(b"PK")


def read_sheet(
    data: bytes, take: Take, *, most_columns: int, most_lines: int, most_signs: int
) -> Sequence[Merged]:
    """Tells `take` the number and the cells of each row with something in it, one by one.

    Of the first visible sheet. Of a cell longer than `most_signs`, one sign more is given. Gives
    which cells belong to one larger cell: only the first of those holds its text. Raises `BadInput`
    on `file` (`unreadable_table`, `too_large`, `too_many_merged`, and `too_many_rows` for a sheet
    with more than `most_lines` rows, also when most are empty).
    """
    with opened(data) as container, _in_words():
        _require_workbook(container)
        limits = Limits(MOST_ELEMENTS)
        book = find_book(container, limits)
        strings = shared_strings(container, book.strings, limits, most_signs)
        dates = date_styles(container, book.styles, limits)
        texts = _Texts(strings, dates, since_1904=book.since_1904)
        reader = _SheetReader(texts, take, most_columns, most_lines, most_signs)
        listen(container.chunks(book.sheet), reader, limits)
        return reader.merged


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except TooMuchXml:
        raise too_large() from None
    except BadXml:
        raise unreadable() from None


def _require_workbook(container: Container) -> None:
    for part, kind in _KINDS.items():
        if part in container:
            raise other_kind(kind)
    if "[Content_Types].xml" not in container:
        raise packed()


class _Texts:
    """What a cell says, given what it points at."""

    def __init__(self, strings: Sequence[str], dates: frozenset[int], *, since_1904: bool) -> None:
        self._strings = strings
        self._dates = dates
        self._since_1904 = since_1904

    def of(self, kind: str, style: int, raw: str) -> str:
        if not raw:
            return ""
        if kind == "s":
            number = whole(raw.strip(), default=-1)
            if not 0 <= number < len(self._strings):
                raise unreadable()
            return self._strings[number]
        if kind == "b":
            return "WAAR" if raw.strip() in {"1", "true"} else "ONWAAR"
        if kind == "d":
            return iso_text(raw)
        if kind in {"str", "inlineStr", "e"}:
            return unescaped(raw)
        return number_text(raw, as_date=style in self._dates, since_1904=self._since_1904)


class _SheetReader(Reader):
    def __init__(
        self, texts: _Texts, take: Take, most_columns: int, most_lines: int, most_signs: int
    ) -> None:
        self.merged: list[Merged] = []
        self._take = take
        self._texts = texts
        self._most_columns = most_columns
        self._most_lines = most_lines
        self._most_signs = most_signs
        self._row = 0
        self._cells: dict[int, str] = {}
        self._column = -1
        self._kind, self._style = "n", 0
        # Which text is being read: the value, the formula, or nothing.
        self._into: list[str] | None = None
        self._size = 0
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._into = None
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "v" or (name == "t" and not self._phonetic):
            self._into = self._value
        elif name == "f":
            self._formula = self._into = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attributes)

    def end(self, name: str) -> None:
        self._into = None
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self._phonetic = False
        elif name == "row" and self._cells:
            width = max(self._cells) + 1
            cells = tuple(self._cells.get(place, "") for place in range(width))
            self._cells = {}
            self._take(self._row, cells)

    def text(self, text: str) -> None:
        if self._into is not None and self._size <= self._most_signs:
            self._into.append(text[: self._most_signs + 1])
            self._size += len(text)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        number = whole(attributes.get("r"), default=self._row + 1)
        # Twice the same row, or back again: which of the two is meant?
        if number <= self._row:
            raise unreadable()
        if number > self._most_lines:
            raise too_long(self._most_lines)
        self._row, self._column, self._cells = number, -1, {}

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _CELL.fullmatch(attributes.get("r", ""))
        column = _column(place[1]) if place else self._column + 1
        if column <= self._column or not self._row:
            raise unreadable()
        self._column = column
        self._kind = attributes.get("t", "n")
        self._style = whole(attributes.get("s"))
        self._value, self._formula, self._size = [], None, 0

    def _end_cell(self) -> None:
        if self._column >= self._most_columns:
            return
        if self._formula is not None:
            # Its own text, and not what it came to when the file was saved.
            text = "=" + "".join(self._formula).removeprefix("=")
        else:
            text = self._texts.of(self._kind, self._style, "".join(self._value))
        if text:
            self._cells[self._column] = text

    def _merge(self, attributes: Mapping[str, str]) -> None:
        found = _RANGE.fullmatch(attributes.get("ref", ""))
        if found is None:
            raise unreadable()
        if len(self.merged) >= _MOST_MERGED:
            raise too_merged()
        self.merged.append((int(found[2]), _column(found[1]), int(found[4]), _column(found[3])))


def _column(letters: str) -> int:
    """A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
