"""From rows to what the date adviser looks at: a team, and what other teams of its school plan."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from uuid import UUID

from courses.findings import Finding, sorted_findings
from routekaart.access import Access, Permission
from routekaart.domain.calendar import Override
from routekaart.domain.dates import (
    OtherTeam,
    RuleSlug,
    Situation,
    TeamDay,
    study_day_findings,
    with_own_numbers,
)
from routekaart.domain.errors import BadInput
from routekaart.domain.people import Member
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.models import Routekaart, StudyDay, TeamMembership
from routekaart.models.routekaarten import State
from routekaart.queries.organisation.teams import employments_of, members_for_planning
from routekaart.queries.planning.overrides import overrides_of
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.routekaarten.study_days import days_of_school, resources_of

# Once a plan stands, a day that has passed is a day that was held.
NOT_ADOPTED = frozenset(
    {State.DRAFT, State.SUBMITTED, State.ADVISED, State.ACCEPTED, State.PLANNED}
)


@dataclass(frozen=True, slots=True)
class ConsideredDay:
    """A date as somebody asks about it. None: not said."""

    date: date
    kind: StudyDayKind
    free_groups: tuple[int, ...] = ()
    starts_at: time | None = None
    minutes: int | None = None
    room: str = ""
    trainer: UUID | None = None


@dataclass(frozen=True, slots=True)
class SchoolDates:
    """The study days of all teams of a school in one school year, by date and with their team, and
    where the school deviates from the calendar of its region."""

    days: tuple[StudyDay, ...]
    overrides: tuple[Override, ...]

    def days_of(self, routekaart: Routekaart) -> tuple[StudyDay, ...]:
        """The study days of one routekaart."""
        return tuple(day for day in self.days if day.routekaart_id == routekaart.pk)


def date_situation(routekaart: Routekaart, *, today: date | None) -> Situation:
    """Everything the adviser looks at. Call inside the scope of the routekaart's school.

    Of other teams only their days in the same school year, and which members they share with
    this team; of other schools nothing. The routekaart is best read along with `team__school`.
    `today` None: what has passed does not matter.
    """
    school = routekaart.team.school_id
    employments = employments_of(team_id=routekaart.team_id, schools=[school])
    return _situation(routekaart, members_for_planning(employments), today)


def situation_with_sight(
    *, by: Access, routekaart_id: UUID, today: date, instead_of: UUID | None = None
) -> tuple[Situation, bool]:
    """The situation, and whether `by` may see what a date asks of each person.

    `instead_of`: the own study day that would move away; `BadInput` when there is none such.
    """
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_ROUTEKAART, along=("team__school",)
    )
    sees_persons = by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS, school=routekaart.team.school_id, team=routekaart.team_id
    )
    with by.entered():
        situation = date_situation(routekaart, today=today)
    if instead_of is not None and str(instead_of) not in {day.id for day in situation.own_days}:
        raise BadInput(
            "instead_of",
            "Deze studiedag hoort niet bij deze routekaart. Kies er een uit de lijst.",
            code="unknown_study_day",
        )
    return situation, sees_persons


def considered_day(situation: Situation, given: ConsideredDay, moving: UUID | None) -> TeamDay:
    """A date that is asked about. What was left open is that of the day which it replaces.

    That is the own study day `moving`, else the one that the team has on that date already.
    """
    known = next((day for day in situation.own_days if day.id == str(moving)), None) or next(
        (day for day in situation.own_days if day.date == given.date), None
    )
    resources = resources_of(StudyDay(room=given.room, trainer_id=given.trainer))
    day = TeamDay(given.date, given.kind, given.free_groups, given.starts_at, given.minutes)
    if known is None:
        return replace(day, resources=resources)
    same_kind = known.kind is given.kind
    return replace(
        day,
        start=known.start if given.starts_at is None and same_kind else given.starts_at,
        minutes=known.minutes if given.minutes is None and same_kind else given.minutes,
        resources=resources or known.resources,
    )


def study_day_warnings(day: StudyDay, *, today: date) -> tuple[Finding, ...]:
    """What the rules have to say of one study day. Call inside the scope of its school."""
    situation = study_day_situation(day.routekaart, today=today)
    return sorted_findings(study_day_findings(situation, only=str(day.pk)))


def school_dates(routekaart: Routekaart) -> SchoolDates:
    """Reads them now. Call inside the scope of the routekaart's school."""
    [found] = dates_of_schools([routekaart]).values()
    return found


def dates_of_schools(
    routekaarten: Iterable[Routekaart],
) -> dict[tuple[UUID, int], SchoolDates]:
    """The same of several routekaarten, by the ids of their schools and their years; each school
    and year is read once."""
    first = {(row.team.school_id, row.school_year): row for row in routekaarten}
    schools = {row.team.school_id: row.team.school for row in first.values()}
    overrides = {pk: overrides_of(school) for pk, school in schools.items()}
    return {
        (school, year): SchoolDates(days_of_school(row), overrides[school])
        for (school, year), row in first.items()
    }


def study_day_situation(
    routekaart: Routekaart, *, today: date, dates: SchoolDates | None = None
) -> Situation:
    """The same without people, for the rules that are about the days alone.

    A day that has passed only matters until the plan is adopted. `dates` is what the caller has
    read already.
    """
    return _situation(routekaart, (), today if routekaart.state in NOT_ADOPTED else None, dates)


def _situation(
    routekaart: Routekaart,
    members: tuple[Member, ...],
    today: date | None,
    dates: SchoolDates | None = None,
) -> Situation:
    school = routekaart.team.school
    dates = dates or school_dates(routekaart)
    own: list[TeamDay] = []
    theirs: dict[tuple[str, UUID], list[TeamDay]] = defaultdict(list)
    for row in dates.days:
        team = row.routekaart.team
        mine = row.routekaart_id == routekaart.pk
        (own if mine else theirs[team.name, team.pk]).append(_team_day(row))
    shared = _shared(members) if theirs else {}
    return Situation(
        calendar=calendar_of(school=school, year=routekaart.school_year, overrides=dates.overrides),
        sector=school.sector,
        members=members,
        own_days=tuple(own),
        others=tuple(
            OtherTeam(name, tuple(days), frozenset(shared.get(team, ())))
            for (name, team), days in sorted(theirs.items(), key=lambda item: item[0][0])
        ),
        today=today,
        rules=with_own_numbers(
            {RuleSlug(slug): number for slug, number in sorted(school.date_numbers.items())}
        ),
    )


def _team_day(row: StudyDay) -> TeamDay:
    return TeamDay(
        date=row.date,
        kind=StudyDayKind(row.kind),
        free_groups=tuple(row.free_groups),
        start=row.starts_at,
        minutes=row.minutes,
        resources=resources_of(row),
        fixed=row.fixed,
        id=str(row.pk),
    )


def _shared(members: tuple[Member, ...]) -> dict[UUID, set[str]]:
    """Per team within the scope who of these members is in it."""
    found: dict[UUID, set[str]] = defaultdict(set)
    if members:
        rows = TeamMembership.objects.filter(person__in=[member.id for member in members])
        for team, person in rows.values_list("team_id", "person_id"):
            found[team].add(str(person))
    return found
