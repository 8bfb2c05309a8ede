"""The overview of a school, and that of a board: input → content. Pure, and without any name.

What is hidden of a small team is said to be hidden; what is missing is said to be missing.
"""

from collections.abc import Iterator

from courses.dutch import dutch_date, listed
from routekaart.domain.content.blocks import (
    Block,
    BlockDocument,
    Bullets,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
    Together,
)
from routekaart.domain.content.overview_compact import compact_schools, compact_teams
from routekaart.domain.content.overview_input import OverviewInput, SchoolReport, TeamReport
from routekaart.domain.content.overview_parts import (
    NAMELESS_TEAM,
    NO_TEAMS_YET,
    consent_words,
    figures,
    named,
    no_teams,
    overview_meta,
    sources_chapter,
    state_of,
    team_table,
    waits_line,
)
from routekaart.domain.content.overview_words import (
    agreement_words,
    cost_sources,
    cost_words,
    day_facts,
    hours_sources,
    hours_words,
    school_hours,
    school_hours_from,
    states_words,
)
from routekaart.domain.content.parts import Column, Fact, Table
from routekaart.domain.content.plan_blocks import Length
from routekaart.domain.content.wording import counted, sentence, short_date
from routekaart.domain.lifecycle import STUDY_DAY
from routekaart.domain.overview import Cost, DayLine, GoalLine

_DAYS = (
    Column("Wanneer", 6, lead=True),
    Column("Wat", 4),
    Column("Stand", 4),
    Column("Doelen, voorbereiding en programma", 9),
)
_SCHOOLS = (
    Column("School", 7, lead=True),
    Column("Uren", 6, lead=True),
    Column("Kosten", 6, lead=True),
    Column("Volgende studiedag", 4),
    Column("Afspraken om na te kijken", 4, "end"),
)


def school_overview(given: OverviewInput, length: Length = Length.FULL) -> BlockDocument:
    """All teams of a school. Compact: a row for each, on two pages; standard: with what each
    does; full: with every study day."""
    [school] = given.schools
    blocks: list[Block] = [
        Chapter("", "In het kort", _intro(given)),
        figures(given, several=False),
        *no_teams(given.schools),
        *_school_sums(school),
        *(_teams(school, compact=length is Length.COMPACT) if school.teams else []),
    ]
    if length is not Length.COMPACT and school.teams:
        blocks.append(Chapter("", "De teams"))
        for team in school.teams:
            blocks += _team(given, team, with_days=length is Length.FULL)
    return BlockDocument(
        kind="school-overview",
        meta=overview_meta(
            given, kind="Schooloverzicht", subject=school.name, organisation=given.board
        ),
        front="head",
        blocks=(*blocks, *sources_chapter(given)),
    )


def board_overview(given: OverviewInput, length: Length = Length.FULL) -> BlockDocument:
    """All schools of a board. Compact: a row for each, on two pages; standard: with where each of
    their teams stands; full: with a row for each team."""
    blocks: list[Block] = [
        Chapter("", "In het kort", _intro(given)),
        figures(given, several=True),
        *no_teams(given.schools),
        *_schools(given, compact=length is Length.COMPACT),
    ]
    if length is not Length.COMPACT:
        blocks.append(Chapter("", "De scholen"))
        for school in given.schools:
            blocks += [
                Heading(2, named(school.name, "School zonder naam")),
                team_table(school) if length is Length.FULL else _where_teams_stand(school),
            ]
    return BlockDocument(
        kind="board-overview",
        meta=overview_meta(
            given, kind="Bestuursoverzicht", subject=given.board, organisation=given.board
        ),
        front="head",
        blocks=(*blocks, *sources_chapter(given)),
    )


def _teams(school: SchoolReport, *, compact: bool) -> Iterator[Block]:
    rich = team_table(school)
    yield from compact_teams(rich, school.teams) if compact else (rich,)


def _schools(given: OverviewInput, *, compact: bool) -> Iterator[Block]:
    rich = TableBlock(
        Table(
            _SCHOOLS,
            tuple(_school_row(school) for school in given.schools),
            "Dit bestuur heeft nog geen scholen.",
        ),
        alt="Per school de stand van de teams, de uren, de kosten, de volgende studiedag en "
        "de afspraken om naar te kijken.",
    )
    yield from compact_schools(rich, given.schools) if compact else (rich,)


