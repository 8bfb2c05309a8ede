"""Dates as people write them in a list: 31-12-2026, 2026-12-31 or do 31 dec. 2026. Pure."""

import re
from datetime import date

from courses.dutch import month_number
from routekaart.domain.errors import BadInput

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DUTCH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_WORDS = re.compile(r"(?:([a-z]{2,9})\.?,? )?(\d{1,2}) ([a-z]{3,9})\.? (\d{4})", re.ASCII)
# Spreadsheets add it to every day that they write as text.
_MIDNIGHT = re.compile(r"(?:T| )00?:00(?::00(?:\.0{1,6})?)?Z?$", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", re.ASCII)
_SHORT = "jan feb mrt apr mei jun jul aug sep okt nov dec"
_MONTHS = {word: number for number, word in enumerate(_SHORT.split(" "), start=1)} | {"sept": 9}
_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def read_date(text: str) -> date:
    """The date, day before month. Raises `BadInput` on `date`: `date_form`, `date_impossible`,
    `date_weekday` where the day of the week is another one."""
    written = _MIDNIGHT.sub("", text).casefold()
    weekday = ""
    if match := _ISO.fullmatch(written):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DUTCH.fullmatch(written):
        day, month, year = (int(part) for part in match.groups())
    elif match := _WORDS.fullmatch(written):
        weekday = match[1] or ""
        month = month_number(match[3]) or _MONTHS.get(match[3], 0)
        day, year = int(match[2]), int(match[4])
    elif _SHORT_YEAR.fullmatch(written):
        raise BadInput("date", "Schrijf het jaar met vier cijfers, zoals 2026.", code="date_form")
    else:
        raise BadInput("date", "Schrijf de datum als 31-12-2026 of 2026-12-31.", code="date_form")
    try:
        found = date(year, month, day)
    except ValueError:
        raise BadInput("date", "Deze datum bestaat niet.", code="date_impossible") from None
    if weekday and not _is_on(found, weekday):
        raise BadInput(
            "date",
            f"Dit is een {_WEEKDAYS[found.weekday()]}. Verbeter de dag of de datum.",
            code="date_weekday",
        )
    return found


def _is_on(day: date, weekday: str) -> bool:
    name = _WEEKDAYS[day.weekday()]
    return weekday in {name, name[:2]}
