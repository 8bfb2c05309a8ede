"""How many lines a text takes in a document: with the widths of letters, on the safe side.

What stands on paper decides that; this only has to be near enough to plan a page. The widths are
those of Fira Sans (PDF) or Carlito (as wide as Calibri, Word), of which the wider one counts.
"""

from typing import Final
from unicodedata import east_asian_width

# Of an em. What is not named is as wide as most letters, or as a wide capital.
_WIDTHS: Final = {
    letter: width
    for width, letters in {
        0.25: ".,’‘",
        0.265: " :;",
        0.285: "ij",
        0.295: "lI",
        0.33: "()!J",
        0.35: "f",
        0.365: "t",
        0.39: "r",
        0.41: "-",
        0.44: "z",
        0.47: "?s",
        0.48: "c",
        0.5: "xFvyL+1237",
        0.52: "kTgZ–/",
        0.55: "aeéEXSY456890",
        0.57: "CVA€",
        0.6: "dbpqKRB",
        0.73: "w&",
        0.86: "mM%",
        0.9: "W",
    }.items()
    for letter in letters
}
_LETTER, _CAPITAL = 0.59, 0.69
_MM_PER_POINT: Final = 25.4 / 72


def lines(text: str, width: float, *, points: float) -> int:
    """On how many lines a text of this size stands in so many millimetres; one at least."""
    room = width / (points * _MM_PER_POINT)
    return sum(_lines(part, room) for part in text.split("\n"))


def _lines(text: str, room: float) -> int:
    number, taken = 1, 0.0
    space = _WIDTHS[" "]
    for word in text.split():
        wide = sum(map(_width, word))
        if taken and taken + space + wide > room:
            number, taken = number + 1, 0.0
        taken += wide + (space if taken else 0)
        # A word that no line holds is cut, or goes on beyond the margin.
        over = int(taken / room)
        number, taken = number + over, taken - over * room
    return number


def _width(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if east_asian_width(letter) in "FW":
        return 1.0
    return _CAPITAL if letter.isupper() else _LETTER
