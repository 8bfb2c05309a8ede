"""The programme that follows from goals, topics and notes: what a trainer starts from.

The shape of the day is that of `study_day.py`. Topics of a goal come up where that goal is
deepened, the others at the opening, those with the most votes first. What is parked or answered
is not on the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time

from routekaart.domain.programme.block import ProgrammeBlock
from routekaart.domain.study_day import (
    MOST_GOALS,
    Block,
    BlockKind,
    DayGoal,
    NoteKind,
    PreparationNote,
    build_programme,
    note_item,
)
from routekaart.domain.topics import shortened

# An item points at a note, it does not replace it.
_LONGEST_ITEM = 300
# What a team can speak about in one opening, and more (assumption).
_MOST_NOTES = 100


@dataclass(frozen=True, slots=True)
class RaisedTopic:
    """A topic that wants a place in the day."""

    id: str
    title: str
    goal_id: str | None = None
    votes: int = 0
    position: int = 0


def suggested_programme(
    start: time,
    minutes: int,
    goals: Sequence[DayGoal],
    topics: Sequence[RaisedTopic],
    notes: Sequence[PreparationNote] = (),
) -> tuple[ProgrammeBlock, ...]:
    """Blocks that add up to the day, every topic in one of them. `notes` are in no topic yet.

    Raises ValueError for a day that `fits_programme` refuses.
    """
    short = [replace(note, text=_short(note.text)) for note in notes]
    blocks = build_programme(start, minutes, goals[:MOST_GOALS], short[:_MOST_NOTES])
    ordered = sorted(topics, key=lambda topic: (-topic.votes, topic.position, topic.id))
    with_a_block = {block.goal_id for block in blocks if block.kind is BlockKind.DEEPENING}
    opening = [topic for topic in ordered if topic.goal_id not in with_a_block - {None}]
    placed: set[str] = set()
    found: list[ProgrammeBlock] = []
    for block in blocks:
        mine: list[RaisedTopic] = []
        own_items = block.items
        if block.kind is BlockKind.OPENING:
            mine = opening
            # The general questions give way to those that people brought.
            own_items = block.items if notes or not opening else ()
        elif block.kind is BlockKind.DEEPENING and block.goal_id is not None:
            mine = [topic for topic in ordered if topic.goal_id == block.goal_id]
        # A block that a break cuts in two holds its topics in the first part.
        mine = [topic for topic in mine if topic.id not in placed]
        placed |= {topic.id for topic in mine}
        items = (*(topic.title for topic in mine), *own_items)
        found.append(_with(block, items, mine))
    return tuple(found)


def item_of_note(kind: NoteKind, text: str) -> str:
    """The item that a suggested programme makes of a note."""
    return note_item(kind, _short(text))


def _short(text: str) -> str:
    return shortened(text, _LONGEST_ITEM)


def _with(block: Block, items: tuple[str, ...], topics: Sequence[RaisedTopic]) -> ProgrammeBlock:
    return ProgrammeBlock(
        start=block.start,
        minutes=block.minutes,
        kind=block.kind,
        title=block.title,
        text=block.text,
        items=items,
        goal_id=block.goal_id,
        topics=tuple(topic.id for topic in topics),
    )
