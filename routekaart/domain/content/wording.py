"""Dates, durations and counts as documents write them, beside the words of `courses.dutch`."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from courses.dutch import dutch_date, listed

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
ASSUMED = "aanname"
# Below a table with a column “waarvan aanname”.
OF_WHICH_ASSUMED = (
    "Bij “waarvan aanname” noemt geen bron hoelang iets duurt. De school kan die duur aanpassen."
)


def weekday_date(day: date) -> str:
    """woensdag 14 oktober 2026"""
    return f"{WEEKDAYS[day.weekday()]} {dutch_date(day)}"


def short_date(day: date) -> str:
    """wo 14 okt 2026"""
    return f"{WEEKDAYS[day.weekday()][:2]} {day.day} {short_month(day.month)} {day.year}"


def short_month(month: int) -> str:
    """jan … dec; mrt for maart"""
    return "mrt" if month == 3 else MONTHS[month - 1][:3]


def clock(moment: time) -> str:
    """08.30"""
    return f"{moment.hour:02d}.{moment.minute:02d}"


def later(moment: time, minutes: int) -> time:
    """The time of day so many minutes on; past midnight it starts anew."""
    total = (moment.hour * 60 + moment.minute + minutes) % (24 * 60)
    return time(total // 60, total % 60)


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


def counted(number: int, one: str, many: str) -> str:
    """1 doel, 2 doelen"""
    return f"{number} {one if number == 1 else many}"


def few_named(names: Sequence[str], most: int = 6) -> str:
    """All of a few; of many the first, and how many more there are: A, B, C en nog 3."""
    if len(names) <= most:
        return listed(list(names))
    return f"{', '.join(names[: most - 1])} en nog {len(names) - most + 1}"


def compact(minutes: int) -> str:
    """Hours and minutes for a column of figures: 6:30"""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02d}"


def weeks_text(days: Iterable[date]) -> str:
    """The numbers of the weeks of some days: 41–43 en 45"""
    mondays = sorted({day.toordinal() - day.weekday() for day in days})
    runs: list[list[int]] = []
    for monday in mondays:
        if runs and monday - runs[-1][-1] == 7:
            runs[-1].append(monday)
        else:
            runs.append([monday])
    parts = [
        f"{_week(run[0])}–{_week(run[-1])}" if len(run) > 1 else f"{_week(run[0])}" for run in runs
    ]
    return listed(parts)


def _week(ordinal: int) -> int:
    return date.fromordinal(ordinal).isocalendar().week


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")
