"""Reading tables as people hand them in: however they save them, and what is no table."""

import contextlib
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.errors import BadInput
from routekaart.formats import tables
from routekaart.formats.tables import MOST_BYTES, csv_bytes, read_table
from tests.tiers import examples

Rows = list[tuple[int, tuple[str, ...]]]


def read(data: bytes, most_rows: int = 100) -> Rows:
    return [(row.number, row.cells) for row in read_table(data, most_rows=most_rows)]


def refused(data: bytes, most_rows: int = 100) -> str:
    with pytest.raises(BadInput) as wrong:
        read_table(data, most_rows=most_rows)
    assert wrong.value.field == "file"
    return wrong.value.code


def workbook(*rows: tuple[Any, ...], change: Callable[[Any], None] = lambda _book: None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def repacked(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with one part written anew."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, edit(content) if name == part else content)
    return saved.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


class TestText:
    @pytest.mark.parametrize(
        "data",
        [
            b"naam;team\nZo\xc3\xab;A",
            b"\xef\xbb\xbfnaam;team\r\nZo\xc3\xab;A\r\n",
            b"naam,team\rZo\xeb,A\r",
            b"sep=,\nnaam,team\nZo\xeb,A",
            "naam\tteam\nZoë\tA\n".encode("utf-16"),
            "naam;team\nZoe\u0308;A\n".encode(),
            "naam;team\n\u200bZo\u00adë;A".encode(),
            b'"naam";"team"\n"Zo\xc3\xab";A\n',
        ],
    )
    def test_marks_separators_and_line_ends(self, data: bytes) -> None:
        assert read(data) == [(1, ("naam", "team")), (2, ("Zoë", "A"))]

    def test_rows_are_numbered_as_a_spreadsheet_does(self) -> None:
        data = b'Lijst, van ons\n\nnaam;team;dagen\n;;\n"A\nB";x;y\nC;;\n'
        assert read(data) == [
            (1, ("Lijst, van ons",)),
            (3, ("naam", "team", "dagen")),
            (5, ("A\nB", "x", "y")),
            (6, ("C",)),
        ]

    def test_nothing_at_all(self) -> None:
        assert read(b"") == []
        assert read(b"\n;;\n ; \n") == []

    def test_text_that_looks_like_something_else_stays_text(self) -> None:
        assert read(b"=1+1;007;1e5") == [(1, ("=1+1", "007", "1e5"))]

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b'naam;team\n"A;x\nB;y\n', "unreadable_table"),
            (b'naam;team\n"A"B;x\n', "unreadable_table"),
            (b"naam;" + b"x" * 140_000, "unreadable_table"),
            (b"naam;\x81", "unreadable_table"),
            (b"\xff\xfea", "unreadable_table"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
            (b"a" * (MOST_BYTES + 1), "too_large"),
            (b"a\nb\nc\n", "too_many_rows"),
            (b"a;" + b"x" * (tables.MOST_SIGNS + 1), "cell_too_long"),
            (b" <html><td>naam", "unreadable_table"),
            (b"\xff\xfe\0\0a\0\0\0", "unreadable_table"),
            (b"\n" * (tables.MOST_LINES + 1), "too_many_rows"),
        ],
    )
    def test_what_is_no_table(self, data: bytes, code: str) -> None:
        assert refused(data, most_rows=2) == code

    def test_what_stands_in_quotes_separates_nothing(self) -> None:
        data = b'naam;team\n"a,b,c,\nd,e";x\n'
        assert read(data) == [(1, ("naam", "team")), (2, ("a,b,c,\nd,e", "x"))]

    def test_marks_of_direction_are_left_out(self) -> None:
        assert read("naam\n\u202eZoë\u2066\n\u200f\n".encode()) == [(1, ("naam",)), (2, ("Zoë",))]

    def test_a_cell_that_is_too_long_is_pointed_at(self) -> None:
        with pytest.raises(BadInput, match="In regel 2, kolom 3 staan meer dan 5000 tekens"):
            read(b"a;b;c\n1;2;" + b"x" * 5001)

    def test_wide_rows_are_cut(self) -> None:
        assert read(b"x;" * 100) == [(1, ("x",) * tables.MOST_COLUMNS)]


