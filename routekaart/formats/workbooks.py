"""The rows of an XLSX workbook as text.

The file comes from outside: before the library sees it, it is measured and looked through for what
no spreadsheet has and a parser of XML may choke on.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from routekaart.domain.errors import BadInput

_MOST_PARTS = 500
_MOST_UNPACKED = 20_000_000
# No part of a workbook declares a document type: entities that grow without end need one. Text that
# is not UTF-8 could hide it, and has bytes that are zero.
_DOCUMENT_TYPE = b"<!DOCTYPE"
_NOT_UTF8 = b"\x00"
_NOT_A_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)
_XML = (".xml", ".rels")


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are a zip file, as a workbook is."""
    return data.startswith(b"PK")


def workbook_rows(data: bytes, *, most_columns: int, most_rows: int) -> Sequence[tuple[str, ...]]:
    """The first rows of the first visible sheet, the empty ones too.

    Raises `BadInput` on `file` (`unreadable_table`, `too_large`).
    """
    _check(data)
    try:
        with warnings.catch_warnings():
            # About styles and validations that are left out: nobody misses them here.
            warnings.simplefilter("ignore")
            return list(islice(_rows(data, most_columns), most_rows))
    except Exception:  # noqa: BLE001 - a broken workbook fails anywhere in the library, in any way
        raise _unreadable() from None


def _rows(data: bytes, most_columns: int) -> Iterator[tuple[str, ...]]:
    # A sixth of a second of every start, for what a school does once a year.
    import openpyxl  # noqa: PLC0415

    # With the formulas and not with what they came to when the file was saved.
    book: Any = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=False, keep_links=False
    )
    try:
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        # What a sheet says of its own size may be wrong, and would cut rows off.
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_col=most_columns):
            yield tuple(_text(cell.value) for cell in cells)
    finally:
        book.close()


def _check(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            entries = parts.infolist()
            if len(entries) > _MOST_PARTS or _unpacked(entries) > _MOST_UNPACKED:
                raise BadInput(
                    "file",
                    "Dit Excel-bestand is te groot. Zet alleen de lijst in een nieuw bestand.",
                    code="too_large",
                )
            for entry in entries:
                content = parts.read(entry)
                is_text = entry.filename.casefold().endswith(_XML)
                if _DOCUMENT_TYPE in content or (is_text and _NOT_UTF8 in content):
                    raise _unreadable()
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ):
        # Cut short, with a password, or packed in a way that spreadsheets do not use.
        raise _unreadable() from None


def _unpacked(entries: Sequence[zipfile.ZipInfo]) -> int:
    # No more than this is ever unpacked, whatever is really in there.
    return sum(entry.file_size for entry in entries)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float):
        # 0.1 + 0.2 is 0.3 to whoever typed it.
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return str(value)
    # A formula over several cells, and whatever else stands for one.
    text = getattr(value, "text", None) or ""
    return f"={text.removeprefix('=')}"


def _unreadable() -> BadInput:
    return BadInput(
        "file",
        "Dit Excel-bestand is niet te lezen. Open het en sla het opnieuw op als .xlsx of .csv.",
        code="unreadable_table",
    )
