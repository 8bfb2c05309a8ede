"""Did it work? Per indicator whether a team came closer to its target, and what stays open.

Only what was measured is told: no forecast, and never months of progress for one school.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Direction(StrEnum):
    """Where the last measurement lies, seen from the start towards the target."""

    CLOSER = "closer"
    AWAY = "away"
    SAME = "same"
    NOT_MEASURED = "not_measured"
    # No target, or nothing to compare the only measurement with.
    UNKNOWN = "unknown"

    @property
    def word(self) -> str:
        return _WORDS[self]


_WORDS = {
    Direction.CLOSER: "dichterbij",
    Direction.AWAY: "verder weg",
    Direction.SAME: "gelijk",
    Direction.NOT_MEASURED: "nog geen meting",
    Direction.UNKNOWN: "nog niet te zeggen",
}


class Verdict(StrEnum):
    """What the team decided about a goal. The values are those of the table."""

    GO_ON = "go_on"
    ADJUST = "adjust"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of a group or a team on a day."""

    on: date | None
    value: Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """How an indicator stands: where it began, where it is, and where it should go.

    Without a baseline the first of several measurements is the start.
    """

    start: Value | None
    last: Value | None
    target: Decimal | None
    direction: Direction
    reached: bool


def reading_of(
    *, baseline: Value | None, target: Decimal | None, measured: Sequence[Value]
) -> Reading:
    """The reading of an indicator; `measured` comes by date."""
    last = measured[-1] if measured else None
    start = baseline or (measured[0] if len(measured) > 1 else None)
    if last is None:
        return Reading(start, None, target, Direction.NOT_MEASURED, reached=False)
    if target is None:
        return Reading(start, last, None, Direction.UNKNOWN, reached=False)
    if start is None:
        return Reading(None, last, target, Direction.UNKNOWN, reached=last.value == target)
    reached = _reached(start.value, last.value, target)
    was = abs(target - start.value)
    # Who passes the target is not further away from it.
    now = Decimal(0) if reached else abs(target - last.value)
    return Reading(start, last, target, _towards(was, now), reached)


def _towards(was: Decimal, now: Decimal) -> Direction:
    """From how far the target was to how far it is."""
    if now == was:
        return Direction.SAME
    return Direction.CLOSER if now < was else Direction.AWAY


def _reached(start: Decimal, last: Decimal, target: Decimal) -> bool:
    if start == target:
        return last == target
    return last >= target if target > start else last <= target


def is_open(verdict: str | None, readings: Sequence[Reading]) -> bool:
    """Whether a goal goes on to the next year: the team did not stop it, and it is not reached.

    A goal is reached when every indicator with a target is, and there is one. The team's own
    word goes before the figures: what it decided to go on with is open.
    """
    if verdict is not None:
        return verdict != Verdict.STOP
    with_target = [one for one in readings if one.target is not None]
    return not (with_target and all(one.reached for one in with_target))