class TestWorkbook:
    def test_cells_become_text(self) -> None:
        data = workbook(
            ("Zoë", 1, 0.1 + 0.2, 1.0, True, None),
            (),
            (date(2026, 8, 1), datetime(2026, 8, 1, 9, 30), "=A1", "-x", "007", False),  # noqa: DTZ001
        )
        assert read(data) == [
            (1, ("Zoë", "1", "0.3", "1", "WAAR")),
            (3, ("2026-08-01", "2026-08-01T09:30:00", "=A1", "-x", "007", "ONWAAR")),
        ]

    def test_the_first_sheet_that_can_be_seen(self) -> None:
        def hide(book: Any) -> None:
            book.create_sheet("Tweede").append(["daar"])
            book.create_sheet("Derde").append(["verder"])
            book.worksheets[0].sheet_state = "hidden"

        assert read(workbook(("hier",), change=hide)) == [(1, ("daar",))]

    def test_a_formula_over_several_cells(self) -> None:
        def add(book: Any) -> None:
            formula = openpyxl.worksheet.formula.ArrayFormula("A1:A2", "=B1:B2")
            book.active["A1"] = formula

        assert read(workbook(change=add)) == [(1, ("=B1:B2",))]

    def test_no_row_is_lost_to_a_wrong_size(self) -> None:
        data = repacked(
            workbook(("a", "b"), ("c", "d")),
            SHEET,
            lambda content: content.replace(b'ref="A1:B2"', b'ref="A1"'),
        )
        assert read(data) == [(1, ("a", "b")), (2, ("c", "d"))]

    def test_a_cell_far_away(self) -> None:
        def far(book: Any) -> None:
            book.active["A900000"] = "x"

        assert refused(workbook(("a",), change=far)) == "too_many_rows"

        def wide(book: Any) -> None:
            book.active["XFD1"] = "x"

        assert read(workbook(("a",), change=wide)) == [(1, ("a",))]

    def test_what_no_spreadsheet_has(self) -> None:
        data = workbook(("a",))
        entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
        for edit in (
            lambda content: content.replace(b"<worksheet", entity + b"<worksheet", 1),
            lambda content: (entity + content).decode().encode("utf-16"),
            lambda content: (entity + content).decode().encode("utf-7"),
            lambda _content: b"<worksheet",
            lambda _content: b" " * 20_000_000,
        ):
            code = refused(repacked(data, SHEET, edit))
            assert code in {"unreadable_table", "too_large"}
        assert refused(repacked(data, "xl/workbook.xml", lambda _content: b"<a/>")) == (
            "unreadable_table"
        )

    def test_a_zip_that_is_no_workbook(self) -> None:
        saved = io.BytesIO()
        with zipfile.ZipFile(saved, "w") as made:
            made.writestr("brief.txt", "hallo")
        assert refused(saved.getvalue()) == "unreadable_table"
        assert refused(b"PK\x03\x04") == "unreadable_table"

    def test_a_zip_that_grows(self) -> None:
        saved = io.BytesIO()
        with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("a.xml", b" " * 20_000_001)
        assert refused(saved.getvalue()) == "too_large"


class TestAnyBytes:
    @settings(max_examples=examples(50, 2000), deadline=None)
    @given(st.binary(max_size=200))
    def test_a_table_or_a_sentence_that_says_what_to_do(self, data: bytes) -> None:
        with contextlib.suppress(BadInput):
            rows = read_table(data, most_rows=20)
            assert all(row.cells[-1].strip() for row in rows)

    @settings(max_examples=examples(30, 500), deadline=None)
    @given(st.data())
    def test_a_workbook_that_was_damaged(self, data: st.DataObject) -> None:
        whole = bytearray(WHOLE)
        for _ in range(data.draw(st.integers(1, 4))):
            whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
        with contextlib.suppress(BadInput):
            assert len(read_table(bytes(whole), most_rows=20)) < 20


WHOLE = workbook(("naam", "team"), ("Zoë", "A"))


class TestTaking:
    def test_what_was_written_is_read_back(self) -> None:
        written = csv_bytes([("naam", "team"), ("Zoë; A", 'zij "zelf"')])
        assert written.startswith(b"\xef\xbb\xbfnaam;team\r\n")
        assert read(written) == [(1, ("naam", "team")), (2, ("Zoë; A", 'zij "zelf"'))]

    @pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
    def test_no_spreadsheet_runs_a_cell(self, cell: str) -> None:
        assert f"'{cell}".encode() in csv_bytes([[cell]])
