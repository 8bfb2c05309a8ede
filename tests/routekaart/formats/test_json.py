"""Content as JSON: whatever somebody typed, another program reads the same text."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.content.canonical import as_json, canonical_json, content_hash
from routekaart.domain.content.overview_workbook import board_workbook, school_workbook
from routekaart.domain.content.scholingsplan import build_scholingsplan
from tests.routekaart.formats.test_overview_files import HOSTILE, overview_in
from tests.routekaart.sample_blocks import every_block, with_text
from tests.routekaart.sample_team import renamed, sample
from tests.tiers import examples

BLOCKS = every_block()


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a JSON value, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def in_utf_8(text: str) -> str:
    """Half a pair of signs has no bytes: it shows as a sign that says so."""
    return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)


def assert_is_read_back(text: str) -> None:
    written = canonical_json(with_text(BLOCKS, text))
    told = zip(texts_in(json.loads(written)), texts_in(as_json(BLOCKS)), strict=True)
    assert {one for one, before in told if one != before} == {in_utf_8(text)}
    overview = overview_in(text)
    for content in (
        build_scholingsplan(renamed(sample(people=1, goals=1, days=1), text)),
        school_workbook(overview),
        board_workbook(overview),
    ):
        read = json.loads(canonical_json(content))
        assert list(texts_in(read)) == [in_utf_8(one) for one in texts_in(as_json(content))]
        assert content_hash(content) == content_hash(content)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_the_json(name: str) -> None:
    assert_is_read_back(HOSTILE[name])


@settings(max_examples=examples(8, 300), deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_any_text_gives_json(text: str) -> None:
    assert_is_read_back(text)
