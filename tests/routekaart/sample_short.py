"""Documents that may take two pages at most, with as much in them as schools will ever write."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from routekaart.domain.content.blocks import BlockDocument
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.mr_input import MrSchoolInput, MrTeamInput
from routekaart.domain.content.mr_school import mr_school_summary
from routekaart.domain.content.overview_document import board_overview, school_overview
from routekaart.domain.content.overview_input import OverviewInput, TeamReport
from routekaart.domain.content.plan_blocks import Length
from routekaart.domain.dates import Situation, TeamDay
from routekaart.domain.dates.legal import legal_checks
from tests.routekaart.sample_overview import (
    COST,
    RUNNING,
    TEAMS,
    board_of,
    mr_school,
    mr_team,
    overview_of,
    wilg,
)
from tests.routekaart.sample_team import calendar, renamed, sample

LONG_NAME = "Openbare basisschool De Regenboog aan de Nieuwe Zuiderkade"
_LONG = "Wij leren in elke les voordoen hoe je een tekst aanpakt, ook bij zaakvakken. " * 4

COMPACT: Final[Mapping[str, ScholingsplanInput]] = {
    "a team": sample(),
    "60 goals": sample(goals=60, people=3),
    "long words": renamed(sample(goals=60, people=3), "W" * 32),
    "long texts": renamed(sample(goals=8, people=3), "woord " * 200),
}


def _four_days() -> MrTeamInput:
    given = mr_team()
    return replace(given, checks=tuple(one for one in given.checks or () if one.day.id != "beside"))


def _short(goals: int) -> MrTeamInput:
    return replace(mr_team(), plan=replace(sample(goals=goals), with_persons=False))


def _of(plan: ScholingsplanInput) -> MrTeamInput:
    return replace(mr_team(_LONG * 3), plan=replace(plan, with_persons=False))


MR_SUMMARIES: Final[Mapping[str, MrTeamInput]] = {
    "5 days": mr_team(),
    "4 days": _four_days(),
    "a team": _of(sample()),
    "10 days": _of(sample(goals=5, days=10)),
    "60 goals in long texts": _of(renamed(sample(goals=60), _LONG)),
    "long words": _of(renamed(sample(goals=6), "W" * 32)),
    **{f"{goals} goals": _short(goals) for goals in (4, 6, 8)},
}


def many_teams(teams: int) -> tuple[TeamReport, ...]:
    """So many teams by name, in every state."""
    return tuple(
        replace(TEAMS[number % len(TEAMS)], name=f"Team {number:02}") for number in range(teams)
    )


def _long_board() -> OverviewInput:
    given = board_of(40)
    return replace(
        given,
        schools=tuple(
            replace(
                school,
                name=LONG_NAME,
                totals=replace(school.totals, cost=replace(COST, least="zeer laag")),
            )
            for school in given.schools
        ),
    )


def mr_school_of(*teams: TeamReport) -> MrSchoolInput:
    """Each team with four days of its own through the year, so that the rules say much of them."""
    first, checks = date(2026, 8, 31), []
    for number, _team in enumerate(teams):
        week, weekday = divmod(number, 5)
        days = [first + timedelta(weeks=week + 8 * part, days=weekday) for part in range(4)]
        own = tuple(
            TeamDay(day, free_groups=tuple(range(1 + number % 3, 9)), id=str(at))
            for at, day in enumerate(days)
        )
        checks.append(legal_checks(Situation(calendar=calendar(), sector="po", own_days=own)))
    return replace(mr_school(*teams), checks=tuple(checks))


def _board(schools: int) -> BlockDocument:
    return board_overview(board_of(schools), Length.COMPACT)


def _school(*teams: TeamReport) -> BlockDocument:
    return school_overview(overview_of(wilg(*teams)), Length.COMPACT)


OVERVIEWS: Final[Mapping[str, BlockDocument]] = {
    **{f"board of {schools}": _board(schools) for schools in (9, 10, 15, 40, 60)},
    **{f"school of {teams}": _school(*many_teams(teams)) for teams in (15, 20, 40, 60)},
    "board with long names": board_overview(_long_board(), Length.COMPACT),
    "school with long names": _school(*[replace(RUNNING, name=LONG_NAME)] * 40),
    **{
        f"summary of a school of {teams}": mr_school_summary(mr_school(*many_teams(teams)))
        for teams in (6, 15, 40, 60)
    },
    **{
        f"summary with many days of {teams}": mr_school_summary(mr_school_of(*many_teams(teams)))
        for teams in (3, 6, 15, 40)
    },
    "summary with long names": mr_school_summary(
        mr_school_of(*[replace(RUNNING, name=LONG_NAME)] * 40)
    ),
}
