"""What a query hands over to have an overview of a school or a board written: plain values.

No names of people are in it, and what is hidden of a small team is None or says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import SchoolYear
from routekaart.domain.overview import (
    NO_TOTALS,
    NOT_BEGUN,
    Cost,
    DayLine,
    GoalLine,
    SchoolTotals,
    TeamHours,
    Waiting,
)


@dataclass(frozen=True, slots=True)
class TeamReport:
    """How one team stands in a school year. `since`: when it came into its state.

    `interventions` are titles, as chosen. `hours` are those of version `plan_version` of the plan,
    None before the first. `agreements` are open, `to_look_at` of those are due; None where hidden.
    """

    name: str
    state: str
    waiting: Waiting
    since: date | None = None
    interventions: tuple[str, ...] = ()
    goals: tuple[GoalLine, ...] = ()
    days: tuple[DayLine, ...] = ()
    next_day: DayLine | None = None
    plan_version: int | None = None
    hours: TeamHours | None = None
    cost: Cost | None = None
    agreements: int | None = None
    to_look_at: int | None = None
    mr_date: date | None = None

    @property
    def has_begun(self) -> bool:
        return self.state != NOT_BEGUN


@dataclass(frozen=True, slots=True)
class SchoolReport:
    """A school with all its teams, by name. `totals` leave out what is hidden of a team."""

    name: str
    teams: tuple[TeamReport, ...]
    totals: SchoolTotals = NO_TOTALS


@dataclass(frozen=True, slots=True)
class OverviewInput:
    """All teams of one school, or of several schools of a board, as they stand on the day `on`."""

    year: SchoolYear
    on: date
    board: str
    schools: tuple[SchoolReport, ...]
    catalogue_version: str

    def teams(self) -> Iterator[tuple[SchoolReport, TeamReport]]:
        """Every team with its school, in order."""
        for school in self.schools:
            for team in school.teams:
                yield school, team
