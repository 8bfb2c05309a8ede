"""The year from left to right, for a wide screen and for paper. All numbers are whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import ONE_DAY, ONE_WEEK, monday_of
from routekaart.domain.content.wording import MONTHS
from routekaart.domain.moments import Moment, MomentKind
from routekaart.domain.year_route.facts import YearFacts
from routekaart.domain.year_route.months import month_starts, when
from routekaart.domain.year_route.texts import shortened, width_of

WIDTH = 1180
_LEFT = 116
_RIGHT = 12
_TOP = 52
_ROW = 38
_LEVEL = 36
_LANE = 28
# Names of holidays stand upright below the line and need this much room.
_LEAST_BELOW = 150
# Narrower than this a holiday has no name in the drawing: the list has it.
_NAMED_FROM = 14
_MOST_CHARACTERS = 34
_GAP = 10
_RADIUS = 10


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something from `x` on, so wide. `named`: there is room for its name."""

    x: int
    width: int
    title: str
    named: bool = True

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Bar:
    """The preparation of a goal. `text` begins at `x`, or ends at its end (`ends`)."""

    x: int
    y: int
    width: int
    text: str
    title: str
    ends: bool = False

    @property
    def end(self) -> int:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Stop:
    """A study day on the line; its two lines of text have their middle at `text_x`."""

    x: int
    text_x: int
    text_y: int
    text: str
    day: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class Mark:
    x: int
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of small marks of one kind, with its name at the left."""

    kind: str
    title: str
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Across:
    """`line_y`: the route; `bars_y` where the preparation begins; `today` None outside the year."""

    height: int
    bottom: int
    line_y: int
    bars_y: int
    months: tuple[Stretch, ...]
    weeks: tuple[Stretch, ...]
    breaks: tuple[Stretch, ...]
    bars: tuple[Bar, ...]
    stops: tuple[Stop, ...]
    lanes: tuple[Lane, ...]
    today: int | None
    width: int = WIDTH
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    radius: int = _RADIUS

    @property
    def inner(self) -> int:
        """The height of what is below the months and weeks."""
        return self.bottom - self.top


_LANES: Mapping[str, str] = {
    MomentKind.PLG_MEETING.value: "PLG",
    "visits": "Lesbezoek",
    MomentKind.FOLLOW_UP.value: "Vervolg",
    MomentKind.EVALUATION.value: "Evaluatie",
    MomentKind.AGREEMENT.value: "Afspraken",
}


def across(facts: YearFacts, today: date) -> Across:
    """The drawing of a year. Nothing overlaps: bars and names get a row or level that is free."""
    scale = _Scale(facts)
    bars = _bars(facts, scale)
    bars_y = _TOP + 6
    rows = 1 + max((bar.y for bar in bars), default=-1)
    stops, levels = _stops(facts, scale, today)
    line_y = bars_y + rows * _ROW + levels * _LEVEL + 24
    lanes = _lanes(facts, scale, line_y + 38)
    bottom = max([line_y + _LEAST_BELOW, *(lane.y + 20 for lane in lanes)])
    return Across(
        height=bottom + 4,
        bottom=bottom,
        line_y=line_y,
        bars_y=bars_y,
        months=tuple(_months(facts, scale)),
        weeks=tuple(_weeks(facts, scale)),
        breaks=tuple(_breaks(facts, scale)),
        bars=tuple(
            Bar(bar.x, bars_y + bar.y * _ROW, bar.width, bar.text, bar.title, bar.ends)
            for bar in bars
        ),
        stops=tuple(
            Stop(
                stop.x,
                stop.text_x,
                line_y - 34 - stop.text_y * _LEVEL,
                stop.text,
                stop.day,
                stop.is_past,
            )
            for stop in stops
        ),
        lanes=lanes,
        today=scale.middle(today) if today in facts.year else None,
    )


class _Scale:
    """Where a day is."""

    def __init__(self, facts: YearFacts) -> None:
        self.first = monday_of(facts.year.first_day)
        days = (monday_of(facts.year.last_day) + ONE_WEEK - self.first).days
        self._each = (WIDTH - _LEFT - _RIGHT) / days

    def start(self, day: date) -> int:
        return _LEFT + round((day - self.first).days * self._each)

    def end(self, day: date) -> int:
        return self.start(day + ONE_DAY)

    def middle(self, day: date) -> int:
        return (self.start(day) + self.end(day)) // 2

    def stretch(self, first: date, last: date, title: str, named_from: int = 0) -> Stretch:
        x = self.start(first)
        width = max(self.end(last) - x, 2)
        return Stretch(x, width, title, width >= named_from)


def _months(facts: YearFacts, scale: _Scale) -> Iterable[Stretch]:
    starts = month_starts(facts.year)
    ends = (*(first - ONE_DAY for first in starts[1:]), facts.year.last_day)
    for first, last in zip(starts, ends, strict=True):
        yield scale.stretch(first, last, MONTHS[first.month - 1])


def _weeks(facts: YearFacts, scale: _Scale) -> Iterable[Stretch]:
    monday = scale.first
    while monday <= facts.year.last_day:
        yield scale.stretch(monday, monday + ONE_WEEK - ONE_DAY, str(monday.isocalendar().week))
        monday += ONE_WEEK


def _breaks(facts: YearFacts, scale: _Scale) -> Iterable[Stretch]:
    for one in facts.breaks:
        yield scale.stretch(one.first, one.last, one.title, _NAMED_FROM)


def _bars(facts: YearFacts, scale: _Scale) -> list[Bar]:
    """The bars with the number of their row as `y`."""
    ends: list[int] = []
    found: list[Bar] = []
    for one in facts.preparations:
        place = scale.stretch(one.first, one.last, one.title)
        text = shortened(one.title, _MOST_CHARACTERS)
        wide = width_of(text)
        at_end = place.x + wide > WIDTH - _RIGHT
        begin = min(place.x, place.x + place.width - wide) if at_end else place.x
        end = place.x + (place.width if at_end else max(place.width, wide))
        row = _free(ends, begin)
        ends[row] = end + _GAP
        title = f"{one.title} ({when(one.first, one.last)})"
        found.append(Bar(place.x, row, place.width, text, title, at_end))
    return found


def _free(ends: list[int], begin: int) -> int:
    """The first row that is free from `begin` on; a new one when there is none."""
    for row, end in enumerate(ends):
        if end <= begin:
            return row
    ends.append(0)
    return len(ends) - 1


def _stops(facts: YearFacts, scale: _Scale, today: date) -> tuple[list[Stop], int]:
    """The study days with the level of their text as `text_y`, and how many levels there are."""
    ends: list[int] = []
    found: list[Stop] = []
    for moment in facts.moments:
        if moment.kind is not MomentKind.STUDY_DAY or moment.on not in facts.year:
            continue
        x = scale.middle(moment.on)
        text, day = shortened(moment.title, _MOST_CHARACTERS), when(moment.on, moment.on)
        half = max(width_of(text), width_of(day)) // 2
        middle = min(max(x, _LEFT + half), WIDTH - _RIGHT - half)
        level = _free(ends, middle - half)
        ends[level] = middle + half + _GAP
        found.append(Stop(x, middle, level, text, day, moment.on < today))
    return found, len(ends)


def _lanes(facts: YearFacts, scale: _Scale, top: int) -> tuple[Lane, ...]:
    """One row for each kind that there is something of."""
    found: list[Lane] = []
    for kind, title in _LANES.items():
        marks = tuple(_marks(facts, scale, kind))
        if marks:
            found.append(Lane(kind, title, top + len(found) * _LANE, marks))
    return tuple(found)


def _marks(facts: YearFacts, scale: _Scale, kind: str) -> Iterable[Mark]:
    if kind == "visits":
        for monday in facts.visits:
            friday = monday + 4 * ONE_DAY
            yield Mark(scale.middle(monday + 2 * ONE_DAY), f"Lesbezoeken, {when(monday, friday)}")
        return
    for moment in facts.moments:
        if moment.kind.value == kind and moment.on in facts.year:
            yield Mark(scale.middle(moment.on), _told(moment))


def _told(moment: Moment) -> str:
    return f"{moment.title}, {when(moment.on, moment.on)}"