def _where_teams_stand(school: SchoolReport) -> Block:
    if not school.teams:
        return Paragraph(NO_TEAMS_YET, "missing")
    return Bullets(
        tuple(f"{named(team.name, NAMELESS_TEAM)}: {_standing(team)}." for team in school.teams)
    )


def _standing(team: TeamReport) -> str:
    state = state_of(team)
    return f"{state[:1].lower()}{state[1:]}"


def _intro(given: OverviewInput) -> str:
    return (
        f"Hoe de teams er op {dutch_date(given.on)} voor staan in schooljaar {given.year.label}. "
        "Je leest hier niets over personen."
    )


def _school_sums(school: SchoolReport) -> Iterator[Block]:
    if not school.teams:
        return
    sums, states = school.totals, [team.state for team in school.teams]
    yield Facts(
        (
            Fact(
                "Stand",
                sentence(states_words(len(states), {one: states.count(one) for one in states})),
            ),
            Fact("Uren", _told(school_hours(sums) or "Nog geen plan", school_hours_from(sums))),
            Fact("Kosten", _told(cost_words(sums.cost), cost_sources(sums.cost))),
            Fact("Afspraken om nu naar te kijken", str(sums.to_look_at)),
        )
    )


def _team(given: OverviewInput, team: TeamReport, *, with_days: bool) -> Iterator[Block]:
    heading = Heading(2, named(team.name, NAMELESS_TEAM))
    if not team.has_begun:
        yield heading
        missing = f"Dit team heeft voor {given.year.label} nog geen routekaart."
        yield Paragraph(missing, "missing")
        return
    hours, agreements = team.hours, agreement_words(team.agreements, team.to_look_at)
    facts = Facts(
        (
            Fact("Stand", sentence(state_of(team))),
            Fact("Nu te doen", waits_line(team)),
            Fact("Interventies", sentence(listed(team.interventions)) or "Nog niets gekozen."),
            Fact("Uren", _told(hours_words(hours), hours_sources(hours, team.plan_version))),
            Fact("Kosten", _told(cost_words(team.cost), cost_sources(team.cost))),
            Fact("Afspraken", sentence(agreements)),
            Fact("Instemming MR", sentence(consent_words(team))),
        )
    )
    yield Together((heading, facts))
    yield Heading(3, "Doelen")
    if team.goals:
        yield Bullets(tuple(goal_line(goal) for goal in team.goals))
    else:
        yield Paragraph("Dit team heeft nog geen doelen gekozen.", "missing")
    if with_days:
        yield Heading(3, "Studiedagen")
        yield TableBlock(
            Table(
                _DAYS,
                tuple(_day_row(day) for day in team.days),
                "Er zijn nog geen studiedagen.",
            ),
            alt="Per studiedag wat er gebeurt en hoe ver het team is.",
        )


def goal_line(goal: GoalLine) -> str:
    """A goal with its study day and what the team decided about it last."""
    parts = [sentence(goal.wording) or "Nog niet geformuleerd."]
    if goal.on is not None:
        parts.append(f"Studiedag op {dutch_date(goal.on)}.")
    if goal.verdict:
        parts.append(f"Besluit van het team: {goal.verdict}.")
    return " ".join(parts)


def _day_row(day: DayLine) -> tuple[str, ...]:
    when = short_date(day.date).capitalize()
    return (
        f"{when}\n{day.title}" if day.title else when,
        day.kind,
        STUDY_DAY.words[day.state],
        "\n".join(day_facts(day)),
    )


def _school_row(school: SchoolReport) -> tuple[str, ...]:
    sums, states = school.totals, [team.state for team in school.teams]
    standing = (
        states_words(len(states), {one: states.count(one) for one in states})
        if states
        else counted(0, "team", "teams")
    )
    return (
        f"{school.name}\n{sentence(standing)}",
        "\n".join(part for part in (school_hours(sums) or "–", school_hours_from(sums)) if part),
        _cost_cell(sums.cost) if states else "–",
        short_date(sums.next_day) if sums.next_day else "–",
        str(sums.to_look_at),
    )


def _cost_cell(cost: Cost | None) -> str:
    words, whence = cost_words(cost), cost_sources(cost)
    return "\n".join(part for part in (f"{words[:1].upper()}{words[1:]}", whence) if part)


def _told(what: str, whence: str) -> str:
    """A figure with where it comes from, in sentences."""
    return " ".join(part for part in (sentence(what), whence) if part)
