"""The programme of a study day: blocks that follow on each other and add up to the day.

The order is that of the flipped classroom (S27): open with what the preparation brought up, deepen,
practise, and end with agreements. How the time is shared is an assumption of ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum

SHORTEST = 60
LONGEST = 480
MOST_GOALS = 6
_MINUTES_IN_DAY = 24 * 60
_LUNCH_AT = 12 * 60
_ONE_BREAK_FROM = 150
_LUNCH_FROM = 300
_SECOND_BREAK_FROM = 390
_BREAK = 15
_LUNCH = 45
_SHORTEST_PART = 10
_SPLIT_FROM = 20


class BlockKind(StrEnum):
    OPENING = "opening"
    DEEPENING = "deepening"
    PRACTICE = "practice"
    AGREEMENTS = "agreements"
    BREAK = "break"
    LUNCH = "lunch"


class NoteKind(StrEnum):
    """What someone writes down while preparing, in the order in which the opening takes them."""

    QUESTION = "question"
    WISH = "wish"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class PreparationNote:
    """A finding, question or wish from the preparation of a goal."""

    kind: NoteKind
    text: str
    goal_id: str | None = None


@dataclass(frozen=True, slots=True)
class DayGoal:
    """A goal as the programme needs it."""

    id: str
    title: str


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


@dataclass(frozen=True, slots=True)
class _Part:
    """A block without its place in the day yet."""

    minutes: int
    kind: BlockKind
    title: str
    text: str = ""
    goal_id: str | None = None
    items: tuple[str, ...] = ()


_NOTE_LABELS = {
    NoteKind.QUESTION: "Vraag",
    NoteKind.WISH: "Wens",
    NoteKind.FINDING: "Bevinding",
}
_OPENING_STEPS = (
    "Welke vragen bleven na de voorbereiding open?",
    "Wat willen jullie vandaag kunnen of weten?",
    "Wat viel op, in de cursus en in je eigen groep?",
)
_AGREEMENT_STEPS = (
    "Wie doet wat, en wanneer is het klaar?",
    "Waaraan merken leerlingen het?",
    "Wanneer kijken jullie samen terug?",
)
_DEEPENING_STEPS = (
    "Wat leerden we uit de voorbereiding, en wat betekent dat in onze groepen?",
    "Bekijk samen een voorbeeld uit een eigen les.",
)
_PRACTICE_TEXT = "Maak het klein genoeg voor volgende week."
_PRACTICE_STEPS = (
    "Bereid in tweetallen een les of gesprek voor waarin je het doet.",
    "Oefen het met elkaar en geef elkaar feedback.",
)
_CONTINUED = "Verder waar jullie gebleven waren."
_NO_GOAL = "Voor deze dag is nog geen doel gekozen: het team vult dit deel zelf in."


def fits_programme(start: time, minutes: int) -> bool:
    """Whether a day of this length can hold a programme: 1 to 8 hours, done before midnight."""
    begin = start.hour * 60 + start.minute
    return SHORTEST <= minutes <= LONGEST and begin + minutes < _MINUTES_IN_DAY


def build_programme(
    start: time,
    minutes: int,
    goals: Sequence[DayGoal],
    notes: Sequence[PreparationNote] = (),
) -> tuple[Block, ...]:
    """The blocks of a day, without gaps, adding up to exactly `minutes`.

    Raises ValueError for a day that `fits_programme` refuses, and for more than MOST_GOALS goals.
    """
    if not fits_programme(start, minutes):
        raise ValueError(f"A programme of {minutes} minutes from {start} does not fit in a day.")
    if len(goals) > MOST_GOALS:
        raise ValueError(f"A study day holds at most {MOST_GOALS} goals, not {len(goals)}.")
    begin = start.hour * 60 + start.minute
    breaks = _breaks(begin, minutes)
    parts = _content(minutes - sum(item.minutes for _, item in breaks), goals, notes)
    for position, item in breaks:
        parts = _insert(parts, position, item)
    return tuple(_placed(begin, parts))


def _placed(begin: int, parts: Sequence[_Part]) -> Iterator[Block]:
    moment = begin
    for part in parts:
        yield Block(
            time(moment // 60, moment % 60),
            part.minutes,
            part.kind,
            part.title,
            part.text,
            part.goal_id,
            part.items,
        )
        moment += part.minutes


def _breaks(begin: int, minutes: int) -> list[tuple[int, _Part]]:
    """Breaks with the content minutes before each, the last one first.

    Last first, because a break that is put in does not move the places before it.
    """
    pause = _Part(_BREAK, BlockKind.BREAK, "Pauze")
    if minutes < _ONE_BREAK_FROM:
        return []
    if minutes < _LUNCH_FROM:
        return [(_round5((minutes - _BREAK) / 2), pause)]
    second = minutes >= _SECOND_BREAK_FROM
    content = minutes - _LUNCH - _BREAK * (2 if second else 1)
    # Around noon, but never with nearly the whole day on one side.
    wanted = _LUNCH_AT - begin - _BREAK
    lunch = _round5(min(max(wanted, content * 0.4), content * 0.65))
    breaks = [(lunch, _Part(_LUNCH, BlockKind.LUNCH, "Lunch")), (_round5(lunch / 2), pause)]
    return [(_round5((lunch + content) / 2), pause), *breaks] if second else breaks


def _content(
    minutes: int, goals: Sequence[DayGoal], notes: Sequence[PreparationNote]
) -> list[_Part]:
    opening = min(max(_round5(minutes * 0.15), 10), 60)
    agreements = min(max(_round5(minutes * 0.15), 10), 45)
    rest = minutes - opening - agreements
    parts = [
        _Part(
            opening,
            BlockKind.OPENING,
            "Opening",
            "Bevindingen, vragen en wensen uit de voorbereiding.",
            items=_harvest(notes) or _OPENING_STEPS,
        )
    ]
    subjects: Sequence[DayGoal | None] = goals or (None,)
    done = 0
    for number, goal in enumerate(subjects, start=1):
        end = _share(rest, number, len(subjects))
        parts += _goal_parts(end - done, goal)
        done = end
    parts.append(
        _Part(
            agreements,
            BlockKind.AGREEMENTS,
            "Afspraken en borging",
            "Leg vast wat jullie vanaf morgen doen.",
            items=_AGREEMENT_STEPS,
        )
    )
    return parts


def _goal_parts(minutes: int, goal: DayGoal | None) -> list[_Part]:
    deepening = max(1, _round5(minutes * 0.45)) if minutes >= 4 * _SHORTEST_PART else minutes // 2
    if goal is None:
        return [
            _Part(deepening, BlockKind.DEEPENING, "Verdieping", _NO_GOAL),
            _Part(minutes - deepening, BlockKind.PRACTICE, "Oefenen", _NO_GOAL),
        ]
    return [
        _Part(
            deepening,
            BlockKind.DEEPENING,
            "Verdieping",
            goal.title,
            goal.id,
            _DEEPENING_STEPS,
        ),
        _Part(
            minutes - deepening,
            BlockKind.PRACTICE,
            "Oefenen",
            _PRACTICE_TEXT,
            goal.id,
            _PRACTICE_STEPS,
        ),
    ]


def _harvest(notes: Sequence[PreparationNote]) -> tuple[str, ...]:
    kinds = list(NoteKind)
    ordered = sorted(notes, key=lambda note: kinds.index(note.kind))
    return tuple(note_item(note.kind, note.text) for note in ordered)


def note_item(kind: NoteKind, text: str) -> str:
    """How a note stands on the table: Vraag: …"""
    return f"{_NOTE_LABELS[kind]}: {text}"


def _insert(parts: Sequence[_Part], position: int, pause: _Part) -> list[_Part]:
    """Puts a break after `position` minutes, or at the nearest end of a block when it is close."""
    begin = 0
    for index, part in enumerate(parts):
        before, after = position - begin, begin + part.minutes - position
        if min(before, after) >= _SPLIT_FROM:
            halves = [
                replace(part, minutes=before),
                replace(
                    part,
                    minutes=after,
                    title=f"{part.title} (vervolg)",
                    text=_CONTINUED,
                    items=(),
                ),
            ]
            return [*parts[:index], halves[0], pause, halves[1], *parts[index + 1 :]]
        if after > 0:
            cut = index if before < after and index else index + 1
            return [*parts[:cut], pause, *parts[cut:]]
        begin += part.minutes
    return [*parts, pause]


def _share(minutes: int, number: int, count: int) -> int:
    """Where share `number` of `count` ends, in round minutes where the shares allow it."""
    if minutes < 4 * _SHORTEST_PART * count:
        return minutes * number // count
    return minutes if number == count else _round5(minutes * number / count)


def _round5(minutes: float) -> int:
    return int(minutes / 5 + 0.5) * 5
