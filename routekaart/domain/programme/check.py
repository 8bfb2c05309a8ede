"""Whether a programme can be held: it adds up to the day for everyone, nobody is in two places.

Everyone follows one line through the day: the blocks for all and those of the own group. Each
line must fill the day without a gap or an overlap.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import combinations

from courses.dutch import listed
from courses.findings import Finding, Severity, sorted_findings
from routekaart.domain.programme.block import (
    PAUSES,
    ProgrammeBlock,
    clock,
    minutes_of,
    same,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a programme may refer to, by id: `team` takes part, `school` may lead a block."""

    team: frozenset[str]
    school: frozenset[str]
    goals: frozenset[str]
    topics: frozenset[str]


def programme_findings(
    start: time, minutes: int, blocks: Sequence[ProgrammeBlock]
) -> tuple[Finding, ...]:
    """Everything that makes the programme impossible, all of it errors; empty: it can be held."""
    return sorted_findings(
        [
            *_line_findings(minutes_of(start), minutes, blocks),
            *_pause_findings(blocks),
            *_double_findings(blocks),
        ]
    )


def adds_up(start: time, minutes: int, blocks: Sequence[ProgrammeBlock]) -> bool:
    """Whether there is a programme and it can be held on a day of this length."""
    return bool(blocks) and not programme_findings(start, minutes, blocks)


def reference_findings(blocks: Sequence[ProgrammeBlock], known: Known) -> tuple[Finding, ...]:
    """Goals, people and topics that do not belong to this day, all of them errors."""
    return sorted_findings(_reference_findings(blocks, known))


def _error(code: str, message: str, place: int | None = None) -> Finding:
    field = "blocks" if place is None else f"blocks.{place}"
    return Finding(code, Severity.ERROR, message, field=field)


# --- Lines ---------------------------------------------------------------------------------------
def lines_of(blocks: Sequence[ProgrammeBlock]) -> dict[str, list[tuple[int, ProgrammeBlock]]]:
    """Per group its blocks with their places in `blocks`, in time; one line when all is common."""
    tracks = {same(block.track): block.track.strip() for block in reversed(blocks) if block.track}
    return {
        tracks.get(track, ""): sorted(
            (
                (place, block)
                for place, block in enumerate(blocks)
                if same(block.track) in {"", track}
            ),
            key=lambda item: (item[1].begin, item[1].end, item[0]),
        )
        for track in sorted(tracks) or [""]
    }


def _line_findings(begin: int, minutes: int, blocks: Sequence[ProgrammeBlock]) -> Iterator[Finding]:
    lines = lines_of(blocks)
    found: dict[tuple[str, str, int | None], list[str]] = defaultdict(list)
    for track, line in lines.items():
        for problem in _along(begin, begin + minutes, line):
            found[problem].append(track)
    for (code, what, place), tracks in found.items():
        # What is wrong for everybody is said once.
        for_whom = "" if len(tracks) == len(lines) else f" bij {listed(tracks)}"
        yield _error(code, f"{what[0].upper()}{what[1:]}{for_whom}. {_MEND[code]}", place)


_MEND = {
    "programme_gap": "Vul die tijd, of laat een onderdeel langer duren.",
    "programme_overlap": "Laat het een na het ander beginnen, of zet ze in verschillende groepen.",
    "programme_outside_day": "Maak het korter, of pas de tijden van de studiedag aan.",
}


def _along(
    begin: int, end: int, line: Sequence[tuple[int, ProgrammeBlock]]
) -> Iterator[tuple[str, str, int | None]]:
    moment = begin
    before: ProgrammeBlock | None = None
    for place, block in line:
        if block.begin < begin or block.end > end:
            yield "programme_outside_day", f"{block.name} valt buiten de studiedag", place
        if block.begin > moment and moment < end:
            until = min(block.begin, end)
            yield "programme_gap", f"van {clock(moment)} tot {clock(until)} staat er niets", None
        elif block.begin < moment and before is not None:
            yield "programme_overlap", f"{before.name} en {block.name} vallen samen", place
        if before is None or block.end > before.end:
            before = block
        moment = max(moment, block.end)
    if moment < end:
        yield "programme_gap", f"van {clock(moment)} tot {clock(end)} staat er niets", None


def _pause_findings(blocks: Sequence[ProgrammeBlock]) -> Iterator[Finding]:
    for place, block in enumerate(blocks):
        if block.kind in PAUSES and same(block.track):
            yield _error(
                "break_not_common",
                f"{block.name} geldt alleen voor {block.track.strip()}. "
                "Houd pauzes met het hele team.",
                place,
            )


# --- Twice at the same time ----------------------------------------------------------------------
def _double_findings(blocks: Sequence[ProgrammeBlock]) -> Iterator[Finding]:
    for (_, one), (place, other) in combinations(enumerate(blocks), 2):
        if not (one.begin < other.end and other.begin < one.end):
            continue
        together = f"{one.name} en {other.name} vallen samen"
        if same(one.room) and same(one.room) == same(other.room):
            yield _error(
                "room_twice",
                f"{together} en staan allebei in {other.room.strip()}. Kies een andere ruimte.",
                place,
            )
        if {person.id for person in one.people} & {person.id for person in other.people}:
            yield _error(
                "person_twice",
                f"{together}, met iemand die in allebei staat. Kies voor een van de twee.",
                place,
            )


# --- References ----------------------------------------------------------------------------------
def _reference_findings(blocks: Sequence[ProgrammeBlock], known: Known) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        if block.goal_id is not None and block.goal_id not in known.goals:
            yield _error("unknown_goal", "Dit doel hoort niet bij deze routekaart.", place)
        for person in block.people:
            if person.leads and person.id not in known.school:
                yield _error(
                    "person_not_at_school",
                    f"Wie {block.name} begeleidt, hoort niet bij jullie school. Kies iemand die "
                    "er werkt of er een rol heeft.",
                    place,
                )
            elif not person.leads and person.id not in known.team:
                yield _error(
                    "person_not_in_team",
                    f"In {block.name} staat iemand die niet in het team zit.",
                    place,
                )
        for topic in block.topics:
            if topic not in known.topics:
                yield _error("unknown_topic", "Dit onderwerp hoort niet bij deze dag.", place)
            elif topic in seen:
                yield _error("topic_twice", "Zet een onderwerp in één onderdeel.", place)
            seen.add(topic)
