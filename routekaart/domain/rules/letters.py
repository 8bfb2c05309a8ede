"""Letters that are not what they look like, and texts that were read in a wrong way. Pure."""

import re
import unicodedata

_LATIN = "LATIN"
# Alphabets with letters that look like ours.
_TWINS = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
_WORD = re.compile(r"[^\W\d_]+")
# What letters with accents become when a file is read in another way than it was written: UTF-8 as
# that of Windows, that of DOS as that of Windows, and signs that were lost altogether.
_GARBLED = re.compile(
    r"[ÂÃÅÄ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—˜™›œ]|â[€‚„…†‡ˆ‰‹Œ]|[^\W\d_][‰„ƒ†‡\u0080-\u0084\u0086-\u009f]|\ufffd"
)
# Signs that nobody sees or types: controls, halves of a pair, private ones, and ones that are none.
_UNSEEN = frozenset({"Cc", "Cs", "Co", "Cn"})

_BREAKS = frozenset("\t\n\r\x85")


def mixed_word(text: str) -> str:
    """The first word with letters of ours and twins of them from another alphabet; empty: none.

    ‘Иванов’ is a name; ‘Dе Wit’ with a Cyrillic е is a mistake, or meant to mislead.
    """
    if text.isascii():
        return ""
    return next((word for word in _WORD.findall(text) if _is_mixed(word)), "")


def is_garbled(text: str) -> bool:
    """Whether accents were lost on the way: ‘ZoÃ«’ for ‘Zoë’."""
    return not text.isascii() and bool(_GARBLED.search(text))


def unseen(text: str) -> bool:
    """Whether a sign in it cannot be seen or typed. Line ends and tabs can."""
    if text.isascii() and text.isprintable():
        return False
    return any(sign not in _BREAKS and unicodedata.category(sign) in _UNSEEN for sign in text)


def strange_letter(text: str) -> str:
    """The first sign that is not plain ASCII; empty: none."""
    return next((sign for sign in text if not sign.isascii()), "")


def _is_mixed(word: str) -> bool:
    if word.isascii():
        return False
    names = [unicodedata.name(letter, "") for letter in word]
    ours = any(name.startswith(_LATIN) for name in names)
    return ours and any(name.startswith(_TWINS) for name in names)
