"""Parts that the overview of a school and that of a board have in common."""

from collections.abc import Iterable, Iterator

from courses.dutch import dutch_date, listed
from routekaart.domain.content.blocks import (
    Block,
    Bullets,
    Chapter,
    KeyFigures,
    Paragraph,
    TableBlock,
    Together,
)
from routekaart.domain.content.outline import shortened
from routekaart.domain.content.overview_input import OverviewInput, SchoolReport, TeamReport
from routekaart.domain.content.overview_words import FEW, preparation_words, waits
from routekaart.domain.content.parts import Column, Fact, KeyFigure, Meta, Table
from routekaart.domain.content.wording import duration, short_date
from routekaart.domain.overview import TeamHours, state_words

NO_TEAMS_YET = "Deze school heeft nog geen teams."
NAMELESS_TEAM = "Team zonder naam"
WITHOUT_NAMES = "zonder namen van mensen"
_LONGEST_NAME = 80
_LONGEST_HEAD = 45
_VERSION_LENGTH = 12
_TEAMS = (
    Column("Team", 8, lead=True),
    Column("Stand", 6),
    Column("Volgende studiedag", 7, lead=True),
    Column("Uren", 5, "end"),
    Column("Instemming MR", 5),
)
_ALT_TEAMS = (
    "Per team de stand, de volgende studiedag met de voorbereiding, de uren en de instemming "
    "van de MR."
)


def overview_meta(given: OverviewInput, *, kind: str, subject: str, organisation: str) -> Meta:
    """What identifies an overview. Its date is the day on which things stood so."""
    year, on = given.year.label, dutch_date(given.on)
    name, whose = (_in_one_line(text, _LONGEST_NAME) for text in (subject, organisation))
    return Meta(
        kind=kind,
        title=kind,
        school_year=year,
        subject=name,
        organisation=whose,
        status=f"Stand van {on}",
        version=WITHOUT_NAMES,
        made_on=given.on.isoformat(),
        running_head=f"{kind} · {_in_one_line(subject, _LONGEST_HEAD)}",
        language="nl",
        facts=(
            Fact("Schooljaar", year),
            Fact("Bestuur", given.board or "Niet ingevuld."),
            Fact("Stand van", on),
            Fact("Versie van de catalogus", given.catalogue_version[:_VERSION_LENGTH]),
        ),
    )


def figures(given: OverviewInput, *, several: bool) -> KeyFigures:
    """How much there is: schools where there are `several`, teams, goals, study days and hours."""
    teams = [team for _school, team in given.teams()]
    found = [
        _figure(len(teams), "team", "teams"),
        _figure(sum(len(team.goals) for team in teams), "doel", "doelen"),
        _figure(sum(len(team.days) for team in teams), "studiedag", "studiedagen"),
        _figure(
            sum(team.mr_date is not None for team in teams), "instemming MR", "instemmingen MR"
        ),
    ]
    if several:
        found.insert(0, _figure(len(given.schools), "school", "scholen"))
    shown = [school.totals.hours for school in given.schools if school.totals.hours]
    if shown:
        hours = round(sum(one.total for one in shown) / 60)
        found.append(_figure(hours, "uur, samen", "uren, samen"))
    return KeyFigures(tuple(found))


def team_table(school: SchoolReport) -> TableBlock:
    """The teams of a school, a row for each."""
    return TableBlock(
        Table(
            _TEAMS,
            tuple(_team_row(team) for team in school.teams),
            NO_TEAMS_YET,
        ),
        alt=_ALT_TEAMS,
    )


def named(name: str, otherwise: str) -> str:
    """A name on one line; a heading may not be empty."""
    return " ".join(name.split()) or otherwise


def state_of(team: TeamReport) -> str:
    """In uitvoering, sinds 24 augustus 2026"""
    words = state_words()[team.state].capitalize()
    return f"{words}, sinds {dutch_date(team.since)}" if team.since else words


def next_day_words(team: TeamReport) -> str:
    """Its date, and how far its preparation is where a goal is on it."""
    day = team.next_day
    if day is None:
        return "Geen" if team.has_begun else "–"
    prepared = preparation_words(day.preparation) if day.goals else "Nog geen doel"
    return f"{short_date(day.date)}\n{prepared}"


def hours_cell(hours: TeamHours | None) -> str:
    """The hours of a team together, for a column of figures."""
    if hours is None:
        return "–"
    return "niet getoond" if hours.hidden else duration(hours.total)


def consent_words(team: TeamReport) -> str:
    """The day on which the MR agreed, or that it did not yet."""
    if team.mr_date is not None:
        return dutch_date(team.mr_date)
    return "Nog niet gegeven." if team.has_begun else "–"


def sources_chapter(given: OverviewInput) -> tuple[Block, ...]:
    """What the figures rest on, and what is not shown."""
    return (
        Together((Chapter("", "Waar de cijfers uit volgen"), Bullets(tuple(source_notes(given))))),
    )


def source_notes(given: OverviewInput) -> Iterator[str]:
    """A sentence on each kind of figure: where it comes from, what is assumed, what is hidden."""
    yield from hours_notes(given)
    sources = sorted(
        {source for _school, team in given.teams() if team.cost for source in team.cost.sources}
    )
    if sources:
        yield (
            f"Kosten staan in woorden, volgens {listed(sources)}. Een bedrag noemt die bron niet."
        )
    yield f"Voorbereiding telt de cursussen van mensen samen. {few_hidden()}"


def few_hidden() -> str:
    """That nothing is told about few people."""
    return (
        f"Van {FEW} laten we geen aantallen en geen uren zien. Die zitten ook in geen enkel totaal."
    )


def hours_notes(given: OverviewInput) -> Iterator[str]:
    """The same about hours alone."""
    teams = [team for _school, team in given.teams()]
    yield f"Alles staat hier zoals het was op {dutch_date(given.on)}."
    yield (
        "Uren volgen uit het plan dat voor een team telt: het laatst vastgestelde, of anders het "
        "nieuwste. Het zijn de uren van alle mensen in het team samen, voor het hele schooljaar."
    )
    assumed = sum(team.hours.assumed for team in teams if team.hours)
    if assumed:
        yield f"Van die uren is {duration(assumed)} een aanname: geen bron noemt die duur."


def waits_line(team: TeamReport) -> str:
    """Whom the team waits for; nobody is said too."""
    return waits(team.waiting) or "Er hoeft nu niemand iets te doen."


def no_teams(schools: Iterable[SchoolReport]) -> Iterator[Block]:
    """That there is nothing to tell, where there is not."""
    if not any(school.teams for school in schools):
        yield Paragraph("Er zijn nog geen teams. De schoolbeheerder maakt ze.", "missing")


def _team_row(team: TeamReport) -> tuple[str, ...]:
    waiting = waits(team.waiting)
    return (
        f"{team.name}\n{waiting}" if waiting else team.name,
        state_of(team),
        next_day_words(team),
        hours_cell(team.hours),
        consent_words(team),
    )


def _figure(number: int, one: str, many: str) -> KeyFigure:
    return KeyFigure(str(number), one if number == 1 else many)


def _in_one_line(text: str, longest: int) -> str:
    return shortened(" ".join(text.split()), longest)
