"""Parts that documents of every kind are built from.

All are frozen dataclasses of strings, whole numbers and tuples, so that content is JSON without a
converter. Texts are finished Dutch: a format lays them out and adds none of its own. Drawings hold
positions as day numbers, and `alt` says in words what the drawing shows.
"""

from dataclasses import dataclass
from typing import Literal

Align = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its value, as on a title page."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is a share: a column of 2 is twice as wide as one of 1.

    `lead`: the first line of a cell says it, the lines below explain it and may be set smaller.
    """

    title: str
    width: int = 1
    align: Align = "start"
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row. Without rows a format prints `missing` in its place.

    `totals`: the last row adds up the others.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    missing: str
    totals: bool = False

    def __post_init__(self) -> None:
        width = len(self.columns)
        for row in self.rows:
            if len(row) != width:
                raise ValueError(f"A row has {len(row)} cells where the table has {width} columns.")


@dataclass(frozen=True, slots=True)
class Section:
    """The head of a chapter: its number, its title, and a sentence on what it holds."""

    number: str
    title: str
    intro: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A small drawn scale: `filled` of `steps`, always beside the value in words."""

    filled: int
    steps: int


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number of the summary with what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days on a timeline; the day numbers count from its start, both inclusive."""

    first_day: int
    last_day: int
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One day on a timeline. `symbol` is a number or letter that the drawing shows, or empty."""

    day: int
    symbol: str
    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of a timeline: its name and the days marked on it."""

    kind: Literal["study_day", "preparation", "plg", "follow_up", "evaluation"]
    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A school year as a strip of `days` days: months, closed stretches and lanes of marks."""

    days: int
    months: tuple[Span, ...]
    closed_label: str
    closed: tuple[Span, ...]
    lanes: tuple[Lane, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class OpenPoints:
    """A list of what is still open on one subject; `nothing` is said when the list is empty."""

    title: str
    items: tuple[str, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: who signs, and what is known beforehand."""

    role: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What identifies a document. `made_on` is an ISO date, passed in and no clock.

    `subject` is whom it is about: a team, a person, a school; `organisation` the school or board
    it comes from. Both are cut short where they are long, for the title page; `facts` hold them
    whole. `made_on` also becomes the date inside the file: same content, same bytes.
    """

    kind: str
    title: str
    school_year: str
    subject: str
    organisation: str
    status: str
    version: str
    made_on: str
    running_head: str
    language: str
    facts: tuple[Fact, ...]
