"""Content as JSON and its hash."""

from dataclasses import dataclass

import pytest

from routekaart.domain.content.canonical import as_json, canonical_json, content_hash
from routekaart.domain.content.parts import Column, Fact, Scale, Table


def test_json_is_canonical() -> None:
    assert canonical_json(Fact("Werk", "Zoë")) == '{"label":"Werk","value":"Zoë"}'.encode()
    assert as_json(Scale(1, 5)) == {"filled": 1, "steps": 5}


def test_hash_follows_content_kind_and_renderer() -> None:
    @dataclass(frozen=True)
    class Other:
        label: str
        value: str

    fact = Fact("a", "b")
    hashes = [
        content_hash(fact),
        content_hash(Fact("a", "c")),
        content_hash(Other("a", "b")),
        content_hash(fact, "typst 1"),
        content_hash(fact, "typst", " 1"),
        content_hash(fact, "typst 1", ""),
    ]
    assert len(set(hashes)) == len(hashes)
    assert content_hash(Fact("a", "b")) == hashes[0]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="A row has 1 cells where the table has 2 columns"):
        Table((Column("a"), Column("b")), (("x",),), "")
