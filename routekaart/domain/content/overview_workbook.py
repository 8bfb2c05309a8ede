"""The overviews as workbooks: the same data as the documents, a row per school, team, goal or day.

Where a number is hidden its cell is empty, and the column beside it says why.
"""

from collections.abc import Iterator

from courses.dutch import listed
from routekaart.domain.content.overview_input import OverviewInput, SchoolReport, TeamReport
from routekaart.domain.content.overview_parts import overview_meta, source_notes
from routekaart.domain.content.overview_words import (
    NOT_SHOWN,
    cost_sources,
    cost_words,
    hours_sources,
    hours_words,
    preparation_words,
    school_hours,
    school_hours_from,
    waits,
)
from routekaart.domain.content.workbook import Sheet, SheetColumn, Value, Workbook
from routekaart.domain.lifecycle import STUDY_DAY
from routekaart.domain.overview import Cost, DayLine, TeamHours, state_words

_WHERE = (SheetColumn("Team", width=26), SheetColumn("School", width=26))
_MONEY = (SheetColumn("Kosten", width=18), SheetColumn("Bron van de kosten", width=34))
_HOURS = (
    SheetColumn("Uren samen", "hours", 11),
    SheetColumn("Opgedragen uren", "hours", 12),
    SheetColumn("Individuele uren", "hours", 12),
    SheetColumn("Waarvan aanname", "hours", 12),
    SheetColumn("Over de uren", width=34),
)
_AGREEMENTS = (
    SheetColumn("Open afspraken", "whole", 10),
    SheetColumn("Afspraken om na te kijken", "whole", 12),
)
_PREPARED = (
    SheetColumn("Voorbereiding gedaan", "whole", 13),
    SheetColumn("Voorbereiding gevraagd", "whole", 13),
    SheetColumn("Voorbereiding klaar", "percent", 13),
    SheetColumn("Over de voorbereiding", width=28),
    SheetColumn("Programma klaar", "yes_no", 11),
)
_TEAMS = (
    *_WHERE,
    SheetColumn("Stand", width=18),
    SheetColumn("Sinds", "date", 13),
    SheetColumn("Wacht op", width=30),
    SheetColumn("Interventies", width=34),
    SheetColumn("Doelen", "whole", 9),
    SheetColumn("Studiedagen", "whole", 12),
    SheetColumn("Volgende studiedag", "date", 13),
    *_PREPARED,
    SheetColumn("Versie van het plan", "whole", 11),
    *_HOURS,
    *_MONEY,
    *_AGREEMENTS,
    SheetColumn("Over de afspraken", width=24),
    SheetColumn("Instemming MR", "date", 13),
)
_GOALS = (
    *_WHERE,
    SheetColumn("Doel", width=60),
    SheetColumn("Studiedag", "date", 13),
    SheetColumn("Besluit van het team", width=22),
)
_DAYS = (
    *_WHERE,
    SheetColumn("Datum", "date", 13),
    SheetColumn("Soort", width=14),
    SheetColumn("Titel", width=30),
    SheetColumn("Stand", width=18),
    SheetColumn("Doelen", "whole", 9),
    *_PREPARED,
)
_SCHOOLS = (
    SheetColumn("School", width=30),
    SheetColumn("Teams", "whole", 8),
    *(SheetColumn(words.capitalize(), "whole", 12) for words in state_words().values()),
    SheetColumn("Teams met uren", "whole", 11),
    *_HOURS,
    *_MONEY,
    SheetColumn("Volgende studiedag", "date", 13),
    SheetColumn("Afspraken om na te kijken", "whole", 12),
    SheetColumn("Teams met instemming MR", "whole", 13),
)


def school_workbook(given: OverviewInput) -> Workbook:
    """The overview of one school."""
    [school] = given.schools
    meta = overview_meta(
        given, kind="Schooloverzicht", subject=school.name, organisation=given.board
    )
    return Workbook("school-overview", meta, (_teams(given), _goals(given), _days(given)))


def board_workbook(given: OverviewInput) -> Workbook:
    """The overview of all schools of a board."""
    meta = overview_meta(
        given, kind="Bestuursoverzicht", subject=given.board, organisation=given.board
    )
    sheets = (_schools(given), _teams(given), _goals(given), _days(given))
    return Workbook("board-overview", meta, sheets)


def _schools(given: OverviewInput) -> Sheet:
    return Sheet(
        title="Scholen",
        columns=_SCHOOLS,
        rows=tuple(_school_row(school) for school in given.schools),
        missing="Dit bestuur heeft nog geen scholen.",
        notes=tuple(source_notes(given)),
    )


def _teams(given: OverviewInput) -> Sheet:
    return Sheet(
        title="Teams",
        columns=_TEAMS,
        rows=tuple(_team_row(school, team) for school, team in given.teams()),
        missing="Er zijn nog geen teams.",
        totals=_team_totals(given),
        notes=tuple(source_notes(given)),
    )


