"""The scholingsplan on two pages: the summary, and on the second page courses, dates, consent."""

from collections.abc import Iterator

from routekaart.domain.content.blocks import (
    Block,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
)
from routekaart.domain.content.document import GoalCourses, Scholingsplan
from routekaart.domain.content.outline import shortened
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.content.wording import counted

MOST_GOALS = 5
MOST_DATES = 10
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
    if goals:
        rows = tuple(_goal(goal) for goal in goals[:MOST_GOALS])
        yield TableBlock(Table(_COURSES, rows, ""))
        yield from _more(len(goals) - MOST_GOALS, "doel", "doelen")
    else:
        yield Paragraph(plan.courses.missing, "missing")
    dates = plan.dates.table
    whole = len(dates.rows) <= MOST_DATES
    yield Heading(2, "Alle data" if whole else f"De eerste {MOST_DATES} data", quiet=True)
    if dates.rows:
        cut = tuple(
            tuple(shortened(cell, _LONGEST_CELL) for cell in row) for row in dates.rows[:MOST_DATES]
        )
        yield TableBlock(Table(dates.columns, cut, ""))
        yield from _more(len(dates.rows) - MOST_DATES, "datum", "data")
    else:
        yield Paragraph(dates.missing, "missing")
    yield Heading(2, "Instemming", quiet=True)
    yield Facts(plan.consent.facts, small=True)
    yield Paragraph(
        "Dit is de korte uitgave. Wat bronnen zeggen over effect, bewijs en kosten staat in de "
        "gewone en in de uitgebreide uitgave.",
        "soft",
    )


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
