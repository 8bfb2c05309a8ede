"""Rooms and people that another team of the school has at the same time. Warnings, never errors:
two teams settle this between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from courses.findings import Finding, Severity, sorted_findings
from routekaart.domain.programme.block import ProgrammeBlock, clock, minutes_of, same


@dataclass(frozen=True, slots=True)
class BookedDay:
    """What a study day takes: its room and trainer all day, those of its blocks at their time."""

    team: str
    start: time
    minutes: int
    room: str = ""
    trainer: str | None = None
    blocks: tuple[ProgrammeBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class _Booking:
    kind: str
    key: str
    name: str
    begin: int
    end: int


def elsewhere_findings(own: BookedDay, others: Sequence[BookedDay]) -> tuple[Finding, ...]:
    """One warning for each room or person that another team has at the same time.

    `others` are days of other teams at the same school, on the same date.
    """
    mine = tuple(_bookings(own))
    return sorted_findings(
        finding
        for other in others
        for finding in _clashes(mine, tuple(_bookings(other)), other.team)
    )


def _bookings(day: BookedDay) -> Iterator[_Booking]:
    begin = minutes_of(day.start)
    if same(day.room):
        yield _Booking("room", same(day.room), day.room.strip(), begin, begin + day.minutes)
    if day.trainer is not None:
        yield _Booking("person", day.trainer, "De trainer", begin, begin + day.minutes)
    for block in day.blocks:
        if same(block.room):
            yield _Booking("room", same(block.room), block.room.strip(), block.begin, block.end)
        for person in block.people:
            yield _Booking("person", person.id, f"Iemand in {block.name}", block.begin, block.end)


def _clashes(mine: Sequence[_Booking], theirs: Sequence[_Booking], team: str) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    for own in mine:
        overlaps = [
            (max(own.begin, other.begin), min(own.end, other.end))
            for other in theirs
            if (own.kind, own.key) == (other.kind, other.key)
            and own.begin < other.end
            and other.begin < own.end
        ]
        if not overlaps or (own.kind, own.key) in told:
            continue
        told.add((own.kind, own.key))
        first, last = min(overlaps)
        when = f"van {clock(first)} tot {clock(last)}"
        if own.kind == "room":
            yield Finding(
                "room_in_use_elsewhere",
                Severity.WARNING,
                f"Het team ‘{team}’ heeft {own.name} ook, {when}. Spreek af wie waar zit.",
            )
        else:
            yield Finding(
                "person_elsewhere",
                Severity.WARNING,
                f"{own.name} staat ook op de studiedag van het team ‘{team}’, {when}. "
                "Kies een andere tijd of persoon.",
            )
