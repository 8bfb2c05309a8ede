"""Takes out of a line what must not be in a log: addresses, secrets, and what somebody typed.

The lines that we write ourselves hold numbers only. This is for the lines of libraries, which like
to quote what they were given.
"""

import re
from re import Match

_HIDDEN = "…"
_ADDRESS_OF_PERSON = re.compile(
    r"[^\s@<>\"'(),;:=\[\]]+@[^\s@<>\"'(),;:\[\]]*\.[^\s@<>\"'(),;:\[\]]+"
)
_PASSWORD_IN_ADDRESS = re.compile(r"(://)[^/\s@]*@")
_AFTER_QUESTION_MARK = re.compile(r"([/\w])\?[^\s\"'<>]+")
_SECRET_PATH = re.compile(
    # Not where the pattern of the address stands already.
    r"(/agenda/)(?!<)[^/\s]+(\.ics)|(/(?:gedeeld|uitnodiging|key|confirm-email)/)(?![<(])[^/\s]+"
)
_ADDRESS_OF_MACHINE = re.compile(r"(\bip=)\S+")
# A letter, a digit, and longer than any word: a key, a token, a hash. Not a number of a row.
_SECRET = re.compile(r"(?<![\w-])(?=[\w-]*[0-9])(?=[\w-]*[A-Za-z])[\w-]{24,}")
_NUMBER_OF_ROW = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def scrubbed(text: str) -> str:
    """The line with `…` for every address, query string, password, key and token in it."""
    text = _PASSWORD_IN_ADDRESS.sub(rf"\1{_HIDDEN}@", text)
    text = _AFTER_QUESTION_MARK.sub(rf"\1?{_HIDDEN}", text)
    text = _SECRET_PATH.sub(rf"\1\3{_HIDDEN}\2", text)
    text = _ADDRESS_OF_PERSON.sub(_HIDDEN, text)
    text = _ADDRESS_OF_MACHINE.sub(rf"\1{_HIDDEN}", text)
    return _SECRET.sub(_unless_a_row, text)


def _unless_a_row(found: Match[str]) -> str:
    return found[0] if _NUMBER_OF_ROW.fullmatch(found[0]) else _HIDDEN
