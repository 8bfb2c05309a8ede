"""What the team brought up for a study day: topics with their notes, and notes on their own."""

from collections.abc import Iterator, Sequence

from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import Block, Heading, Paragraph, Together
from routekaart.domain.content.booklet_input import BookletInput, DayNote, DayTopic
from routekaart.domain.content.wording import counted, sentence
from routekaart.domain.lifecycle import TOPIC
from routekaart.domain.study_day import NoteKind, note_item

_PLURAL = {
    NoteKind.QUESTION: "Vragen",
    NoteKind.WISH: "Wensen",
    NoteKind.FINDING: "Bevindingen",
}


def questions(given: BookletInput) -> Iterator[Block]:
    """Topics in their order, then what is in no topic: questions, wishes and findings."""
    if not given.topics and not given.notes:
        yield from as_blocks.missing("Er zijn nog geen vragen, wensen of bevindingen gedeeld.")
    for topic in given.topics:
        yield Together(tuple(_topic(given, topic)))
    for kind in NoteKind:
        notes = [note for note in given.notes if note.kind is kind]
        if notes:
            yield Heading(2, _loose_title(given, kind))
            yield from as_blocks.bullets(_said(given, notes, with_kind=False))


def _loose_title(given: BookletInput, kind: NoteKind) -> str:
    return f"Andere {_PLURAL[kind].lower()}" if given.topics else _PLURAL[kind]


def _topic(given: BookletInput, topic: DayTopic) -> Iterator[Block]:
    # A heading is never empty: a reader that speaks would say nothing there.
    title = " ".join(topic.title.split()) or "Onderwerp zonder titel"
    yield Heading(2, title, label=given.labelled([topic.goal_id] if topic.goal_id else []))
    state = TOPIC.words.get(topic.state, topic.state)
    votes = f", {counted(topic.votes, 'stem', 'stemmen')}" if topic.votes else ""
    yield Paragraph(f"{state.capitalize()}{votes}", "soft")
    yield from as_blocks.bullets(_said(given, topic.notes, with_kind=True))
    if topic.answer.strip():
        yield Paragraph(sentence(f"Antwoord: {topic.answer.strip()}"))


def _said(given: BookletInput, notes: Sequence[DayNote], *, with_kind: bool) -> Iterator[str]:
    for note in notes:
        text = note_item(note.kind, note.text.strip()) if with_kind else note.text.strip()
        # Under a topic the goal is that of the topic.
        goal = "" if with_kind or not note.goal_id else given.labelled([note.goal_id])
        yield f"{text} ({goal})" if goal else text
