"""Data files of any content: a catalogue, or problems with a file and a sentence each."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.data_folder import read_folder
from courses.files import SHIPPED, read_catalogue
from courses.problems import CatalogueError, Problem
from courses.toml_lines import lines_of_keys
from tests.tiers import examples

FILES = sorted(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.toml"))
SAME_FOLDER = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
PIECES = st.sampled_from(
    ["[", "]", "[[", "]]", "=", "\n", '"', '"""', "a", "a.b", "1", "1e999", "9" * 50, "true", "{",
     "}", ",", "# x", "2026-02-31", "nan", "inf", "\t", "é", "'", "\\u0000", "[a]\n", "[[a]]\n"]
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("catalogue") / "data"
    shutil.copytree(SHIPPED, made)
    return made


@settings(max_examples=examples(10, 500), deadline=None, suppress_health_check=SAME_FOLDER)
@given(data=st.data())
def test_a_damaged_file_is_a_catalogue_or_a_list_of_problems(
    folder: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(FILES))
    whole = (SHIPPED / name).read_bytes()
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    (folder / name).write_bytes(bytes(content))
    problems: tuple[Problem, ...] = ()
    try:
        assert read_catalogue(folder).interventions
    except CatalogueError as error:
        problems = error.problems
    finally:
        (folder / name).write_bytes(whole)
    assert all(problem.message for problem in problems)


@settings(max_examples=examples(20, 1000), deadline=None, suppress_health_check=SAME_FOLDER)
@given(content=st.binary(max_size=200) | st.lists(PIECES, max_size=30).map("".join).map(str.encode))
def test_any_content_is_read_or_refused(folder: Path, content: bytes) -> None:
    whole = (SHIPPED / "sources.toml").read_bytes()
    (folder / "sources.toml").write_bytes(content)
    try:
        found = read_folder(folder)
    finally:
        (folder / "sources.toml").write_bytes(whole)
    told = [problem for problem in found.problems if problem.file == "sources.toml"]
    assert told or content == b""


@settings(max_examples=examples(50, 2000), deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_lines_are_found_or_not_but_never_without_end(text: str) -> None:
    try:
        lines = lines_of_keys(text)
    except (IndexError, ValueError, AttributeError, AssertionError, RecursionError):
        # Only asked about text that is TOML; on anything else it need only end.
        return
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
