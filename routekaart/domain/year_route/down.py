"""The year from top to bottom, for a phone. All numbers are whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import ONE_DAY, ONE_WEEK, monday_of
from routekaart.domain.content.wording import short_month
from routekaart.domain.moments import MomentKind
from routekaart.domain.year_route.facts import YearFacts
from routekaart.domain.year_route.months import day_of, month_starts, when
from routekaart.domain.year_route.texts import shortened

WIDTH = 340
_TOP = 8
_WEEK = 20
_LINE = 52
_BARS = 72
_BAR = 12
# All bars together get no wider than this, so that the texts keep their room.
_MOST_BARS = 96
_BETWEEN_BARS = 2
_TEXT_GAP = 12
_LINE_HEIGHT = 16
_CHARACTER = 6.6


@dataclass(frozen=True, slots=True)
class Band:
    """From `y` on, so high."""

    y: int
    height: int
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    """The preparation of a goal, beside the line."""

    x: int
    y: int
    height: int
    title: str


@dataclass(frozen=True, slots=True)
class Point:
    """Something on the line at `y`; its text stands at `text_y`, which may be a little lower."""

    kind: str
    y: int
    text_y: int
    text: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Down:
    """`texts`: where all texts begin, `bar`: how wide a bar is. `today` None outside the year."""

    height: int
    bottom: int
    texts: int
    bar: int
    months: tuple[Band, ...]
    breaks: tuple[Band, ...]
    bars: tuple[Column, ...]
    points: tuple[Point, ...]
    today: int | None
    width: int = WIDTH
    line: int = _LINE
    top: int = _TOP


# The kinds with a text of their own; a deadline is where its bar ends.
_TOLD = frozenset(
    {
        MomentKind.STUDY_DAY,
        MomentKind.PLG_MEETING,
        MomentKind.FOLLOW_UP,
        MomentKind.EVALUATION,
    }
)
# A holiday shorter than this many days has no text: the list has it.
_TOLD_FROM = 4


def down(facts: YearFacts, today: date) -> Down:
    """The drawing of a year. No two bars and no two texts overlap."""
    scale = _Scale(facts)
    bars = _bars(facts, scale)
    columns = 1 + max((bar.x for bar in bars), default=-1)
    step = min(_BAR, max(_MOST_BARS // max(columns, 1), _BETWEEN_BARS + 1))
    texts = _BARS + step * columns + _TEXT_GAP
    points = _points(facts, scale, today, int((WIDTH - texts) / _CHARACTER))
    bottom = max(scale.end(facts.year.last_day), *(point.text_y for point in points), 0)
    return Down(
        height=bottom + 12,
        bottom=bottom,
        texts=texts,
        bar=step - _BETWEEN_BARS,
        months=tuple(_months(facts, scale)),
        breaks=tuple(
            Band(scale.start(one.first), max(scale.end(one.last) - scale.start(one.first), 2), "")
            for one in facts.breaks
        ),
        bars=tuple(Column(_BARS + bar.x * step, bar.y, bar.height, bar.title) for bar in bars),
        points=points,
        today=scale.middle(today) if today in facts.year else None,
    )


class _Scale:
    """Where a day is."""

    def __init__(self, facts: YearFacts) -> None:
        self.first = monday_of(facts.year.first_day)

    def start(self, day: date) -> int:
        return _TOP + round((day - self.first).days * _WEEK / ONE_WEEK.days)

    def end(self, day: date) -> int:
        return self.start(day + ONE_DAY)

    def middle(self, day: date) -> int:
        return (self.start(day) + self.end(day)) // 2


def _months(facts: YearFacts, scale: _Scale) -> Iterable[Band]:
    starts = month_starts(facts.year)
    ends = (*(first - ONE_DAY for first in starts[1:]), facts.year.last_day)
    for first, last in zip(starts, ends, strict=True):
        y = scale.start(first)
        yield Band(y, scale.end(last) - y, short_month(first.month))


def _bars(facts: YearFacts, scale: _Scale) -> list[Column]:
    """The bars with the number of their column as `x`."""
    ends: list[int] = []
    found: list[Column] = []
    for one in facts.preparations:
        y = scale.start(one.first)
        height = max(scale.end(one.last) - y, 4)
        column = next((at for at, end in enumerate(ends) if end <= y), len(ends))
        if column == len(ends):
            ends.append(0)
        ends[column] = y + height + 2
        found.append(Column(column, y, height, f"{one.title} ({when(one.first, one.last)})"))
    return found


def _points(facts: YearFacts, scale: _Scale, today: date, characters: int) -> tuple[Point, ...]:
    wanted: list[tuple[int, str, str, bool]] = [
        (
            scale.middle(moment.on),
            moment.kind.value,
            f"{day_of(moment.on)} {moment.title}",
            moment.on < today,
        )
        for moment in facts.moments
        if moment.kind in _TOLD and moment.on in facts.year
    ]
    wanted += [
        ((scale.start(one.first) + scale.end(one.last)) // 2, "break", one.title, one.last < today)
        for one in facts.breaks
        if (one.last - one.first).days + 1 >= _TOLD_FROM
    ]
    if today in facts.year:
        wanted.append((scale.middle(today), "today", "vandaag", False))
    found: list[Point] = []
    free = 0
    for y, kind, text, past in sorted(wanted):
        at = max(y, free)
        free = at + _LINE_HEIGHT
        found.append(Point(kind, y, at, shortened(text, characters), past))
    return tuple(found)
