"""When blocks begin that are only put in order: each group goes on where it left off.

A block for everyone waits for the slowest group; a group begins where the last block for everyone
ended. So a programme is made of an order and durations, and nobody has to reckon.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from routekaart.domain.programme.block import ProgrammeBlock, minutes_of, same

_LAST = 24 * 60 - 1


def in_sequence(start: time, blocks: Sequence[ProgrammeBlock]) -> tuple[ProgrammeBlock, ...]:
    """The blocks in the given order, each with the time that it begins.

    What would begin after midnight begins at the last minute: the check of a programme says that
    it does not fit.
    """
    common = minutes_of(start)
    lines: dict[str, int] = {}
    placed: list[ProgrammeBlock] = []
    for block in blocks:
        track = same(block.track)
        begin = lines.get(track, common) if track else max([common, *lines.values()])
        placed.append(replace(block, start=_time(begin)))
        if track:
            lines[track] = begin + block.minutes
        else:
            common, lines = begin + block.minutes, {}
    return tuple(placed)


def minutes_filled(start: time, placed: Sequence[ProgrammeBlock]) -> int:
    """How long the programme takes from the beginning of the day to the end of its last block."""
    return max((block.end for block in placed), default=minutes_of(start)) - minutes_of(start)


def _time(minutes: int) -> time:
    hours, rest = divmod(min(minutes, _LAST), 60)
    return time(hours, rest)
