"""Schools with teams, as input for overviews and summaries for the MR: any number, made up."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from routekaart.domain.calendar import SchoolYear
from routekaart.domain.content.mr_input import MrSchoolInput, MrTeamInput
from routekaart.domain.content.overview_input import OverviewInput, SchoolReport, TeamReport
from routekaart.domain.dates import Situation, TeamDay
from routekaart.domain.dates.legal import DayCheck, legal_checks
from routekaart.domain.overview import (
    NO_TOTALS,
    Cost,
    DayLine,
    GoalLine,
    SchoolTotals,
    TeamHours,
    Waiting,
    waiting,
)
from routekaart.domain.progress import Preparation
from tests.routekaart.sample_team import calendar, sample

ON = date(2026, 10, 5)
SOURCE = "Duurzaam beter onderwijs, 2021"
COST = Cost("laag", "hoog", (SOURCE,), 1)
HOURS = TeamHours(people=6, assigned=9000, individual=630, assumed=6480)
HIDDEN = TeamHours(None, 0, 0, 0, hidden=True)
UPPER = (3, 4, 5, 6, 7, 8)


def day(number: int, on: date, prepared: Preparation, goals: int = 1) -> DayLine:
    return DayLine(
        id=UUID(int=number),
        date=on,
        kind="studiedag",
        title="Feedback" if goals else "",
        state="preparing",
        goals=goals,
        preparation=prepared,
        has_programme=goals > 0,
    )


FIRST = day(1, date(2026, 11, 4), Preparation(done=5, asked=12, hidden=False))
SECOND = day(2, date(2027, 3, 9), Preparation(0, 0, hidden=False), goals=0)
RUNNING = TeamReport(
    name="Bovenbouw",
    state="running",
    waiting=Waiting("", "", ""),
    since=date(2026, 8, 24),
    interventions=("Feedback", "Directe instructie"),
    goals=(
        GoalLine("Wij leren feedback geven", date(2026, 11, 4), ""),
        GoalLine("Wij leren voordoen.", None, "stoppen"),
    ),
    days=(FIRST, SECOND),
    next_day=FIRST,
    plan_version=2,
    hours=HOURS,
    cost=COST,
    agreements=3,
    to_look_at=1,
    mr_date=date(2026, 8, 20),
)
FEW = replace(
    RUNNING,
    name="Kleuters",
    state="planned",
    waiting=waiting("planned", year_is_over=False),
    next_day=replace(FIRST, preparation=Preparation(0, 0, hidden=True)),
    days=(replace(FIRST, preparation=Preparation(0, 0, hidden=True)),),
    hours=HIDDEN,
    agreements=None,
    to_look_at=None,
    mr_date=None,
)
DRAFT = TeamReport(
    name="Middenbouw",
    state="draft",
    waiting=waiting("draft", year_is_over=False),
    since=date(2026, 9, 1),
    agreements=0,
    to_look_at=0,
)
NOT_BEGUN = TeamReport("Zorgteam", "none", waiting("none", year_is_over=False))
TEAMS = (RUNNING, FEW, DRAFT, NOT_BEGUN)
TOTALS = SchoolTotals(
    hours=replace(HOURS, people=None),
    teams_counted=1,
    teams_hidden=1,
    cost=replace(COST, without=2),
    next_day=FIRST.date,
    to_look_at=1,
)


def overview_of(*schools: SchoolReport, board: str = "Stichting Samen Onderweg") -> OverviewInput:
    return OverviewInput(SchoolYear(2026), ON, board, schools, "0123456789abcdef")


def wilg(*teams: TeamReport) -> SchoolReport:
    return SchoolReport("De Wilg", teams, TOTALS if teams else NO_TOTALS)


def board_of(schools: int, teams: int = 5) -> OverviewInput:
    """So many schools with so many teams each."""
    names = [replace(RUNNING, name=f"Team {number}") for number in range(teams)]
    return overview_of(
        *(SchoolReport(f"School {number:02}", tuple(names), TOTALS) for number in range(schools))
    )


def mr_team(reason: str = "De leerlingen weten niet waar ze aan werken.") -> MrTeamInput:
    """The plan of the sample team without persons; two of its days make a week of three days."""
    given = replace(sample(), with_persons=False)
    days = given.plan.study_days if given.plan else ()
    own = tuple(
        TeamDay(one.date, one.kind, UPPER, one.start, one.minutes, id=one.study_day_id)
        for one in days
    )
    beside = replace(own[0], date=own[0].date + timedelta(days=1), id="beside")
    situation = Situation(calendar=calendar(), sector="po", own_days=(*own, beside))
    return MrTeamInput(given, reason, legal_checks(situation))


def mr_school(*teams: TeamReport) -> MrSchoolInput:
    """Each team that has a routekaart with one study day."""
    own = (TeamDay(FIRST.date, free_groups=UPPER, id="1"),)
    checks = legal_checks(Situation(calendar=calendar(), sector="po", own_days=own))
    nothing: tuple[DayCheck, ...] = ()
    return MrSchoolInput(
        year=SchoolYear(2026),
        on=ON,
        board="Stichting Samen Onderweg",
        sector="po",
        school=wilg(*teams),
        checks=tuple(checks if team.has_begun else nothing for team in teams),
        catalogue_version="0123456789abcdef",
    )
