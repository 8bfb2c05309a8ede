"""Our reader of workbooks beside another one: it must see the same, and less of what is odd."""

import contextlib
import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.errors import BadInput
from routekaart.formats.tables import read_table
from routekaart.formats.workbooks.reading import Take, read_sheet
from tests.hostile.texts import HEAD, row
from tests.hostile.workbook_parts import lines, sheet, workbook
from tests.tiers import examples

VALUES = (
    st.none()
    | st.integers(-(10**12), 10**12)
    | st.floats(-1e9, 1e9).map(lambda number: round(number, 4))
    | st.booleans()
    | st.dates(date(1900, 3, 1), date(2100, 1, 1))
    | st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - as in a cell
        lambda moment: moment.replace(microsecond=0)
    )
    | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
)


def as_text(value: Any) -> str:
    """What a cell should come to, by the value that another reader sees."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def rows_of(data: bytes) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    take: Take = lambda number, cells: found.update({number: list(cells)})  # noqa: E731 - one line
    read_sheet(data, take, most_columns=10, most_lines=100, most_signs=500)
    return found


@settings(max_examples=examples(40, 1000), deadline=None)
@given(st.lists(st.lists(VALUES, max_size=6), max_size=6))
def test_the_same_as_another_reader(table: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    for place, cells in enumerate(table, start=1):
        for column, value in enumerate(cells, start=1):
            cell = book.active.cell(place, column)
            cell.value = value
            if isinstance(value, str):
                # Not as a formula or an error, whatever it looks like.
                cell.data_type = "s"
    saved = io.BytesIO()
    book.save(saved)
    other = openpyxl.load_workbook(io.BytesIO(saved.getvalue()))
    expected: dict[int, list[str]] = {}
    for cells in other.active.iter_rows():
        texts = [as_text(cell.value) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            expected[cells[0].row] = texts
    assert rows_of(saved.getvalue()) == expected


@settings(max_examples=examples(40, 1000), deadline=None)
@given(st.data())
def test_a_damaged_part_is_read_or_refused(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(("sheet", "strings", "styles", "book", "book_relations")))
    content = bytearray(sheet(lines(row())) if part == "sheet" else b"<a><b c='1'>x</b></a>")
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadInput):
        assert all(number <= 100 for number in rows_of(workbook(**{part: bytes(content)})))


def test_no_more_than_is_asked_for() -> None:
    found = rows_of(workbook(sheet=sheet(lines(["x" * 900, *"abcdefghijkl"]))))
    assert [len(cell) for cell in found[2]] == [501, *[1] * 9]


def test_what_a_larger_cell_covers_is_known_by_its_place() -> None:
    merged = '<mergeCells><mergeCell ref="D2:E3"/><mergeCell ref="A1:ZZ1"/></mergeCells>'
    data = workbook(sheet=sheet(lines(row(), row()), after=merged))
    found = read_table(data, most_rows=9)
    assert [sorted(each.merged) for each in found] == [list(range(1, 60)), [4], [3, 4]]
    assert found[0].cells == HEAD


@pytest.mark.parametrize("count", [2000, 2001])
def test_as_many_merged_cells_as_may_be(count: int) -> None:
    data = workbook(sheet=sheet(lines(row()), after='<mergeCell ref="A9:B9"/>' * count))
    if count == 2000:
        assert len(read_table(data, most_rows=9)) == 2
        return
    with pytest.raises(BadInput) as refused:
        read_table(data, most_rows=9)
    assert refused.value.code == "too_many_merged"
