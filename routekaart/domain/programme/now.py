"""Where a study day stands at a moment: which block is on, and what is behind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby

from routekaart.domain.content.wording import later
from routekaart.domain.programme.block import minutes_of


class Phase(StrEnum):
    """Before the day, on it, or when it is over."""

    BEFORE = "before"
    TODAY = "today"
    AFTER = "after"


def phase_of(held_on: date, *, closed: bool, today: date) -> Phase:
    """A day that was closed is over, whatever its date."""
    if closed or held_on < today:
        return Phase.AFTER
    return Phase.TODAY if held_on == today else Phase.BEFORE


@dataclass(frozen=True, slots=True)
class TimedBlock:
    """A block as far as time goes; `id` is whatever tells blocks apart."""

    id: str
    start: time
    minutes: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Blocks that begin together, with when the longest ends."""

    start: time
    end: time
    blocks: tuple[str, ...]
    now: bool
    behind: bool


def slots(blocks: Iterable[TimedBlock], held_on: date, moment: datetime) -> Iterator[Slot]:
    """The blocks by start; `blocks` come in time. `moment` is in local time."""
    for start, found in groupby(blocks, key=lambda block: block.start):
        together = tuple(found)
        longest = max(block.minutes for block in together)
        begin, end = minutes_of(start), minutes_of(start) + longest
        here = moment.date() == held_on
        at = moment.hour * 60 + moment.minute
        yield Slot(
            start=start,
            end=later(start, longest),
            blocks=tuple(block.id for block in together),
            now=here and begin <= at < end,
            behind=moment.date() > held_on or (here and at >= end),
        )
