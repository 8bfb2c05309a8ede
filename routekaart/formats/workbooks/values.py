"""What a cell of a workbook says, as text. Formulas are never worked out."""

import re
from datetime import date, datetime, time, timedelta

_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d{0,40})?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0{1,9})?)?Z?$", re.ASCII)
# How XLSX writes what XML cannot hold; halves of a pair stand for nothing by themselves.
_ESCAPED = re.compile(r"_x([0-9A-Ca-cE-Fe-f][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2})_")
# Numbers of formats that are dates or times in every workbook.
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LONGEST_FORMAT = 255
# Quoted text, colours and regions, and escaped signs: none of these is a part of the date.
_NO_DATE = re.compile(
    r'"[^"]*"?|\[(?!(?:hh?|mm?|ss?)\])[^\[\]]*\]?|[\\_*].', re.ASCII | re.IGNORECASE
)
_DATE_LETTERS = frozenset("dmyhs")
_DAY_0, _DAY_0_BEFORE_MARCH, _DAY_0_MAC = date(1899, 12, 30), date(1899, 12, 31), date(1904, 1, 1)
# 1900 was no leap year, but the first spreadsheets thought so.
_LEAP = 60
_LAST_SERIAL = 2_958_465
_SECONDS = 86_400


def unescaped(text: str) -> str:
    """_x000A_ is a line end, and so on."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def is_date_format(number: int, code: str) -> bool:
    """Whether a format shows a number as a day or a time; `code` is empty for a format of Excel."""
    if not code:
        return number in _DATE_FORMATS
    if len(code) > _LONGEST_FORMAT:
        return False
    plain = _NO_DATE.sub("", code).split(";")[0]
    return plain.casefold() != "general" and bool(_DATE_LETTERS & set(plain.casefold()))


def number_text(raw: str, *, as_date: bool, since_1904: bool) -> str:
    """A number as people write it, or the day that it stands for; other text as it is."""
    text = raw.strip()
    if not _NUMBER.fullmatch(text):
        return raw
    if as_date:
        moment = _moment(float(text), since_1904=since_1904)
        if moment is not None:
            return moment
    if _WHOLE.fullmatch(text):
        return str(int(text))
    # 0.1 + 0.2 is 0.3 to whoever typed it.
    return f"{float(text):.6f}".rstrip("0").rstrip(".")


def iso_text(raw: str) -> str:
    """A day, without the midnight that programs add to it."""
    return _MIDNIGHT.sub("", raw.strip())


def _moment(serial: float, *, since_1904: bool) -> str | None:
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    days, seconds = divmod(round(serial * _SECONDS), _SECONDS)
    clock = (datetime.min + timedelta(seconds=seconds)).time()  # noqa: DTZ901 - a time of day
    if serial < 1:
        return clock.isoformat()
    first = _DAY_0 if days >= _LEAP else _DAY_0_BEFORE_MARCH
    try:
        day = (_DAY_0_MAC if since_1904 else first) + timedelta(days=days)
    except OverflowError:
        return None
    return day.isoformat() if clock == time() else datetime.combine(day, clock).isoformat()
