"""The summary of all teams of a school for the MR: input → content. Pure, and without any name."""

from collections.abc import Iterator
from dataclasses import replace

from courses.dutch import listed
from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
)
from routekaart.domain.content.mr_days import CheckedDay, days_against_rules
from routekaart.domain.content.mr_input import MrSchoolInput
from routekaart.domain.content.mr_parts import (
    MOST_PAGES,
    MR_KIND,
    asks,
    names_fact,
    signing,
    still_open,
)
from routekaart.domain.content.outline import shortened
from routekaart.domain.content.overview_compact import (
    fitted,
    small_consent,
    small_hours,
    small_name,
)
from routekaart.domain.content.overview_input import OverviewInput, TeamReport
from routekaart.domain.content.overview_parts import (
    consent_words,
    few_hidden,
    hours_cell,
    hours_notes,
    overview_meta,
    state_of,
)
from routekaart.domain.content.overview_words import school_hours, school_hours_from
from routekaart.domain.content.pages import pages
from routekaart.domain.content.parts import Column, Fact, Table
from routekaart.domain.content.wording import counted, few_named, sentence

_TEAMS = (
    Column("Team", 6, lead=True),
    Column("Wat het team wil leren", 8),
    Column("Waarmee", 6),
    Column("Uren", 5, "end"),
    Column("Instemming MR", 5),
)
# Widths in millimetres: what is usual fits on a line.
_SMALL = (
    Column("Team", 38),
    Column("Wat het team wil leren", 60),
    Column("Uren", 25, "end"),
    Column("Waarvan aanname", 18, "end"),
    Column("Instemming MR", 22),
)
_MORE = "Waarom, en wat bronnen ervan zeggen, staat in de samenvatting van elk team."
_MORE_SMALL = (
    "Alle doelen, waarmee en waarom, en wat bronnen ervan zeggen: zie de samenvatting van elk team."
)
_LONGEST_GOAL = 70
_LONGEST_LINE = 100
# For a table, in millimetres: what is tried, the most first. None: all of it.
_ROOM_TEAMS = (220.0, 200.0, 175.0, 150.0, 125.0)
_ROOM_DAYS = (None, 150.0, 120.0, 90.0, 65.0, 42.0)


def mr_school_summary(given: MrSchoolInput) -> BlockDocument:
    """What the MR reads of the plans of all teams, and what it is asked: on two pages."""
    read = OverviewInput(
        given.year, given.on, given.board, (given.school,), given.catalogue_version
    )
    return BlockDocument(
        kind="mr-school-summary",
        meta=overview_meta(read, kind=MR_KIND, subject=given.school.name, organisation=given.board),
        front="head",
        blocks=_on_two_pages(given, read),
    )


def _on_two_pages(given: MrSchoolInput, read: OverviewInput) -> tuple[Block, ...]:
    """With as much of the teams as fits, then of the study days. Leaner it cannot be made."""
    days = tuple(
        CheckedDay(check, team.name)
        for team, checks in zip(given.school.teams, given.checks, strict=True)
        for check in checks
    )
    before = (
        Chapter("", "Wat we de MR vragen"),
        *asks(f"de scholing van de teams in schooljaar {given.year.label}", days),
        Heading(2, "Wat de teams willen leren"),
    )
    after = (
        Heading(2, "Uren"),
        Facts(tuple(_hours(given))),
        Paragraph(" ".join((*hours_notes(read), few_hidden())), "soft"),
        *still_open(tuple(_open(given))),
        signing(()),
    )
    blocks: tuple[Block, ...] = ()
    for room_for_teams in _ROOM_TEAMS:
        teams = tuple(_teams(given, room_for_teams))
        small = any(isinstance(block, TableBlock) and block.dense for block in teams)
        told = Paragraph(_MORE_SMALL if small else _MORE, "soft")
        for room in _ROOM_DAYS:
            checked = days_against_rules(days, sector=given.sector, room=room)
            blocks = (*before, *teams, told, *checked, *after)
            if pages(blocks) <= MOST_PAGES:
                return blocks
    return blocks


def _teams(given: MrSchoolInput, room: float) -> Iterator[Block]:
    """A row for each team: whole where all fit on two pages, else small."""
    teams = given.school.teams
    rich = TableBlock(
        Table(_TEAMS, tuple(_row(team) for team in teams), "Deze school heeft nog geen teams."),
        alt="Per team de doelen, de interventies, de uren en de instemming van de MR.",
    )
    yield from fitted(
        rich,
        replace(rich, table=Table(_SMALL, tuple(_small_row(team) for team in teams), "")),
        room,
        one="Het andere team staat",
        many="teams staan",
        where="in het uitgebreide schooloverzicht",
    )


def _row(team: TeamReport) -> tuple[str, ...]:
    return (
        f"{team.name}\n{sentence(state_of(team))}",
        "\n".join(sentence(goal.wording) for goal in team.goals) or "Nog geen doelen.",
        listed(team.interventions) or "–",
        hours_cell(team.hours),
        consent_words(team),
    )


def _small_row(team: TeamReport) -> tuple[str, ...]:
    goals = [" ".join(goal.wording.split()).rstrip(".") for goal in team.goals]
    more = f" en nog {len(goals) - 1}" if len(goals) > 1 else ""
    told = shortened(goals[0], _LONGEST_GOAL - len(more)) + more if goals else "Nog geen doelen"
    return small_name(team.name), told, *small_hours(team.hours), small_consent(team)


def _hours(given: MrSchoolInput) -> Iterator[Fact]:
    sums = given.school.totals
    told = [sentence(school_hours(sums) or "Er is nog geen plan"), school_hours_from(sums)]
    yield Fact("Uren, samen", " ".join(part for part in told if part))
    yield names_fact(given.names_since)


def _open(given: MrSchoolInput) -> Iterator[str]:
    """Per kind of gap the teams that have it."""
    teams = given.school.teams
    begun = [team for team in teams if team.has_begun]
    planned = [team for team in begun if team.plan_version is not None]
    for missing, told in (
        ([team for team in teams if not team.has_begun], "Nog geen routekaart"),
        ([team for team in begun if not team.goals], "Nog geen doelen"),
        ([team for team in begun if team.plan_version is None], "Nog geen plan"),
        ([team for team in planned if team.mr_date is None], "Nog geen instemming van de MR"),
    ):
        if missing:
            yield _named(told, [team.name for team in missing])


def _named(told: str, names: list[str]) -> str:
    """In a line: as many names as fit there."""
    for most in range(6, 1, -1):
        text = f"{told}: {few_named(names, most)}."
        if len(text) <= _LONGEST_LINE:
            return text
    return f"{told}: {counted(len(names), 'team', 'teams')}."