def _goals(given: OverviewInput) -> Sheet:
    return Sheet(
        title="Doelen",
        columns=_GOALS,
        rows=tuple(
            (team.name, school.name, goal.wording, goal.on, goal.verdict)
            for school, team in given.teams()
            for goal in team.goals
        ),
        missing="Er zijn nog geen doelen gekozen.",
        notes=("Doelen staan er zoals het team ze schreef, in de volgorde van het team.",),
    )


def _days(given: OverviewInput) -> Sheet:
    return Sheet(
        title="Studiedagen",
        columns=_DAYS,
        rows=tuple(
            _day_row(school, team, day) for school, team in given.teams() for day in team.days
        ),
        missing="Er zijn nog geen studiedagen.",
        notes=("Voorbereiding telt de cursussen van mensen samen, en nooit wie.",),
    )


def _school_row(school: SchoolReport) -> tuple[Value, ...]:
    sums, states = school.totals, [team.state for team in school.teams]
    told = [school_hours(sums), school_hours_from(sums)]
    return (
        school.name,
        len(states),
        *(states.count(state) for state in state_words()),
        sums.teams_counted,
        *_minutes(sums.hours),
        ". ".join(part for part in told if part) or "Nog geen plan",
        *_cost(sums.cost),
        sums.next_day,
        sums.to_look_at,
        sum(team.mr_date is not None for team in school.teams),
    )


def _team_row(school: SchoolReport, team: TeamReport) -> tuple[Value, ...]:
    hours = team.hours
    over_hours = hours_sources(hours, team.plan_version) or hours_words(hours)
    if not team.has_begun:
        over_hours = "Nog geen routekaart"
    hidden = team.has_begun and team.agreements is None
    return (
        team.name,
        school.name,
        state_words()[team.state],
        team.since,
        waits(team.waiting),
        listed(team.interventions),
        len(team.goals),
        len(team.days),
        team.next_day.date if team.next_day else None,
        *_prepared(team.next_day),
        team.plan_version,
        *_minutes(hours),
        over_hours,
        *(_cost(team.cost) if team.has_begun else ("", "")),
        team.agreements,
        team.to_look_at,
        NOT_SHOWN if hidden else "",
        team.mr_date,
    )


def _team_totals(given: OverviewInput) -> tuple[Value, ...]:
    """What can be added up, without what is hidden of a team."""
    teams = [team for _school, team in given.teams()]
    if not teams:
        return ()
    sums = [school.totals.hours for school in given.schools if school.totals.hours]
    hidden = sum(school.totals.teams_hidden for school in given.schools)
    together = TeamHours(
        people=None,
        assigned=sum(one.assigned for one in sums),
        individual=sum(one.individual for one in sums),
        assumed=sum(one.assumed for one in sums),
    )
    found: dict[str, Value] = {
        "Team": "Samen",
        "Doelen": sum(len(team.goals) for team in teams),
        "Studiedagen": sum(len(team.days) for team in teams),
        "Open afspraken": sum(team.agreements or 0 for team in teams),
        "Afspraken om na te kijken": sum(team.to_look_at or 0 for team in teams),
        "Over de uren": f"{NOT_SHOWN}: {hidden} van de teams" if hidden else None,
    }
    if sums:
        titles = (column.title for column in _HOURS[:-1])
        found |= dict(zip(titles, _minutes(together), strict=True))
    return tuple(found.get(column.title) for column in _TEAMS)


def _day_row(school: SchoolReport, team: TeamReport, day: DayLine) -> tuple[Value, ...]:
    return (
        team.name,
        school.name,
        day.date,
        day.kind,
        day.title,
        STUDY_DAY.words[day.state],
        day.goals,
        *_prepared(day),
    )


def _minutes(hours: TeamHours | None) -> Iterator[Value]:
    """All, assigned, individual and assumed; nothing where there is none or it is hidden."""
    if hours is None or hours.hidden:
        yield from (None,) * 4
        return
    yield from (hours.total, hours.assigned, hours.individual, hours.assumed)


def _cost(cost: Cost | None) -> tuple[Value, Value]:
    return cost_words(cost), cost_sources(cost)


def _prepared(day: DayLine | None) -> tuple[Value, ...]:
    """Done, asked, its share, why there is none, and whether there is a programme."""
    if day is None:
        return (None, None, None, "", None)
    if not day.goals:
        return (None, None, None, "Nog geen doel", day.has_programme)
    counts = day.preparation
    if counts.hidden or not counts.asked:
        return (None, None, None, preparation_words(counts), day.has_programme)
    share = round(100 * counts.done / counts.asked)
    return (counts.done, counts.asked, share, "", day.has_programme)
