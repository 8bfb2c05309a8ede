"""Letters that look like others, texts that were garbled, and signs that nobody sees."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routekaart.domain.rules.letters import is_garbled, mixed_word, strange_letter, unseen
from tests.tiers import examples


@pytest.mark.parametrize("text", ["Dе Wit", "Οnderbouw", "Jаnsen-Bakker", "Anna Pеter", "Օscar"])
def test_a_word_in_two_alphabets(text: str) -> None:
    assert mixed_word(f"Groep {text} B") in text.replace("-", " ").split()


@pytest.mark.parametrize(
    "text", ["", "Zoë Łukasz", "Иванов", "Νίκος", "Groep 7/8", "Иванов Jansen", "名前 Jan", "Şahin"]
)
def test_a_word_in_one(text: str) -> None:
    assert mixed_word(text) == ""


@pytest.mark.parametrize(
    "name", ["Zoë", "André", "Çelik", "Łukasz", "Ærø", "naïef", "’t Hart", "€ 5", "Jürgen", "Ñandú"]
)
def test_what_windows_makes_of_utf_8_is_seen(name: str) -> None:
    assert not is_garbled(name)
    assert is_garbled(name.encode().decode("cp1252", "replace"))


@pytest.mark.parametrize("text", ["Zo‰", "Zo\ufffd", "Andr‚", "Fran‡ois"])
def test_other_ways_to_lose_an_accent(text: str) -> None:
    assert is_garbled(text) is (text != "Andr‚")


@pytest.mark.parametrize("text", ["a\0b", "\x1b", "\x7f", "\x80", "\ud800", "\ue000", "\uffff"])
def test_signs_that_nobody_types(text: str) -> None:
    assert unseen(text)


@pytest.mark.parametrize("text", ["", "a\tb\r\nc\x85", "Zoë 😀", "\u00a0", "名"])
def test_signs_that_somebody_does(text: str) -> None:
    assert not unseen(text)


def test_the_first_letter_that_is_not_plain() -> None:
    assert strange_letter("nоor@х.nl") == "о"
    assert strange_letter("noor@x.nl") == ""


@settings(max_examples=examples(100, 3000))
@given(st.text())
def test_any_text(text: str) -> None:
    assert mixed_word(text) in text
    assert unseen(text) == any(unseen(sign) for sign in text)
    assert strange_letter(text).isascii() == text.isascii() or not strange_letter(text)
    # Plain text is never refused for its letters.
    assert not text.isascii() or not (is_garbled(text) or mixed_word(text))
