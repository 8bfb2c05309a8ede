"""Text that a spreadsheet would run."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.formats.formulas import neutral, runs
from routekaart.formats.tables import csv_bytes
from tests.hostile.texts import FORMULAS
from tests.tiers import examples


@pytest.mark.parametrize("text", [one for one in FORMULAS if not one.startswith("#")])
def test_a_formula_becomes_text(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert not runs(neutral(text))


@pytest.mark.parametrize("text", ["", "Noor", "a=b", "1-1", "'=1", "’t Hart", "#N/A", "  Noor"])
def test_other_text_stays(text: str) -> None:
    assert neutral(text) == text


@settings(max_examples=examples(100, 3000))
@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=4))
def test_no_cell_of_a_file_runs(rows: list[list[str]]) -> None:
    written = csv_bytes(rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))
    assert not any(runs(cell) for row in read for cell in row)
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
