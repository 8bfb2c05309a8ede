"""A table that somebody hands in or takes along: bytes to rows of text, and back. No Django.

What is in a file is told by its bytes, not by its name. A cell is text and nothing else: a date is
2026-08-01, a number 0.8. What a formula comes to is never read: its cell is its text, with the =.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from routekaart.domain.errors import BadInput
from routekaart.domain.table import TableRow
from routekaart.formats.workbooks import is_workbook, workbook_rows

MOST_BYTES = 2_000_000
# Rows of a sheet, with the empty ones; who calls sets how many filled ones it takes.
MOST_LINES = 20_000
MOST_COLUMNS = 60
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_PDF = b"%PDF"
_SEPARATORS = (";", ",", "\t")
# How many rows are looked at to find the separator: a title may stand above the table.
_FIRST_ROWS = 10
# Someone else's spreadsheet runs a cell that begins so.
_RUNS = ("=", "+", "-", "@", "\t", "\r")
# Invisible, and pasted along from pages and mail.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def read_table(data: bytes, *, most_rows: int) -> tuple[TableRow, ...]:
    """The filled rows of a CSV or XLSX file, in order; of a workbook the first visible sheet.

    Raises `BadInput` on `file`: `too_large`, `too_many_rows`, `old_excel`, `unreadable_table`.
    """
    if len(data) > MOST_BYTES:
        raise _refused("too_large", "Dit bestand is groter dan 2 MB. Lees het in delen in.")
    if data.startswith(_OLD_EXCEL):
        raise _refused(
            "old_excel",
            "Dit is een oud Excel-bestand of het heeft een wachtwoord. Sla het zonder wachtwoord "
            "op als .xlsx of .csv.",
        )
    found: list[TableRow] = []
    for number, cells in enumerate(_rows(data), start=1):
        if number > MOST_LINES:
            raise _refused(
                "too_many_rows",
                "Dit blad is te lang. Kopieer alleen de lijst naar een nieuw bestand.",
            )
        clean = [_clean(cell) for cell in cells[:MOST_COLUMNS]]
        while clean and not clean[-1].strip():
            clean.pop()
        if clean:
            found.append(TableRow(number, tuple(clean)))
        if len(found) > most_rows:
            raise _refused(
                "too_many_rows",
                f"Deze lijst heeft meer dan {most_rows} regels. Lees hem in delen in.",
            )
    return tuple(found)


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """A file that Dutch Excel opens with a double click: semicolons, and a mark that says UTF-8.

    A cell that a spreadsheet would run gets an apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_RUNS) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _rows(data: bytes) -> Iterable[Sequence[str]]:
    if is_workbook(data):
        return workbook_rows(data, most_columns=MOST_COLUMNS, most_rows=MOST_LINES + 1)
    return _csv_rows(data)


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
    no_text = data.startswith(_PDF) or (b"\0" in data and not wide)
    for encoding in () if no_text else encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(
        "unreadable_table", "Dit bestand is geen tabel. Sla de lijst op als .csv of .xlsx."
    )


def _separator(text: str) -> str:
    lines = "\n".join(text.splitlines()[:_FIRST_ROWS])

    def width(separator: str) -> int:
        # The widest row, for a title above the table is narrow.
        return max(map(len, csv.reader(io.StringIO(lines), delimiter=separator)), default=0)

    try:
        # The first one wins where two are as wide.
        return max(_SEPARATORS, key=width)
    except csv.Error:
        return _SEPARATORS[0]


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFC", cell.translate(_INVISIBLE))


def _refused(code: str, message: str) -> BadInput:
    return BadInput("file", message, code=code)
