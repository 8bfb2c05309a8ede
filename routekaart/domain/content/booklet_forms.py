"""The parts of a booklet to write in: question cards, sign-in list, agreements, evaluation."""

from collections.abc import Iterator

from courses.dutch import dutch_date
from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import Block, Card, Cards, Heading, Paragraph
from routekaart.domain.content.booklet_input import BookletInput, DayNote
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.study_day import NoteKind

# As many as stand on a page of cards (assumption).
_BLANK_CARDS = 4
_CARD_LINES = 3
# Who comes unannounced: the trainer, a guest (assumption).
_SPARE_LINES = 4
_AGREEMENT_LINES = 6
_ANSWER_LINES = 4
_SIGN_IN = (Column("Naam", 10), Column("Handtekening", 10))
_AGREED = (
    Column("Wat spreken we af?", 12),
    Column("Wie?", 6),
    Column("Klaar op", 6),
    Column("Terugkijken op", 6),
)
_KIND = {NoteKind.QUESTION: "Vraag", NoteKind.WISH: "Wens", NoteKind.FINDING: "Bevinding"}
_STILL_TO_DISCUSS = ("open", "scheduled")
_EVALUATION = (
    "Wat ga je morgen of volgende week anders doen?",
    "Waaraan merken je leerlingen dat?",
    "Welke vraag heb je nog?",
    "Wat hielp je vandaag, en wat mag een volgende keer anders?",
)


def question_cards(given: BookletInput) -> Iterator[Block]:
    """A card per topic that is not answered or parked and per loose note, and some empty ones."""
    topics = [
        Card(_label(given, "Onderwerp", topic.goal_id), topic.title, lines=_CARD_LINES)
        for topic in given.topics
        if topic.state in _STILL_TO_DISCUSS
    ]
    notes = [
        _note_card(given, note) for kind in NoteKind for note in given.notes if note.kind is kind
    ]
    blank = [Card("Vraag", "Onze vraag:", lines=_CARD_LINES)] * _BLANK_CARDS
    yield Cards((*topics, *notes, *blank))


def _note_card(given: BookletInput, note: DayNote) -> Card:
    return Card(_label(given, _KIND[note.kind], note.goal_id), note.text.strip(), lines=_CARD_LINES)


def _label(given: BookletInput, kind: str, goal_id: str | None) -> str:
    goal = given.labelled([goal_id]) if goal_id else ""
    return f"{kind} · {goal}" if goal else kind


def sign_in(given: BookletInput) -> Iterator[Block]:
    """Names of who is expected where the reader may have them, else a line for each."""
    names = list(given.expected) if given.inside else [""] * given.team_size
    if not names:
        yield from as_blocks.missing("Er zijn nog geen mensen aan dit team gekoppeld.")
    rows = tuple((name, "") for name in [*names, *[""] * _SPARE_LINES])
    yield from as_blocks.table(
        Table(_SIGN_IN, rows, ""),
        f"Presentielijst met {len(rows)} regels om te tekenen.",
    )


def agreements(given: BookletInput) -> Iterator[Block]:
    """What stands already, and lines for what is added on the day."""
    stands = [
        (one.what.strip(), one.who, dutch_date(one.due_on), dutch_date(one.check_on))
        for one in given.agreements
    ]
    rows = (*stands, *[("", "", "", "")] * _AGREEMENT_LINES)
    yield from as_blocks.table(
        Table(_AGREED, rows, ""),
        f"{len(stands)} afspraken die er al zijn, en {_AGREEMENT_LINES} lege regels.",
    )
    yield Paragraph(
        "Zet de afspraken daarna in de routekaart. Dan komen ze vanzelf terug op hun datum.", "soft"
    )


def evaluation(given: BookletInput) -> Iterator[Block]:
    """Questions of our own about the day: no source prescribes them."""
    yield Cards(tuple(Card("", question, lines=_ANSWER_LINES) for question in _EVALUATION))
    for goal in given.day_goals:
        yield Heading(2, f"{given.labels[goal.id]}: hoe ver zijn we?", quiet=True)
        yield Cards(
            (
                Card("", "Dit lukt al:", lines=_CARD_LINES),
                Card("", "Dit oefenen we nog:", lines=_CARD_LINES),
            )
        )
