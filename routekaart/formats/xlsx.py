"""Content → XLSX: typed cells that can be filtered and added up, same content same bytes.

A cell is a text, a number or a date because its column says so; nothing is ever a formula.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from math import ceil
from pathlib import Path
from textwrap import wrap
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from routekaart.domain.content.canonical import content_hash
from routekaart.domain.content.parts import Meta
from routekaart.domain.content.workbook import CellType, Sheet, SheetColumn, Value, Workbook
from routekaart.formats.fixed_zip import with_fixed_times
from routekaart.formats.xlsx_text import cell_text, sheet_titles

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSION = "xlsx"
NOTES_TITLE = "Toelichting"

# Written as the file format wants it; 413 is Dutch, which decides about points and commas.
_FORMATS: dict[CellType, str] = {
    "text": "General",
    "whole": "[$-413]#,##0",
    "hours": "[h]:mm",
    "money": '[$-413]"€" #,##0.00',
    "date": "[$-413]d mmm yyyy",
    "percent": "[$-413]0%",
    # A true or false would read WAAR or ONWAAR.
    "yes_no": '"ja";"ja";"nee"',
}
_MINUTES_A_DAY = 24 * 60
_PETROL, _PETROL_SOFT, _LINE = "FF0F4F5C", "FFDBE9E8", "FFC3D0CF"
_FONT = "Calibri"
_HEAD_FONT = Font(_FONT, 11, bold=True, color="FFFFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor=_PETROL)
_TOTAL_FONT = Font(_FONT, 11, bold=True)
_TOTAL_FILL = PatternFill("solid", fgColor=_PETROL_SOFT)
_BELOW = Border(bottom=Side("thin", color=_LINE))
_QUIET = Font(_FONT, 11, italic=True, color="FF4D5F66")
_TOP = Alignment(vertical="top", wrap_text=True)
_TOP_RIGHT = Alignment(vertical="top", horizontal="right")
_NOTES_WIDTHS = (26, 100)
_HEADER_LENGTH = 80
_CHARACTERS_A_PAGE = 160
# In points, and how many of them a row has at most.
_LINE_HEIGHT, _MOST_LINES = 15, 20
# What the button of the filter takes of a title, in characters.
_BUTTON = 3
_SOURCES = ("fixed_zip.py", "xlsx.py", "xlsx_text.py")


def render_xlsx(workbook: Workbook) -> bytes:
    """The workbook as XLSX bytes: a sheet for each of its own, and one with what they rest on."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    titles = sheet_titles((*(sheet.title for sheet in workbook.sheets), NOTES_TITLE))
    for title, sheet in zip(titles, workbook.sheets, strict=False):
        _fill(book.create_sheet(title), sheet, workbook.meta)
    _fill_notes(book.create_sheet(titles[-1]), workbook, titles)
    file = io.BytesIO()
    book.save(file)
    # The library writes the moment of saving into it.
    core = tostring(_properties(workbook.meta).to_tree())
    return with_fixed_times(file.getvalue(), {ARC_CORE: core})


def workbook_hash(workbook: Workbook) -> str:
    """SHA-256 (hex) over content, layout and library: equal means equal bytes."""
    return content_hash(workbook, *renderer_version())


@cache
def renderer_version() -> tuple[str, ...]:
    """What besides the content decides the bytes of a workbook."""
    layout = hashlib.sha256()
    for name in _SOURCES:
        data = (Path(__file__).parent / name).read_bytes()
        layout.update(len(data).to_bytes(8, "big") + data)
    return EXTENSION, f"openpyxl {version('openpyxl')}", layout.hexdigest()


def _fill(target: Worksheet, sheet: Sheet, meta: Meta) -> None:
    widths = [column.width for column in sheet.columns]
    _fit(target, 1, [column.title for column in sheet.columns], [w - _BUTTON for w in widths])
    for place, column in enumerate(sheet.columns, start=1):
        _head(target.cell(1, place), column)
        target.column_dimensions[get_column_letter(place)].width = column.width
    for number, row in enumerate(sheet.rows, start=2):
        _fit(target, number, row, widths)
        for cell, column, value in _cells(target, number, sheet.columns, row):
            _put(cell, column.type, value)
            cell.border = _BELOW
    last = len(sheet.rows) + 1
    if not sheet.rows:
        _text(target.cell(2, 1), sheet.missing).font = _QUIET
    if sheet.totals:
        _fit(target, last + 1, sheet.totals, widths)
        for cell, column, value in _cells(target, last + 1, sheet.columns, sheet.totals):
            _put(cell, "text" if isinstance(value, str) else column.type, value)
            cell.font, cell.fill = _TOTAL_FONT, _TOTAL_FILL
    # The row of totals stays out of it: it is no row to sort or to filter.
    target.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    target.freeze_panes = "B2"
    target.print_title_rows = "1:1"
    # On as many pages side by side as it takes to be read, the first column on each.
    target.print_title_cols = "A:A"
    _page(target, meta, landscape=True, pages_wide=ceil(sum(widths) / _CHARACTERS_A_PAGE))


