"""A table that somebody hands in or takes along: bytes to rows of text, and back. No Django.

What is in a file is told by its bytes, not by its name. A cell is text and nothing else: a date is
2026-08-01, a number 0.8. What a formula comes to is never read: its cell is its text, with the =.
"""

import csv
import io
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from routekaart.domain.errors import BadInput
from routekaart.domain.table import TableRow
from routekaart.formats.formulas import neutral
from routekaart.formats.workbooks.reading import Merged, is_workbook, read_sheet

MOST_BYTES = 2_000_000
# Rows of a sheet, with the empty ones; who calls sets how many filled ones it takes.
MOST_LINES = 20_000
MOST_COLUMNS = 60
# Of one cell, and of all of them: a workbook writes down a text once for many cells.
MOST_SIGNS = 5_000
_MOST_SIGNS_TOGETHER = 2_000_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
# No table, and yet text as far as its bytes tell: a PDF, and a page or XML that is called a table.
_OTHER = (b"%PDF", b"<", b"{\\rtf")
_BEFORE_TEXT = b"\xef\xbb\xbf \t\r\n"
_SEPARATORS = (";", ",", "\t")
# How many rows are looked at to find the separator: a title may stand above the table.
_FIRST_ROWS = 10
_FIRST_SIGNS = 50_000
_QUOTED = re.compile(r'"[^"]*"')


def read_table(data: bytes, *, most_rows: int) -> tuple[TableRow, ...]:
    """The filled rows of a CSV or XLSX file, in order; of a workbook the first visible sheet.

    Raises `BadInput` on `file`: `too_large`, `too_many_rows`, `too_many_merged`, `cell_too_long`,
    `old_excel`, `unreadable_table`.
    """
    if len(data) > MOST_BYTES:
        raise _refused("too_large", "Dit bestand is groter dan 2 MB. Lees het in delen in.")
    if data.startswith(_OLD_EXCEL):
        raise _refused(
            "old_excel",
            "Dit is een oud Excel-bestand of het heeft een wachtwoord. Sla het zonder wachtwoord "
            "op als .xlsx of .csv.",
        )
    found = _Found(most_rows)
    if is_workbook(data):
        merged = read_sheet(
            data,
            found.take,
            most_columns=MOST_COLUMNS,
            most_lines=MOST_LINES,
            most_signs=MOST_SIGNS,
        )
        return found.with_merged(merged)
    for number, cells in enumerate(_csv_rows(data), start=1):
        if number > MOST_LINES:
            raise _refused(
                "too_many_rows",
                "Dit bestand is te lang. Kopieer alleen de lijst naar een nieuw bestand.",
            )
        found.take(number, cells)
    return tuple(found.rows)


class _Found:
    """The filled rows so far."""

    def __init__(self, most_rows: int) -> None:
        self.rows: list[TableRow] = []
        self._most = most_rows
        self._signs = 0

    def take(self, number: int, cells: Sequence[str]) -> None:
        kept = list(cells[:MOST_COLUMNS])
        while kept and not _clean(kept[-1][:MOST_SIGNS]).strip():
            kept.pop()
        if not kept:
            return
        for place, cell in enumerate(kept):
            self._signs += len(cell)
            if len(cell) > MOST_SIGNS:
                raise _refused(
                    "cell_too_long",
                    f"In regel {number}, kolom {place + 1} staan meer dan {MOST_SIGNS} tekens. "
                    "Maak die cel leeg. Kijk ook of er een aanhalingsteken mist.",
                )
        if self._signs > _MOST_SIGNS_TOGETHER:
            raise _refused("too_large", "In deze lijst staat te veel tekst. Lees hem in delen in.")
        if len(self.rows) >= self._most:
            raise _refused(
                "too_many_rows",
                f"Deze lijst heeft meer dan {self._most} regels. Lees hem in delen in.",
            )
        self.rows.append(TableRow(number, tuple(map(_clean, kept))))

    def with_merged(self, ranges: Iterable[Merged]) -> tuple[TableRow, ...]:
        """The rows, each with the places that a larger cell covers."""
        covered: dict[int, set[int]] = {}
        numbers = [row.number for row in self.rows]
        for top, left, bottom, right in ranges:
            places = range(left, min(right, MOST_COLUMNS - 1) + 1)
            for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
                covered.setdefault(number, set()).update(places)
                if number == top:
                    covered[number].discard(left)
        return tuple(
            TableRow(row.number, row.cells, frozenset(covered.get(row.number, ())))
            for row in self.rows
        )


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """A file that Dutch Excel opens with a double click: semicolons, and a mark that says UTF-8.

    A cell that a spreadsheet would run gets an apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(map(neutral, row))
    return text.getvalue().encode("utf-8-sig")


def _csv_rows(data: bytes) -> Iterator[Sequence[str]]:
    text = _text(data)
    first, _, rest = text.partition("\n")
    # Excel's own way to name the separator; Excel does not count that line either.
    named = first.strip().casefold()
    if named.startswith("sep=") and len(named) == len("sep=") + 1:
        separator, text = named[-1], rest
    else:
        separator = _separator(text)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error:
        raise _refused(
            "unreadable_table",
            "Dit bestand is niet te lezen. Kijk of elk aanhalingsteken een tegenhanger heeft.",
        ) from None


def _text(data: bytes) -> str:
    wide = data.startswith(_WIDE_MARKS)
    # Windows and older Excel write cp1252, which never fails on text that is UTF-8: so that first.
    encodings = ("utf-16",) if wide else ("utf-8-sig", "cp1252")
    # Nor does cp1252 fail on a PDF or a picture.
    no_text = data.lstrip(_BEFORE_TEXT).startswith(_OTHER) or (b"\0" in data and not wide)
    for encoding in () if no_text else encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Four bytes to a sign begin with the mark of two.
        if "\0" not in text:
            return text
    raise _refused(
        "unreadable_table", "Dit bestand is geen tabel. Sla de lijst op als .csv of .xlsx."
    )


def _separator(text: str) -> str:
    # What stands between quotes separates nothing.
    lines = _QUOTED.sub("", text[:_FIRST_SIGNS]).splitlines()[:_FIRST_ROWS]
    # The widest row counts, for a title above the table is narrow; the first of two as wide wins.
    return max(_SEPARATORS, key=lambda sign: max((line.count(sign) for line in lines), default=0))


def _clean(cell: str) -> str:
    if cell.isascii():
        return cell
    # Invisible, and pasted along from pages and mail: marks of direction, joiners, soft hyphens.
    seen = "".join(sign for sign in cell if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", seen)


def _refused(code: str, message: str) -> BadInput:
    return BadInput("file", message, code=code)
