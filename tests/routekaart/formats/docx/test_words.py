"""What a text becomes in a Word file: readable, whole, and never an error."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.formats.docx.words import clean


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gewone tekst, met €, é en – streepjes", "Gewone tekst, met €, é en – streepjes"),
        ("a\tb", "a b"),
        ("een\r\ntwee\rdrie\x0bvier\u2028vijf", "een\ntwee\ndrie\nvier\nvijf"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("Jan\u202egpj.exe", "Jangpj.exe"),
        ("a\u2066b\u2069\u200e\u200f\ufeffc", "abc"),
        ("a\U000e0041b", "ab"),
        ("a\ud800b", "a▯b"),
        ("a\uffffb\ufffe", "a▯b▯"),
        ("Noor 😀👩🏽‍🏫", "Noor 😀👩🏽‍🏫"),
        ("עברית 张伟", "עברית 张伟"),
        ("ver\u00adge\u200blijken", "ver\u00adge\u200blijken"),
        ("Zoe\u0308", "Zoë"),
        ("\u202e\u200e", "▯"),
        ("", ""),
        ("  ", "  "),
    ],
)
def test_shows_what_can_be_shown(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_pile_of_marks_is_cut() -> None:
    assert clean("Q" + "\u0301" * 20) == "Q" + "\u0301" * 3


@given(st.text(st.characters(exclude_categories=())))
def test_gives_nothing_that_xml_forbids(text: str) -> None:
    shown = clean(text)
    shown.encode("utf-8")
    assert not {"\ufffe", "\uffff"} & set(shown)
    assert all(one == "\n" or unicodedata.category(one) != "Cc" for one in shown)
    assert clean(shown) == shown
