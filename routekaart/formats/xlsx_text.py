"""Text made fit for a spreadsheet: what a cell cannot hold becomes a visible mark, never an error.

Whether a text is a formula is told by the type of its cell and not by its first character, so that
nothing has to be put in front of it.
"""

import re
from collections.abc import Iterable

from routekaart.formats.printable import REPLACEMENT

LONGEST_CELL = 32_767
LONGEST_TITLE = 31
CUT = "… (afgekapt)"

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What XML has no way to write: controls, halves of a pair, and the two that are no characters.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Marks that only turn the direction of what comes after them.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# A spreadsheet reads these seven characters as one; its own first character is told so instead.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = "_x005F_"
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\\n\t]")
_RESERVED = {"history"}


def cell_text(text: str) -> str:
    """The text as a cell holds it, cut with a mark where it is longer than a cell can be."""
    clean = _ILLEGAL.sub(REPLACEMENT, _DIRECTION.sub("", _LINE_ENDS.sub("\n", text)))
    return _ESCAPE.sub(_ESCAPED, _cut(clean, LONGEST_CELL, CUT))


def sheet_titles(titles: Iterable[str]) -> tuple[str, ...]:
    """The titles as names of sheets: short, without forbidden characters, each a different one."""
    found: list[str] = []
    for title in titles:
        clean = _sheet_title(title)
        name, number = clean, 1
        while name.casefold() in {taken.casefold() for taken in found} | _RESERVED:
            number += 1
            tail = f" ({number})"
            name = _cut(clean, LONGEST_TITLE - len(tail), "").rstrip() + tail
        found.append(name)
    return tuple(found)


def _sheet_title(title: str) -> str:
    clean = _ILLEGAL.sub(REPLACEMENT, _DIRECTION.sub("", _LINE_ENDS.sub(" ", title)))
    # An apostrophe at either end would end the name where a formula quotes it.
    clean = _FORBIDDEN_IN_TITLE.sub(" ", clean).strip(" '")
    return _cut(" ".join(clean.split()), LONGEST_TITLE, "…").strip(" '") or "Blad"


def _cut(text: str, longest: int, mark: str) -> str:
    """The text in at most so many units of UTF-16, which is what a spreadsheet counts."""
    if _units(text) <= longest:
        return text
    left = longest - len(mark)
    kept = text[:left]
    while _units(kept) > left:
        # Each character outside the basic plane is one unit more than it is characters.
        kept = kept[: len(kept) - max(1, (_units(kept) - left) // 2)]
    return kept + mark


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)
