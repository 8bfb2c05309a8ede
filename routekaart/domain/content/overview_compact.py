"""The tables of overviews that may take two pages: rows as they are, else small ones, else fewer.

Nothing is ranked: the order stays that of the names, and what is left out is said to be.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from routekaart.domain.content.blocks import Block, Paragraph, TableBlock
from routekaart.domain.content.outline import shortened
from routekaart.domain.content.overview_input import SchoolReport, TeamReport
from routekaart.domain.content.overview_words import cost_words, states_words
from routekaart.domain.content.parts import Column, Table
from routekaart.domain.content.room import fitting, height
from routekaart.domain.content.wording import compact, counted, sentence, short_month
from routekaart.domain.overview import Cost, TeamHours, state_words

LONGEST_NAME = 60
# In millimetres, of two pages beside what else stands there.
_ROOM = 290.0
_ROOM_TEAMS = 275.0
_UNKNOWN = "–"
_BUSY = "running"
# Widths in millimetres: what is usual fits on a line.
_SCHOOLS = (
    Column("School", 45),
    Column("Teams in uitvoering", 18, "end"),
    Column("Uren", 15, "end"),
    Column("Waarvan aanname", 17, "end"),
    Column("Kosten", 27),
    Column("Volgende studiedag", 21),
    Column("Afspraken om na te kijken", 20, "end"),
)
_TEAMS = (
    Column("Team", 38),
    Column("Stand", 33),
    Column("Volgende studiedag", 21),
    Column("Voorbereiding gedaan", 25),
    Column("Uren", 24, "end"),
    Column("Instemming MR", 22),
)


def fitted(
    rich: TableBlock, dense: TableBlock, room: float, *, one: str, many: str, where: str
) -> Iterator[Block]:
    """The first table where it fits in so many millimetres, else as much as fits of the second.

    `one` and `many` say what is left out: "De andere school staat", "scholen staan". `where` says
    where that stands.
    """
    if height(rich.table) <= room:
        yield rich
        return
    rows = dense.table.rows
    most = fitting(dense.table, room)
    yield replace(dense, table=replace(dense.table, rows=rows[:most]), dense=True)
    left = len(rows) - most
    if left == 1:
        yield Paragraph(f"{one} {where}.", "missing")
    elif left:
        yield Paragraph(f"De andere {left} {many} {where}.", "missing")


def compact_schools(rich: TableBlock, schools: tuple[SchoolReport, ...]) -> Iterator[Block]:
    """A row for each school, and of small rows what they had no room for."""
    told = fitted(
        rich,
        replace(rich, table=Table(_SCHOOLS, tuple(map(_school, schools)), "")),
        _ROOM,
        one="De andere school staat",
        many="scholen staan",
        where="in de uitgebreide versie",
    )
    states = [team.state for school in schools for team in school.teams]
    for block in told:
        if isinstance(block, TableBlock) and block.dense:
            counts = {one: states.count(one) for one in states}
            yield Paragraph(sentence(states_words(len(states), counts)))
            yield block
            yield from _without_estimate(school.totals.cost for school in schools)
        else:
            yield block


def compact_teams(rich: TableBlock, teams: tuple[TeamReport, ...]) -> Iterator[Block]:
    """A row for each team."""
    yield from fitted(
        rich,
        replace(rich, table=Table(_TEAMS, tuple(map(_team, teams)), "")),
        _ROOM_TEAMS,
        one="Het andere team staat",
        many="teams staan",
        where="in de uitgebreide versie",
    )


def small_hours(hours: TeamHours | None) -> tuple[str, str]:
    """The hours of all together and which part is assumed, as figures; or why they are missing."""
    if hours is None:
        return _UNKNOWN, _UNKNOWN
    if hours.hidden:
        return "niet getoond", _UNKNOWN
    return compact(hours.total), compact(hours.assumed)


def small_name(name: str) -> str:
    """On one line, cut where it is very long."""
    return shortened(" ".join(name.split()), LONGEST_NAME)


def small_consent(team: TeamReport) -> str:
    """The day on which the MR agreed, or that it did not yet."""
    if team.mr_date is not None:
        return _date(team.mr_date)
    return "nog niet" if team.has_begun else _UNKNOWN


def _date(day: date | None) -> str:
    """4 nov 2026"""
    return _UNKNOWN if day is None else f"{day.day} {short_month(day.month)} {day.year}"


def _without_estimate(costs: Iterable[Cost | None]) -> Iterator[Block]:
    without = sum(cost.without for cost in costs if cost)
    if without:
        number = counted(without, "gekozen interventie", "gekozen interventies")
        yield Paragraph(
            f"Voor {number} geeft geen bron een schatting van de kosten: zie de uitgebreide "
            "versie.",
            "soft",
        )


def _school(school: SchoolReport) -> tuple[str, ...]:
    sums, states = school.totals, [team.state for team in school.teams]
    hours = small_hours(sums.hours)
    if sums.hours is None and sums.teams_hidden:
        hours = "niet getoond", _UNKNOWN
    cost = cost_words(sums.cost)
    return (
        small_name(school.name),
        f"{states.count(_BUSY)} van {len(states)}",
        *hours,
        f"{cost[:1].upper()}{cost[1:]}" if states else _UNKNOWN,
        _date(sums.next_day),
        str(sums.to_look_at),
    )


def _team(team: TeamReport) -> tuple[str, ...]:
    return (
        small_name(team.name),
        state_words()[team.state].capitalize(),
        _date(team.next_day.date if team.next_day else None),
        _prepared(team),
        small_hours(team.hours)[0],
        small_consent(team),
    )


def _prepared(team: TeamReport) -> str:
    """Of the next study day."""
    day = team.next_day
    if day is None:
        return _UNKNOWN
    if not day.goals:
        return "Nog geen doel"
    if day.preparation.hidden:
        return "niet getoond"
    if not day.preparation.asked:
        return "Geen gevraagd"
    return f"{day.preparation.done} van {day.preparation.asked}"
