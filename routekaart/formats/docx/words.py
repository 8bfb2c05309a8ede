"""Text made fit for a Word file: what XML cannot hold is left out or marked, never an error.

Word picks a font for every character by itself, so emoji and other scripts stay. Nothing is markup:
a text becomes the text of a run, and no field, link or formula.
"""

import re
import unicodedata
from functools import lru_cache

from routekaart.formats.printable import REPLACEMENT

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Letters of one code point, with Dutch punctuation: no second look.
_ORDINARY = re.compile("[ -~\n\u00a0-\u00ac\u00ae-\u02ff‐-\u2027€]*")
_MARKS_PER_LETTER = 3
_BLANK = " \n\u00a0\u00ad\u200b"
# They join emoji and letters, or say where a word may break; every other mark without a shape goes:
# it steers direction or hides text.
_KEPT_MARKS = {"\u200b", "\u200c", "\u200d", "\u00ad"}
_LEFT_OUT = {"Cc", "Cf"}
# Half of a pair, or no character at all: XML 1.0 has neither.
_NOT_IN_XML = {"\ufffe", "\uffff"}


@lru_cache(maxsize=1024)
def clean(text: str) -> str:
    """The text as a Word file can hold it; line ends are `\\n` and tabs are spaces."""
    if _ORDINARY.fullmatch(text):
        return text
    lines = _LINE_ENDS.sub("\n", text.replace("\t", " "))
    shown = "".join(_characters(unicodedata.normalize("NFC", lines)))
    # Somebody typed it: what shows nothing at all is not the same as nothing.
    return shown if shown.strip(_BLANK) or not text.strip() else REPLACEMENT


def _characters(text: str) -> "list[str]":
    shown: list[str] = []
    marks = 0
    for character in text:
        if unicodedata.combining(character):
            # A pile of marks would be drawn over the lines around it.
            marks += 1
            if marks <= _MARKS_PER_LETTER:
                shown.append(character)
            continue
        marks = 0
        if character == "\n" or character in _KEPT_MARKS:
            shown.append(character)
        elif unicodedata.category(character) == "Cs" or character in _NOT_IN_XML:
            shown.append(REPLACEMENT)
        elif unicodedata.category(character) not in _LEFT_OUT:
            shown.append(character)
    return shown
