"""Which shared notes may belong together: a suggestion that a trainer takes over or leaves.

Notes of one goal and one kind that share a word come together, the most shared word first. Words
of the goal itself do not count: everybody uses those. No more than this, so that everyone can see
why (assumption: it is only a first sorting, people decide).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from routekaart.domain.study_day import NoteKind

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_WORD = 4
_LONGEST_TITLE = 80
# As long as somebody may type it.
MOST_IN_TITLE = 200
_ENDINGS = ("en", "s")
_PLURAL = {
    NoteKind.QUESTION: "Vragen",
    NoteKind.WISH: "Wensen",
    NoteKind.FINDING: "Bevindingen",
}
_KINDS = list(NoteKind)
# Words that say nothing about the subject.
_STOP_TEXT = """
    aangezien achter alle alleen allemaal alles altijd andere anders beetje behalve beter bijna
    bijvoorbeeld binnen boven daar daarbij daarna daarom dacht deden deze dingen doen doet door
    echt eens eerder eerst eigen eigenlijk elkaar elke enkele erbij ergens even gaan gaat geen
    geweest gewoon goed goede graag haar hebben heeft helemaal hier hoeveel ieder iedereen
    iemand iets inmiddels jouw jullie kleine komen komt kunnen laten leer leren maar maken meer
    mensen mijn minder misschien moet moeten moment naar niemand niet nieuwe nodig nooit omdat
    onder ongeveer onze over past samen sommige soms steeds straks terug tijdens toch toen
    tussen vaak vandaag vanuit veel verder viel volgende vond voor vooral vraag vragen waar
    waarom wanneer want waren weer weet weinig welke wensen werd werken werkt weten willen wilt
    worden wordt zeer zelf zich zien ziet zijn zoals zonder zouden zullen
"""
_STOP_WORDS = frozenset(_STOP_TEXT.split())


@dataclass(frozen=True, slots=True)
class SharedNote:
    """A note that is shared and in no topic yet."""

    id: str
    kind: NoteKind
    text: str
    goal_id: str | None = None


@dataclass(frozen=True, slots=True)
class TopicSuggestion:
    """Notes that may belong together. `word` is what they share; empty for one on its own."""

    title: str
    kind: NoteKind
    goal_id: str | None
    word: str
    reason: str
    notes: tuple[str, ...]


def suggest_topics(
    notes: Sequence[SharedNote], goals: Mapping[str, str]
) -> tuple[TopicSuggestion, ...]:
    """Every note in exactly one suggestion: by goal (in the order of `goals`), kind and size.

    `goals`: the wording of each goal by its id. The same notes always give the same answer, in
    whatever order they come.
    """
    order = {goal: place for place, goal in enumerate(goals)}
    buckets: dict[tuple[str | None, NoteKind], list[SharedNote]] = defaultdict(list)
    for note in sorted(notes, key=lambda note: (note.text.casefold(), note.id)):
        buckets[note.goal_id, note.kind].append(note)

    def place(bucket: tuple[str | None, NoteKind]) -> tuple[int, str, int]:
        goal, kind = bucket
        # What is about no goal comes last.
        return order.get(goal or "", len(order)), goal or "", _KINDS.index(kind)

    return tuple(
        suggestion
        for bucket in sorted(buckets, key=place)
        for suggestion in _grouped(buckets[bucket], goals.get(bucket[0] or "", ""))
    )


def joined_titles(title: str, other: str) -> tuple[str, str]:
    """The title of two topics that become one, and what of the other did not fit in it."""
    if other.casefold() in title.casefold():
        return title, ""
    both = f"{title} / {other}"
    return (both, "") if len(both) <= MOST_IN_TITLE else (title, other)


def _grouped(notes: list[SharedNote], goal: str) -> Iterator[TopicSuggestion]:
    left = {note.id: note for note in notes}
    words = {note.id: _words(note.text) for note in notes}
    common = set(_words(goal))
    while True:
        holders: dict[str, list[str]] = defaultdict(list)
        for note_id in left:
            for stem in words[note_id]:
                if stem not in common:
                    holders[stem].append(note_id)
        shared = [stem for stem, found in holders.items() if len(found) > 1]
        if not shared:
            break
        stem = min(shared, key=lambda stem: (-len(holders[stem]), stem))
        members = [left.pop(note_id) for note_id in holders[stem]]
        word = min((words[note.id][stem] for note in members), key=lambda form: (len(form), form))
        yield TopicSuggestion(
            title=f"{_PLURAL[members[0].kind]} over ‘{word}’",
            kind=members[0].kind,
            goal_id=members[0].goal_id,
            word=word,
            reason=f"{len(members)} notities met het woord ‘{word}’.",
            notes=tuple(note.id for note in members),
        )
    for note in left.values():
        yield TopicSuggestion(
            title=shortened(note.text, _LONGEST_TITLE),
            kind=note.kind,
            goal_id=note.goal_id,
            word="",
            reason="Deze notitie staat op zichzelf.",
            notes=(note.id,),
        )


def _words(text: str) -> dict[str, str]:
    """The words that say something: without their ending, each with how it was written first."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text.casefold()):
        if len(word) >= _SHORTEST_WORD and word not in _STOP_WORDS:
            found.setdefault(_stem(word), word)
    return found


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_WORD:
            return word.removesuffix(ending)
    return word


def shortened(text: str, longest: int) -> str:
    """The text on one line, cut off with an ellipsis where it is longer than `longest`."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
