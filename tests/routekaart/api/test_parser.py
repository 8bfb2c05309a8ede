"""Bodies as they come in: JSON that everybody reads alike, or a refusal that names the fault."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.api.errors import Refused
from routekaart.api.parser import parse_json
from tests.tiers import examples

WORDS = st.text(st.characters(codec="utf-8"))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def code_of(body: bytes) -> str:
    with pytest.raises(Refused) as refused:
        parse_json(body)
    return refused.value.code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "malformed_json"),
        (b"\xff", "not_utf8"),
        (b"\xef\xbb\xbf{}", "malformed_json"),
        ("{}".encode("utf-16"), "not_utf8"),
        (b"NaN", "not_a_number"),
        (b"-Infinity", "not_a_number"),
        (b"1e999", "not_a_number"),
        (b"9" * 5000, "not_a_number"),
        (b'{"a": 1, "a": 2}', "doubled_key"),
        (b"[" * 21 + b"]" * 21, "nested_too_deep"),
        (b"[" * 100_000, "nested_too_deep"),
        (b'{"a":' * 100_000, "nested_too_deep"),
        (b"[1,]", "malformed_json"),
        (b"{'a': 1}", "malformed_json"),
    ],
)
def test_what_is_no_json(body: bytes, code: str) -> None:
    assert code_of(body) == code


@settings(max_examples=examples(100, 5000))
@given(PLAIN)
def test_json_is_read_as_it_was_meant(value: Any) -> None:
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@settings(max_examples=examples(200, 10_000))
@given(st.binary() | st.text(alphabet='{}[]",:0123456789eE+-.truefalsnN \\u').map(str.encode))
def test_any_bytes_are_json_or_refused(body: bytes) -> None:
    try:
        value = parse_json(body)
    except Refused as refused:
        assert (refused.status, bool(refused.detail)) == (400, True)  # noqa: PT017 - both will do
    else:
        assert json.loads(json.dumps(value)) == value
