"""What a query hands over to have the summary for the MR written: plain values, nobody's name."""

from dataclasses import dataclass
from datetime import date

from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.inputs import ScholingsplanInput
from routekaart.domain.content.overview_input import SchoolReport
from routekaart.domain.dates.legal import DayCheck


@dataclass(frozen=True, slots=True)
class MrTeamInput:
    """The plan of one team, without persons, and what the rules say of its study days.

    `reason`: why the team wants this, as it wrote it. That and `checks` are None where they were
    not kept at the approval. `names_since`: since when progress is shown by name, with the consent
    of the PMR; None where it is not.
    """

    plan: ScholingsplanInput
    reason: str | None
    checks: tuple[DayCheck, ...] | None
    names_since: date | None = None


@dataclass(frozen=True, slots=True)
class MrSchoolInput:
    """All teams of a school in one school year, as they stand on the day `on`.

    `checks`: of each team of `school.teams`, in that order, what the rules say of its study days.
    """

    year: SchoolYear
    on: date
    board: str
    sector: str
    school: SchoolReport
    checks: tuple[tuple[DayCheck, ...], ...]
    catalogue_version: str
    names_since: date | None = None
