"""The programme in the booklet: every block with time, place and group, and who is where."""

from collections.abc import Iterator

from courses.dutch import listed
from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import Block, Heading, Paragraph
from routekaart.domain.content.booklet_input import BookletInput
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.content.wording import clock, later
from routekaart.domain.programme import ProgrammeBlock
from routekaart.domain.study_day import fits_programme

_COLUMNS = (
    Column("Tijd", 4),
    Column("Onderdeel", 7, lead=True),
    Column("Wat we doen", 13),
    Column("Waar", 5),
)
_PEOPLE = (
    Column("Tijd", 3),
    Column("Onderdeel", 8, lead=True),
    Column("Begeleiding", 6),
    Column("Wie doet mee", 12),
)
_SUGGESTED = (
    "Dit is een voorstel. Het volgt uit de doelen van de dag; er is nog geen programma bewaard."
)
_UNKNOWN_PERSON = "iemand die hier niet meer werkt"


def programme(given: BookletInput) -> Iterator[Block]:
    if given.suggested and given.blocks:
        yield Paragraph(_SUGGESTED, "note")
    yield from as_blocks.table(
        Table(_COLUMNS, tuple(_row(given, block) for block in given.blocks), _none(given)),
        f"Het programma van de dag in {len(given.blocks)} onderdelen, op volgorde van tijd.",
    )
    for finding in given.findings:
        yield Paragraph(finding.message, "note")
    yield from _who_is_where(given)


def _none(given: BookletInput) -> str:
    if fits_programme(given.day.start, given.day.minutes):
        return "Er is nog geen programma."
    return "Er is nog geen programma. Voor een dag van deze lengte doen we geen voorstel."


def _row(given: BookletInput, block: ProgrammeBlock) -> tuple[str, ...]:
    title = [block.title, *([block.track.strip()] if block.track.strip() else [])]
    if block.goal_id is not None and block.goal_id in given.labels:
        title.append(given.labels[block.goal_id])
    topics = {topic.id: topic.title for topic in given.topics}
    # A suggested programme lists the topics among the items already.
    named = [topics[topic] for topic in block.topics if topic in topics]
    on_the_table = dict.fromkeys([*named, *block.items])
    lines = [block.text.strip(), *(f"– {item}" for item in on_the_table)]
    return (
        f"{clock(block.start)}–{clock(later(block.start, block.minutes))}",
        "\n".join(title),
        "\n".join(line for line in lines if line),
        block.room.strip() or given.day.room.strip() or "–",
    )


def _who_is_where(given: BookletInput) -> Iterator[Block]:
    """Who leads a block and who is in a group, for blocks that name people."""
    names = dict(given.people)

    def listed_people(block: ProgrammeBlock, *, leads: bool) -> str:
        found = [names.get(one.id, _UNKNOWN_PERSON) for one in block.people if one.leads is leads]
        return listed(found) or "–"

    rows = tuple(
        (
            clock(block.start),
            "\n".join(filter(None, (block.title, block.track.strip()))),
            listed_people(block, leads=True),
            listed_people(block, leads=False),
        )
        for block in given.blocks
        if block.people
    )
    if rows:
        yield Heading(2, "Wie is waar")
        yield from as_blocks.table(
            Table(_PEOPLE, rows, ""), "Wie welk onderdeel begeleidt, en wie eraan meedoet."
        )
