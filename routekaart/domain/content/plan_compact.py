"""The scholingsplan on two pages: the summary, and on the second page courses, dates, consent."""

from collections.abc import Iterable, Iterator

from routekaart.domain.content.blocks import (
    Block,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
)
from routekaart.domain.content.changed_in_short import SOME_LINES, changed_in_short
from routekaart.domain.content.document import GoalCourses, Scholingsplan
from routekaart.domain.content.outline import shortened
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.content.wording import counted

MOST_GOALS = 5
# Lines of a table that the second page has room for, beside its headings and the consent: in Word,
# where a row is a little higher than in the PDF.
_ROOM = 24
# Of these what changed takes some, beside the room that is always left.
_CHANGED_ROOM = 3
# Of one line there are some two more where a word is long and the letters are wide.
_LETTERS = (30, 52)
_LONGEST_GOAL = 100
_LONGEST_COURSES = 150
_LONGEST_CELL = 60
_COURSES = (Column("Doel", 6), Column("Cursussen", 10))


def second_page(plan: Scholingsplan) -> Iterator[Block]:
    """What follows the summary. Long lists are cut, and say where the rest stands."""
    # No break before it: in Word, where letters may be wider, the first page can be too full.
    yield Chapter("", "Wat we volgen, en wanneer")
    yield Heading(2, "Cursussen per doel", quiet=True)
    goals = plan.courses.goals
    rows = tuple(_goal(goal) for goal in goals[:MOST_GOALS])
    if goals:
        yield TableBlock(Table(_COURSES, rows, ""))
        yield from _more(len(goals) - MOST_GOALS, "doel", "doelen")
    else:
        yield Paragraph(plan.courses.missing, "missing")
    dates = plan.dates.table
    # With more goals there is room for one line on what changed.
    letters = SOME_LINES if len(goals) <= MOST_GOALS else 0
    taken = _CHANGED_ROOM if plan.changed and letters else 0
    most = _most_dates(rows, dates, taken + int(len(goals) > MOST_GOALS))
    whole = len(dates.rows) <= most
    yield Heading(2, "Alle data" if whole else f"De eerste {most} data", quiet=True)
    if dates.rows:
        cut = tuple(
            tuple(shortened(cell, _LONGEST_CELL) for cell in row) for row in dates.rows[:most]
        )
        yield TableBlock(Table(dates.columns, cut, ""))
        yield from _more(len(dates.rows) - most, "datum", "data")
    else:
        yield Paragraph(dates.missing, "missing")
    yield from changed_in_short(plan.changed, letters=letters)
    yield Heading(2, "Instemming", quiet=True)
    yield Facts(plan.consent.facts, small=True)
    yield Paragraph(
        "Dit is het korte plan. Wat bronnen zeggen over effect, bewijs en kosten staat in het "
        "gewone en in het uitgebreide plan.",
        "soft",
    )


def _most_dates(goals: Iterable[tuple[str, str]], dates: Table, lines: int) -> int:
    """For how many dates there is room below the goals; all of them where they fit.

    `lines`: so many are needed for something else.
    """
    room = _ROOM - lines - round(sum(_height(row) for row in goals))
    taken, fitting = 0.0, 0
    for row in dates.rows:
        taken += max(1.0, 0.6 * max(len(cell) for cell in row[2:]) / _LETTERS[0])
        if taken > room:
            break
        fitting += 1
    # Where some are left out, a line says so.
    return fitting if fitting == len(dates.rows) else max(1, fitting - 2)


def _height(row: tuple[str, str]) -> float:
    """Of a row with a goal, in lines of one line; those below the first are closer."""
    lines = max(-(-len(cell) // width) for cell, width in zip(row, _LETTERS, strict=True))
    return 0.4 + 0.6 * lines


def _goal(goal: GoalCourses) -> tuple[str, str]:
    titles = [row[0].partition("\n")[0] for row in goal.table.rows]
    return (
        shortened(f"{goal.label}: {goal.heading}", _LONGEST_GOAL),
        _as_many("; ".join(titles), len(titles)) or goal.table.missing,
    )


def _as_many(text: str, count: int) -> str:
    """The titles, cut with their number where they are too many for a few lines."""
    if len(text) <= _LONGEST_COURSES:
        return text
    whole = counted(count, "cursus", "cursussen")
    return f"{shortened(text, _LONGEST_COURSES)} ({whole} in totaal)"


def _more(count: int, one: str, many: str) -> Iterator[Block]:
    if count > 0:
        yield Paragraph(f"En nog {counted(count, one, many)}: zie het uitgebreide plan.", "missing")