def _fit(target: Worksheet, number: int, row: Iterable[Value], widths: Sequence[int]) -> None:
    """Makes a row as high as its texts need: not every program does so by itself."""
    lines = max(
        (_lines(value, width) for value, width in zip(row, widths, strict=True)),
        default=1,
    )
    target.row_dimensions[number].height = _LINE_HEIGHT * min(lines, _MOST_LINES)


def _lines(value: Value, width: int) -> int:
    if not isinstance(value, str):
        return 1
    # What is longer is cut off in sight anyway, and stays whole in the cell.
    shown = value[: max(width, 1) * _MOST_LINES]
    return sum(max(1, len(wrap(part, max(width, 1)))) for part in shown.split("\n"))


def _cells(
    target: Worksheet, number: int, columns: Sequence[SheetColumn], row: Sequence[Value]
) -> Iterator[tuple[Cell, SheetColumn, Value]]:
    for place, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
        yield target.cell(number, place), column, value


def _head(cell: Cell, column: SheetColumn) -> None:
    _text(cell, column.title)
    cell.font, cell.fill = _HEAD_FONT, _HEAD_FILL
    cell.alignment = Alignment(
        vertical="top",
        wrap_text=True,
        horizontal="left" if column.type == "text" else "right",
    )


def _put(cell: Cell, kind: CellType, value: Value) -> None:
    if isinstance(value, str):
        _text(cell, value)
        return
    cell.alignment = _TOP_RIGHT
    if value is None:
        return
    cell.value = _stored(kind, value)
    cell.number_format = _FORMATS[kind]


def _stored(kind: CellType, value: int | Decimal | date) -> Any:
    """A number as the file holds it: hours in days, percents as a share, a yes as 1."""
    if isinstance(value, date):
        return value
    if kind == "hours":
        return Decimal(value) / _MINUTES_A_DAY
    if kind == "percent":
        return Decimal(value) / 100
    return int(value) if kind == "yes_no" else value


def _text(cell: Cell, text: str) -> Cell:
    cell.alignment = _TOP
    if not text:
        return cell
    cell.value = cell_text(text)
    # The library takes what begins with = for a formula, and what reads #N/A for an error.
    cell.data_type = "s"
    # So does a spreadsheet once somebody edits the cell, unless it is told that it is quoted.
    cell.quotePrefix = True
    return cell


def _fill_notes(target: Worksheet, workbook: Workbook, titles: Sequence[str]) -> None:
    """What is in this file, of when, and what its figures rest on."""
    meta = workbook.meta
    for place, width in enumerate(_NOTES_WIDTHS, start=1):
        target.column_dimensions[get_column_letter(place)].width = width
    lines: list[tuple[str, str]] = [(meta.title, meta.subject)]
    lines += [(fact.label, fact.value) for fact in meta.facts]
    first_note = len(lines) + 1
    lines += _notes(workbook.sheets, titles)
    for number, (label, text) in enumerate(lines, start=1):
        _text(target.cell(number, 1), label).font = _TOTAL_FONT
        _text(target.cell(number, 2), text)
        _fit(target, number, (label, text), _NOTES_WIDTHS)
        if number == first_note:
            for place in (1, 2):
                target.cell(number, place).border = Border(top=Side("thin", color=_LINE))
    _page(target, meta, landscape=False)


def _notes(sheets: Iterable[Sheet], titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    for title, sheet in zip(titles, sheets, strict=False):
        for place, note in enumerate(sheet.notes):
            yield "" if place else f"Bij blad {title}", note


def _page(target: Worksheet, meta: Meta, *, landscape: bool, pages_wide: int = 1) -> None:
    target.page_setup.paperSize = target.PAPERSIZE_A4
    target.page_setup.orientation = "landscape" if landscape else "portrait"
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = pages_wide, 0
    target.sheet_properties.pageSetUpPr.fitToPage = True
    target.oddHeader.left.text = _in_header(f"{meta.title} {meta.school_year}")
    target.oddHeader.right.text = _in_header(meta.status)
    target.oddFooter.left.text = "&A"
    target.oddFooter.right.text = "pagina &P van &N"


def _in_header(text: str) -> str:
    # There & begins a code.
    return cell_text(" ".join(text.split()))[:_HEADER_LENGTH].replace("&", "&&")


def _properties(meta: Meta) -> DocumentProperties:
    made = datetime.combine(date.fromisoformat(meta.made_on), time())
    return DocumentProperties(
        creator=cell_text(meta.organisation),
        title=cell_text(f"{meta.title} – {meta.subject}"),
        language=meta.language,
        created=made,
        modified=made,
    )
