"""The summary of all teams of a school for the MR: input → content. Pure, and without any name."""

from collections.abc import Iterator

from courses.dutch import listed
from routekaart.domain.content.blocks import (
    BlockDocument,
    Chapter,
    Facts,
    Heading,
    Paragraph,
    TableBlock,
)
from routekaart.domain.content.mr_input import MrSchoolInput
from routekaart.domain.content.mr_parts import (
    MR_KIND,
    CheckedDay,
    asks,
    days_against_rules,
    names_fact,
    signing,
    still_open,
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
from routekaart.domain.content.parts import Column, Fact, Table
from routekaart.domain.content.wording import sentence

_TEAMS = (
    Column("Team", 6, lead=True),
    Column("Wat het team wil leren", 8),
    Column("Waarmee", 6),
    Column("Uren", 5, "end"),
    Column("Instemming MR", 5),
)


def mr_school_summary(given: MrSchoolInput) -> BlockDocument:
    """What the MR reads of the plans of all teams, and what it is asked."""
    read = OverviewInput(
        given.year, given.on, given.board, (given.school,), given.catalogue_version
    )
    days = tuple(
        CheckedDay(check, team.name)
        for team, checks in zip(given.school.teams, given.checks, strict=True)
        for check in checks
    )
    return BlockDocument(
        kind="mr-school-summary",
        meta=overview_meta(read, kind=MR_KIND, subject=given.school.name, organisation=given.board),
        front="head",
        blocks=(
            Chapter("", "Wat we de MR vragen"),
            *asks(f"de scholing van de teams in schooljaar {given.year.label}", days),
            Heading(2, "Wat de teams willen leren"),
            _teams(given),
            Paragraph(
                "Waarom, en wat bronnen ervan zeggen, staat in de samenvatting van elk team.",
                "soft",
            ),
            *days_against_rules(days, sector=given.sector),
            Heading(2, "Uren"),
            Facts(tuple(_hours(given))),
            *(Paragraph(note, "soft") for note in (*hours_notes(read), few_hidden())),
            *still_open(tuple(_open(given))),
            signing(()),
        ),
    )


def _teams(given: MrSchoolInput) -> TableBlock:
    return TableBlock(
        Table(
            _TEAMS,
            tuple(_row(team) for team in given.school.teams),
            "Deze school heeft nog geen teams.",
        ),
        alt="Per team de doelen, de interventies, de uren en de instemming van de MR.",
    )


def _row(team: TeamReport) -> tuple[str, ...]:
    return (
        f"{team.name}\n{sentence(state_of(team))}",
        "\n".join(sentence(goal.wording) for goal in team.goals) or "Nog geen doelen.",
        listed(team.interventions) or "–",
        hours_cell(team.hours),
        consent_words(team),
    )


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
            yield f"{told}: {listed([team.name for team in missing])}."
