"""Workbooks: cells with their type, the same bytes every time, and no text that runs."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.content.parts import Fact, Meta
from routekaart.domain.content.workbook import Sheet, SheetColumn, Workbook
from routekaart.formats.xlsx import render_xlsx, workbook_hash
from routekaart.formats.xlsx_text import LONGEST_CELL, cell_text, sheet_titles
from tests.tiers import examples

META = Meta(
    kind="Overzicht",
    title="Schooloverzicht",
    school_year="2026-2027",
    subject="De Wilg",
    organisation="Stichting & Co",
    status="Stand van 5 oktober 2026",
    version="",
    made_on="2026-10-05",
    running_head="",
    language="nl",
    facts=(Fact("Gemaakt op", "5 oktober 2026"),),
)
COLUMNS = (
    SheetColumn("Team", "text", 30),
    SheetColumn("Doelen", "whole"),
    SheetColumn("Uren", "hours"),
    SheetColumn("Bedrag", "money"),
    SheetColumn("Studiedag", "date", 16),
    SheetColumn("Klaar", "percent"),
    SheetColumn("Programma", "yes_no"),
)
FULL = ("Kleuters", 3, 1590, Decimal("12.50"), date(2026, 11, 4), 83, True)
NONE = ("Bovenbouw", None, None, None, None, None, False)
# A workbook knows no zones: its moments have none either.
MADE, NOVEMBER_4 = datetime(2026, 10, 5), datetime(2026, 11, 4)  # noqa: DTZ001  (local time)
RUNS = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "#N/A", "1e5", "TRUE")


def workbook(*sheets: Sheet) -> Workbook:
    return Workbook("school-overview", META, sheets)


def teams(**changes: Any) -> Sheet:
    sheet = Sheet(
        "Teams",
        COLUMNS,
        (FULL, NONE),
        "Deze school heeft nog geen teams.",
        totals=("Samen", 3, 1590, None, None, None, None),
        notes=("De uren volgen uit het plan.", "Een aanname is een aanname."),
    )
    return replace(sheet, **changes)


def words(text: str) -> Workbook:
    """A workbook in which `text` stands wherever somebody's own words may stand."""
    sheet = Sheet(text, (SheetColumn(text),), ((text,),), text, totals=(text,), notes=(text,))
    meta = replace(META, title=text, subject=text, organisation=text, status=text)
    return Workbook("school-overview", replace(meta, facts=(Fact(text, text),)), (sheet, sheet))


def opened(book: Workbook) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(book)))


