"""Dates, durations and lists in plain Dutch."""

from collections.abc import Sequence
from datetime import date, time

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
ASSUMED = "aanname"


def day_month_year(day: date) -> str:
    """14 oktober 2026"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_date(day: date) -> str:
    """woensdag 14 oktober 2026"""
    return f"{WEEKDAYS[day.weekday()]} {day_month_year(day)}"


def short_date(day: date) -> str:
    """wo 14 okt 2026"""
    return f"{WEEKDAYS[day.weekday()][:2]} {day.day} {short_month(day.month)} {day.year}"


def short_month(month: int) -> str:
    """jan … dec; mrt for maart"""
    return "mrt" if month == 3 else MONTHS[month - 1][:3]


def clock(moment: time) -> str:
    """08.30"""
    return f"{moment.hour:02d}.{moment.minute:02d}"


def week_label(day: date) -> str:
    """week 43"""
    return f"week {day.isocalendar().week}"


def decimal(value: float) -> str:
    """A number with a decimal comma and at most two decimals: 0,8 or 12."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def duration(minutes: int) -> str:
    """45 minuten, 1 uur, 1 uur 30 min"""
    if minutes == 1:
        return "1 minuut"
    if minutes < 60:
        return f"{minutes} minuten"
    hours, rest = divmod(minutes, 60)
    return f"{hours} uur" + (f" {rest} min" if rest else "")


def marked_duration(minutes: int, *, assumed: bool) -> str:
    """A duration that says so when it is our assumption: 1 uur (aanname)."""
    return duration(minutes) + (f" ({ASSUMED})" if assumed else "")


def listed(words: Sequence[str]) -> str:
    """a, b en c"""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """1 doel, 2 doelen"""
    return f"{number} {one if number == 1 else many}"


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")
