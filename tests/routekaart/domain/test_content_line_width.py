"""How many lines a text takes."""

import pytest

from routekaart.domain.content.line_width import lines


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 100, 1),
        ("Kort.", 100, 1),
        ("Kort.\nEn nog een regel.", 100, 2),
        # Ten letters of 0.6 em in ten points take 21 millimetres.
        ("oooooooooo", 22, 1),
        ("oooooooooo oooooooooo", 22, 2),
        ("oooooooooo oooooooooo", 46, 1),
        # A sign of East Asia is as wide as the type is high.
        ("中" * 6, 22, 1),
        ("中" * 7, 22, 2),
        # A word that no line holds goes on at the next one.
        ("o" * 25, 22, 3),
        ("o " + "o" * 25, 22, 4),
    ],
)
def test_lines(text: str, width: float, expected: int) -> None:
    assert lines(text, width, points=10) == expected


def test_wide_letters_and_larger_type_take_more_lines() -> None:
    assert [lines(f"{4 * one} " * 3, 30, points=10) for one in "Wi"] == [2, 1]
    assert lines("een tekst " * 20, 100, points=12) > lines("een tekst " * 20, 100, points=8)
