"""A document as blocks in reading order: the one shape that every format lays out.

A kind of document is a function that gives a `BlockDocument`; a format walks through its blocks.
All are frozen dataclasses of strings, numbers and tuples. `block` names the type, so that JSON
keeps it. Texts are finished Dutch: a format adds none of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from routekaart.domain.content.parts import (
    Fact,
    KeyFigure,
    Meta,
    Scale,
    Signature,
    Table,
    Timeline,
)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The head of a chapter, a heading of the first level. `number` and `intro` may be empty."""

    number: str
    title: str
    intro: str = ""
    block: Literal["chapter"] = "chapter"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter. `label` stands above it, as "Doel 2" does.

    `quiet`: of the second level, set as small as one of the third.
    """

    level: Literal[2, 3]
    title: str
    label: str = ""
    quiet: bool = False
    block: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `missing` says that something is not there, `note` asks for attention."""

    text: str
    tone: Literal["plain", "soft", "note", "missing"] = "plain"
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Callout:
    """One thing that stands out, with a label above it."""

    label: str
    text: str
    block: Literal["callout"] = "callout"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one below the other. `small`: as a side note."""

    items: tuple[Fact, ...]
    small: bool = False
    block: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]
    block: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with a header row; `alt` says in a sentence what it holds, for who cannot see it.

    `dense`: less white in its rows, so that more of them fit on a page.
    """

    table: Table
    alt: str = ""
    dense: bool = False
    block: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim of one source. `mark` says so where another source says otherwise of the same."""

    subject: str
    scale: Scale | None
    value: str
    mark: str
    applies_to: str
    source: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What the sources say, a row per claim. The columns: subject, scale, value, for whom, source.

    The column of the scale has an empty title: it draws what the value says in words.
    """

    columns: tuple[str, ...]
    claims: tuple[ClaimLine, ...]
    block: Literal["claims"] = "claims"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question that a source asks of the school, with the answer of the team."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Answers:
    items: tuple[Answer, ...]
    block: Literal["answers"] = "answers"


@dataclass(frozen=True, slots=True)
class KeyFigures:
    items: tuple[KeyFigure, ...]
    block: Literal["key_figures"] = "key_figures"


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A goal or a study day in one line, as a summary lists it."""

    number: str
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class NumberedLines:
    items: tuple[NumberedLine, ...]
    block: Literal["numbered_lines"] = "numbered_lines"


@dataclass(frozen=True, slots=True)
class Card:
    """A card in a grid of two: a label, a title, and what belongs to it.

    `lines`: so many empty lines to write on, for a card that is printed and cut out.
    """

    label: str
    title: str
    items: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Cards:
    items: tuple[Card, ...]
    block: Literal["cards"] = "cards"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, one below the other."""

    items: tuple[Signature, ...]
    date_label: str
    signature_label: str
    block: Literal["signatures"] = "signatures"


@dataclass(frozen=True, slots=True)
class YearStrip:
    """The school year as a drawn strip."""

    timeline: Timeline
    block: Literal["year_strip"] = "year_strip"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts in whole units, and that number as a reader reads it."""

    label: str
    value: int
    shown: str
    # So much of the value is drawn lighter: what was assumed and not stated.
    lighter: int = 0


@dataclass(frozen=True, slots=True)
class BarChart:
    """Drawn bars side by side, as hours per week. `limit` is a drawn line with its own label.

    Every label is drawn when there are few bars, else each so many; `alt` says the rest in words.
    """

    title: str
    bars: tuple[Bar, ...]
    limit: int
    limit_label: str
    alt: str
    block: Literal["bar_chart"] = "bar_chart"


@dataclass(frozen=True, slots=True)
class GridPoint:
    """A point of a grid: the step on both axes from 0, its symbol, and what it stands for.

    What a source does not say stands at -1: beside the axis.
    """

    across: int
    up: int
    symbol: str
    text: str


@dataclass(frozen=True, slots=True)
class PointGrid:
    """A drawn grid of two scales in words, as evidence against cost. It ranks nothing."""

    title: str
    across_title: str
    across: tuple[str, ...]
    up_title: str
    up: tuple[str, ...]
    unknown: str
    points: tuple[GridPoint, ...]
    alt: str
    block: Literal["point_grid"] = "point_grid"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two columns, read left before right. A format without columns sets them below each other."""

    left: tuple["Block", ...]
    right: tuple["Block", ...]
    block: Literal["side_by_side"] = "side_by_side"


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page where they fit on one."""

    blocks: tuple["Block", ...]
    block: Literal["together"] = "together"


@dataclass(frozen=True, slots=True)
class PageBreak:
    block: Literal["page_break"] = "page_break"


Block = (
    Chapter
    | Heading
    | Paragraph
    | Callout
    | Facts
    | Bullets
    | TableBlock
    | Claims
    | Answers
    | KeyFigures
    | NumberedLines
    | Cards
    | Signatures
    | YearStrip
    | BarChart
    | PointGrid
    | SideBySide
    | Together
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class BlockDocument:
    """A whole document. `kind` names its template.

    `front`: a cover with title page, or a short head above the first block.
    """

    kind: str
    meta: Meta
    front: Literal["cover", "head"]
    blocks: tuple[Block, ...]


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks in reading order, what holds others replaced by these."""
    for block in blocks:
        if isinstance(block, Together):
            yield from flat(block.blocks)
        elif isinstance(block, SideBySide):
            yield from flat(block.left)
            yield from flat(block.right)
        else:
            yield block
