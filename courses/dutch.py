"""How plain Dutch writes a date and a row of words, for every text that we compose ourselves."""

from collections.abc import Sequence
from datetime import date

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def dutch_date(day: date) -> str:
    """20 maart 2022, whatever the locale of the machine."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_number(word: str) -> int | None:
    """1 to 12 for the name of a month in lower case; None for any other word."""
    return _MONTHS.index(word) + 1 if word in _MONTHS else None


def dutch_number(value: float) -> str:
    """A number as Dutch writes it: no needless decimals, a comma for the others."""
    return str(int(value)) if value == int(value) else f"{value:.2f}".rstrip("0").replace(".", ",")


def listed(words: Sequence[str], joint: str = "en") -> str:
    """a, b en c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"
