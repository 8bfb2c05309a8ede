"""The programme of a study day: blocks that follow on each other and add up to the day."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class BlockKind(StrEnum):
    OPENING = "opening"
    DEEPENING = "deepening"
    PRACTICE = "practice"
    AGREEMENTS = "agreements"
    BREAK = "break"
    LUNCH = "lunch"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the day. `items` are what is on the table: questions, steps, things to agree."""

    start: time
    minutes: int
    kind: BlockKind
    title: str
    text: str = ""
    goal_id: str | None = None
    items: tuple[str, ...] = ()
