"""The types of text that bodies are made of: what they let in can go anywhere."""

import contextlib
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from routekaart.api import shapes
from tests.tiers import examples

LINES = [shapes.ShortText, shapes.Sentence, shapes.OptionalText, shapes.Slug, shapes.WebAddress]
LINES += [shapes.Email]
TEXTS = [shapes.LongText, shapes.GatheredText, shapes.FilledText, shapes.TableText]
OTHERS = [shapes.Day, shapes.ClockTime, shapes.Id]
ANY = st.text() | st.text(alphabet="https://.@:-_0123456789abcdef\r\n\0 \u2028\ud800", max_size=50)
ANY |= st.text(alphabet="a \u202a\u202e\u202c\u2066\u2069", max_size=9)
STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("kind", [*LINES, *TEXTS])
@settings(max_examples=examples(30, 1000), deadline=None)
@given(text=ANY)
def test_no_text_holds_what_breaks_further_on(kind: Any, text: str) -> None:
    with contextlib.suppress(ValidationError):
        found = TypeAdapter(kind).validate_python(text, strict=True)
        found.encode("utf-8")
        controls = {sign for sign in found if unicodedata.category(sign) == "Cc"}
        assert controls <= (set() if kind in LINES else {"\n", "\t"})
        assert not {*STEERING} & {*found}


@pytest.mark.parametrize("kind", [shapes.ShortText, shapes.FilledText])
def test_what_turns_the_order_of_reading_is_left_out(kind: Any) -> None:
    read = TypeAdapter(kind).validate_python
    assert read("\u202a Jan\u202egpj.exe \u202c", strict=True) == "Jangpj.exe"
    # And then it must still say something.
    with pytest.raises(ValidationError):
        read("\u202e \u2066", strict=True)


@pytest.mark.parametrize("kind", OTHERS)
@settings(max_examples=examples(30, 1000), deadline=None)
@given(text=ANY | st.integers() | st.none() | st.binary())
def test_no_day_time_or_id_comes_from_something_else(kind: Any, text: Any) -> None:
    with contextlib.suppress(ValidationError):
        found = TypeAdapter(kind).validate_python(text)
        assert str(found).startswith(str(text).lower()[:5])


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://a:b@c.test", "https://", "//x.test", "https://x.test/\n",
     "https://x.test:99999", "https://[::1", "data:text/html,x", "ftp://x.test", "https://x.test/é"],
)  # fmt: skip
def test_what_is_no_address_of_a_page(address: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(shapes.WebAddress).validate_python(address)
