"""Text made fit for the font: what it cannot show becomes a visible mark, never an error.

PDF/UA forbids characters without a glyph, and a stranger's name must not break a document. Marks
that only steer direction or joining are left out: they have no shape, and text from a form never
needs them to be read in Dutch.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from routekaart.formats.fonts import printable_characters

REPLACEMENT = "▯"
"""Stands for one character that the font does not have; the font does have this one."""

ZERO_WIDTH_SPACE = "\u200b"

_LONGEST_WORD = 32
_BREAK_EVERY = 8
_MARKS_PER_LETTER = 3
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LONG_WORD = re.compile(rf"[^\s{ZERO_WIDTH_SPACE}]{{{_LONGEST_WORD + 1},}}")
_BLANK = f" \n\u00a0\u00ad{ZERO_WIDTH_SPACE}"
_UNSHOWN = {"Cc", "Cf"}
_KEPT_CONTROLS = {"\n", "\u00ad", ZERO_WIDTH_SPACE}
_VARIATION_SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


@cache
def _ordinary() -> re.Pattern[str]:
    """Texts that need no second look: Latin letters of one code point, and Dutch punctuation."""
    within = (*range(0x20, 0x300), *range(0x2010, 0x2028), ord("€"))
    shown = printable_characters()
    characters = (
        chr(point)
        for point in within
        if point in shown and unicodedata.category(chr(point)) not in _UNSHOWN
    )
    return re.compile(f"[{re.escape(''.join(characters))}]*")


@dataclass(slots=True)
class PrintableText:
    """Makes texts printable and remembers whether anything had to be replaced."""

    replaced: bool = False
    _seen: dict[str, str] = field(default_factory=dict)

    def of(self, value: Any) -> Any:
        """The same JSON value with every string made printable; keys are ours and stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.of(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.of(item) for item in value]
        return value

    def text(self, text: str) -> str:
        """One string; equal strings are worked out once."""
        known = self._seen.get(text)
        if known is None:
            shown = self._shown(text)
            if text.strip() and not shown.strip(_BLANK):
                shown, self.replaced = REPLACEMENT, True
            known = self._seen[text] = _with_breaks(shown)
        return known

    def _shown(self, text: str) -> str:
        if _ordinary().fullmatch(text):
            return text
        text = _LINE_ENDS.sub("\n", text.replace("\t", " "))
        marks = 0
        shown: list[str] = []
        for character in unicodedata.normalize("NFC", text):
            if unicodedata.combining(character):
                marks += 1
                if marks > _MARKS_PER_LETTER:
                    continue
                if not shown or shown[-1].isspace():  # it has no letter to stand on
                    shown.append(REPLACEMENT)
                    self.replaced, marks = True, _MARKS_PER_LETTER
                    continue
            else:
                marks = 0
            new = self._character(character)
            if not (marks > 1 and new == REPLACEMENT):
                shown.append(new)
        return "".join(shown)

    def _character(self, character: str) -> str:
        if character in _KEPT_CONTROLS:
            return character
        if unicodedata.category(character) in _UNSHOWN or ord(character) in _VARIATION_SELECTORS:
            return ""
        available = printable_characters()
        if ord(character) in available:
            return character
        simpler = unicodedata.normalize("NFKC", character)
        if all(ord(part) in available for part in simpler):
            return simpler
        self.replaced = True
        return REPLACEMENT


def _with_breaks(text: str) -> str:
    """Words too long for any column get places to break; shorter ones are hyphenated as Dutch."""
    if all(len(word) <= _LONGEST_WORD for word in text.split()):
        return text
    return _LONG_WORD.sub(lambda found: _broken(found.group()), text)


def _broken(word: str) -> str:
    parts: list[str] = []
    for position, character in enumerate(word):
        if position and position % _BREAK_EVERY == 0 and not unicodedata.combining(character):
            parts.append(ZERO_WIDTH_SPACE)
        parts.append(character)
    return "".join(parts)
