"""Dates as people write them in a list: 31-12-2026, 2026-12-31 or 31 december 2026. Pure."""

import re
from datetime import date

from courses.dutch import month_number
from routekaart.domain.errors import BadInput

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DUTCH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_WORDS = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4})", re.ASCII)


def read_date(text: str) -> date:
    """The date. Raises `BadInput` on `date`: `date_form`, `date_impossible`."""
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DUTCH.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _WORDS.fullmatch(text.casefold()):
        day, month, year = int(match[1]), month_number(match[2]) or 0, int(match[3])
    else:
        raise BadInput("date", "Schrijf de datum als 31-12-2026 of 2026-12-31.", code="date_form")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadInput("date", "Deze datum bestaat niet.", code="date_impossible") from None
