"""Text made fit for the font."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routekaart.formats.fonts import printable_characters
from routekaart.formats.printable import REPLACEMENT, ZERO_WIDTH_SPACE, PrintableText

KEPT_CONTROLS = {"\n", "\u00ad", ZERO_WIDTH_SPACE}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë Özdemir-Çelik", "Zoë Özdemir-Çelik"),
        ("Ngọc Nguyễn, Łukasz, Ștefan, Đorđe", "Ngọc Nguyễn, Łukasz, Ștefan, Đorđe"),
        ("Zoe\u0308", "Zoë"),
        ("Νίκος Иван", "Νίκος Иван"),
        ("a\tb", "a b"),
        ("een\r\ntwee\rdrie\u2028vier\u2029vijf", "een\ntwee\ndrie\nvier\nvijf"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("Jan\u202egpj.exe\u2066\u200f", "Jangpj.exe"),
        ("\ufeffNoor", "Noor"),
        ("𝐉𝐚𝐧", "Jan"),
        ("Ｊａｎ", "Jan"),
        ("Noor 😀", f"Noor {REPLACEMENT}"),
        ("👩🏽\u200d🏫", REPLACEMENT * 3),
        ("❤\ufe0f", REPLACEMENT),
        ("张伟", REPLACEMENT * 2),
        ("a\ud800b", f"a{REPLACEMENT}b"),
        ("\ue000\uffff", REPLACEMENT * 2),
        ("Z" + "\u0301" * 20, "Ź\u0301\u0301\u0301"),
        ("\u0301\u0302a\u0302", f"{REPLACEMENT}â"),
        ("\u202e\u0007", REPLACEMENT),
        ("", ""),
        ("  ", "  "),
    ],
)
def test_shows_what_the_font_has_and_marks_the_rest(text: str, shown: str) -> None:
    texts = PrintableText()
    assert texts.text(text) == shown
    assert texts.replaced is (REPLACEMENT in shown)


def test_only_words_too_long_for_a_column_get_places_to_break() -> None:
    longest = "samenwerkingsverbandscoördinator"
    assert PrintableText().text(longest) == longest
    broken = PrintableText().text("A" * 40)
    assert broken == ZERO_WIDTH_SPACE.join(["A" * 8] * 5)


def test_walks_through_json_and_leaves_keys_and_numbers() -> None:
    texts = PrintableText()
    given_ = {"naam\u202e": ["a\u202eb", 3, None, True, ("c\x00",)]}
    assert texts.of(given_) == {"naam\u202e": ["ab", 3, None, True, ["c"]]}


@given(st.text())
def test_everything_that_is_left_can_be_printed(text: str) -> None:
    texts = PrintableText()
    shown = texts.text(text)
    assert all(ord(c) in printable_characters() or c in KEPT_CONTROLS for c in shown)
    shown.encode()
    assert bool(text.strip()) <= bool(shown.strip(f" \n\u00a0\u00ad{ZERO_WIDTH_SPACE}"))
    assert texts.text(shown) == shown


def test_the_font_has_what_dutch_documents_need() -> None:
    needed = "éëïöüÉËÏÖÜçñ€–—‘’“”…·×≥≤±½ĳĲ" + REPLACEMENT + ZERO_WIDTH_SPACE
    assert {ord(character) for character in needed} <= printable_characters()
    assert ord("😀") not in printable_characters()
    assert ord("中") not in printable_characters()