def read(text: Any) -> Any:
    """What a spreadsheet shows of a stored text; the library leaves the escapes as they are."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


class TestCells:
    def test_each_has_the_type_of_its_column(self) -> None:
        sheet = opened(workbook(teams()))["Teams"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        hours = timedelta(minutes=1590)
        assert rows == [
            ["Team", "Doelen", "Uren", "Bedrag", "Studiedag", "Klaar", "Programma"],
            ["Kleuters", 3, hours, 12.5, NOVEMBER_4, 0.83, 1],
            ["Bovenbouw", None, None, None, None, None, 0],
            ["Samen", 3, hours, None, None, None, None],
        ]
        assert [cell.number_format for cell in sheet[2]] == [
            "General",
            "[$-413]#,##0",
            "[h]:mm",
            '[$-413]"€" #,##0.00',
            "[$-413]d mmm yyyy",
            "[$-413]0%",
            '"ja";"ja";"nee"',
        ]

    @pytest.mark.parametrize("text", RUNS)
    def test_a_text_is_a_text_whatever_it_begins_with(self, text: str) -> None:
        cells = [cell for sheet in opened(words(text)) for row in sheet for cell in row]
        assert {cell.value for cell in cells} >= {text}
        assert {(cell.data_type, cell.quotePrefix) for cell in cells if cell.value} == {("s", True)}

    def test_what_a_cell_cannot_hold_leaves_a_mark(self) -> None:
        assert cell_text("a\x00b\x1bc\ud800d\ufffee") == "a▯b▯c▯d▯e"
        assert cell_text("Jan\u202egpj.exe") == "Jangpj.exe"
        assert cell_text("een\r\ntwee\u2028drie\rvier\tvijf") == "een\ntwee\ndrie\nvier\tvijf"
        assert cell_text("_x0041_ _x_ _xyz_") == "_x005F_x0041_ _x_ _xyz_"

    def test_what_is_too_long_is_cut_and_says_so(self) -> None:
        assert cell_text("A" * LONGEST_CELL) == "A" * LONGEST_CELL
        long = cell_text("A" * (LONGEST_CELL + 1))
        assert (len(long), long[-13:]) == (LONGEST_CELL, "A… (afgekapt)")
        # A spreadsheet counts an emoji as two.
        smiling = cell_text("😀" * LONGEST_CELL)
        assert len(smiling.encode("utf-16-le")) // 2 == LONGEST_CELL - 1
        assert smiling.endswith("😀… (afgekapt)")

    def test_a_value_that_does_not_fit_its_column_is_refused(self) -> None:
        for column, value in ((0, 1), (1, True), (1, "1"), (4, NOVEMBER_4), (6, 1)):
            row = list(FULL)
            row[column] = value
            with pytest.raises(ValueError, match="holds"):
                teams(rows=(tuple(row),))
        with pytest.raises(ValueError, match="6 cells"):
            teams(rows=(FULL[:6],))
        with pytest.raises(ValueError, match="one column"):
            Sheet("Leeg", (), (), "")


class TestSheets:
    def test_the_head_stays_in_sight_and_on_every_page(self) -> None:
        sheet = opened(workbook(teams()))["Teams"]
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:G3")
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        assert [sheet.column_dimensions[letter].width for letter in "AE"] == [30, 16]

    def test_a_wide_sheet_is_printed_on_pages_side_by_side(self) -> None:
        column = SheetColumn("Wat", width=100)
        sheet = Sheet("Breed", (column,) * 4, (), "Niets.")
        assert opened(workbook(sheet))["Breed"].page_setup.fitToWidth == 3

    def test_rows_are_as_high_as_their_texts(self) -> None:
        rows = (("kort", 1), ("vijf woorden op twee regels", 2), ("a\nb\nc", 3), ("x" * 5000, 4))
        columns = (SheetColumn("Wat", width=15), SheetColumn("Hoe vaak dit zo is", "whole", 10))
        sheet = opened(workbook(Sheet("Hoog", columns, rows, "")))["Hoog"]
        assert [sheet.row_dimensions[number].height for number in range(1, 6)] == [
            60,
            15,
            30,
            45,
            300,
        ]

    def test_without_rows_it_says_why(self) -> None:
        sheet = opened(workbook(teams(rows=(), totals=())))["Teams"]
        assert (sheet.max_row, sheet["A2"].value) == (2, "Deze school heeft nog geen teams.")

    def test_sources_and_assumptions_stand_on_a_sheet_of_their_own(self) -> None:
        book = opened(workbook(teams(), teams(title="Toelichting", notes=("Nog iets.",))))
        assert book.sheetnames == ["Teams", "Toelichting", "Toelichting (2)"]
        assert [list(row) for row in book["Toelichting (2)"].values] == [
            ["Schooloverzicht", "De Wilg"],
            ["Gemaakt op", "5 oktober 2026"],
            ["Bij blad Teams", "De uren volgen uit het plan."],
            [None, "Een aanname is een aanname."],
            ["Bij blad Toelichting", "Nog iets."],
        ]

    def test_their_names_are_short_clean_and_different(self) -> None:
        long = "Een heel lange naam van een school"
        assert sheet_titles(["a/b:[c]", "A B C", "'History'", "", long, long, "x" * 40]) == (
            "a b c",
            "A B C (2)",
            "History (2)",
            "Blad",
            "Een heel lange naam van een sc…",
            "Een heel lange naam van een (2)",
            "x" * 30 + "…",
        )


class TestBytes:
    def test_the_same_content_gives_the_same_file(self) -> None:
        book = workbook(teams())
        assert render_xlsx(book) == render_xlsx(book)
        assert workbook_hash(book) == workbook_hash(workbook(teams()))
        assert workbook_hash(book) != workbook_hash(workbook(teams(title="Groepen")))

    def test_no_clock_is_in_it(self) -> None:
        data = render_xlsx(workbook(teams()))
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        told = openpyxl.load_workbook(io.BytesIO(data)).properties
        assert (told.created, told.modified) == (MADE, MADE)
        assert (told.creator, told.title) == ("Stichting & Co", "Schooloverzicht – De Wilg")


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
@settings(max_examples=examples(60, 300), deadline=None)
def test_any_text_comes_back_as_text(text: str) -> None:
    book = opened(words(text))
    expected = cell_text(text) or None
    sheet = book.worksheets[0]
    assert [[cell.value for cell in row] for row in sheet] == [[expected]] * 3
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
    names = [name.casefold() for name in book.sheetnames]
    assert len(set(names)) == 3
    assert all(0 < len(name) <= 31 for name in names)
    if not re.search("[^\n\t\x20-\x7e]", text):
        assert read(expected or "") == text
