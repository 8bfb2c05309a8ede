"""How far one person is, as far as the reader may know, and room to write."""

from collections.abc import Iterator

from courses.dutch import dutch_date
from routekaart.domain.content import as_blocks
from routekaart.domain.content.blocks import Answer, Answers, Block, Card, Cards, Heading
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.content.person_input import CourseRecord, PersonPlanInput

_COLUMNS = (Column("Cursus", 12), Column("Stand", 6), Column("Afgerond op", 6))
NOT_SHOWN = (
    "Hoe ver iemand is, staat hier niet: dat mag pas als de personeelsgeleding van de MR ermee "
    "heeft ingestemd."
)
_PROMPTS = (
    "Dit lukt al:",
    "Dit probeer ik deze maand:",
    "Dit merk ik bij mijn leerlingen:",
    "Hier heb ik hulp bij nodig, en van wie:",
)
_LINES = 4


def progress(given: PersonPlanInput) -> Iterator[Block]:
    if any(team.records is None for team in given.teams):
        yield from as_blocks.missing(NOT_SHOWN)
    records = _records(given)
    if records or all(team.records is not None for team in given.teams):
        yield from as_blocks.table(
            Table(
                _COLUMNS,
                tuple(
                    (one.course_title, one.state, dutch_date(one.done_on) if one.done_on else "–")
                    for one in records
                ),
                "Er is nog niets te melden: je hebt nog geen cursussen.",
            ),
            "Je cursussen, met hoe ver je ermee bent.",
        )
    taken = tuple(
        Answer(one.course_title, one.reflection.strip())
        for one in records
        if one.reflection.strip()
    )
    if taken:
        yield Heading(2, "Wat je ervan meeneemt")
        yield Answers(taken)
    yield Heading(2, "Aantekeningen")
    yield Cards(tuple(Card("", prompt, lines=_LINES) for prompt in _PROMPTS))


def _records(given: PersonPlanInput) -> tuple[CourseRecord, ...]:
    """Each course once, by title."""
    found: dict[str, CourseRecord] = {}
    for team in given.teams:
        for record in team.records or ():
            known = found.get(record.course)
            # Two teams may know of a course; the one that knows when it was done says more.
            if known is None or (known.done_on is None and record.done_on is not None):
                found[record.course] = record
    return tuple(sorted(found.values(), key=lambda one: (one.course_title, one.course)))
