"""What is open for people, and on which days they work: what reminders are made of.

For the worker, which asks for one school at a time, in a number of queries that does not depend
on how many people work there. Who is reminded of what is for that person alone: nothing here is
shown to anybody else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from routekaart.access import school_scope
from routekaart.domain.calendar import Override, Region, SchoolYear
from routekaart.domain.needed_by import Asked
from routekaart.domain.people import Leave
from routekaart.domain.reminders import Item, Subject, Workplace
from routekaart.domain.school_holidays import school_calendar
from routekaart.models import (
    Agreement,
    Assignment,
    CalendarOverride,
    Employment,
    MicroStep,
    Plan,
    Routekaart,
    School,
    StudyDay,
    TeamMembership,
)
from routekaart.models.routekaarten import State
from routekaart.queries.planning.deadlines import STORED, stored_deadlines

# What somebody still has to do.
OPEN = ("assigned", "started")
# Before the advice is accepted nothing is asked of anybody, and a closed year is over.
_GOING_ON = (State.ACCEPTED, State.PLANNED, State.APPROVED, State.RUNNING)

_Found = Iterator[tuple[UUID, Item]]


@dataclass(frozen=True, slots=True)
class SchoolPlans:
    """The teams of a school whose year goes on: per routekaart its team, and what its approved
    plan says. `drafts` are those of a year to come: agreements may have gone there already."""

    teams: Mapping[UUID, UUID]
    drafts: Mapping[UUID, UUID]
    deadlines: Mapping[UUID, Mapping[Asked, date]]
    # The study days on which the plan has a goal.
    days: frozenset[str]
    members: Mapping[UUID, frozenset[UUID]]


def workplaces_of(
    *, school: UUID, today: date, persons: Collection[UUID] | None = None
) -> dict[UUID, Workplace]:
    """Per active person of a school when they work there; only of `persons` where given.

    Last year's and next year's days are in it too: a date may lie just over the border.
    """
    with school_scope([school]):
        open_days = open_days_around(School.objects.get(pk=school), today)
        rows = Employment.objects.filter(school=school, person__is_active=True)
        if persons is not None:
            rows = rows.filter(person__in=persons)
        return {
            row.person_id: Workplace(
                open_days=open_days,
                weekdays=tuple(row.working_days),
                leave=tuple(Leave(each.first_day, each.last_day) for each in row.leaves.all()),
            )
            for row in rows.prefetch_related("leaves")
        }


def open_days_around(school: School, today: date) -> tuple[date, ...]:
    """The open days of this school year, the one before and the one after. Call in the scope."""
    year = SchoolYear.containing(today).start
    overrides = [
        Override(first=row.first_day, last=row.last_day, title=row.title, closed=row.closed)
        for row in CalendarOverride.objects.filter(school=school)
    ]
    return tuple(
        day
        for start in (year - 1, year, year + 1)
        for day in school_calendar(
            SchoolYear(start),
            Region(school.region),
            overrides=overrides,
            free_on_good_friday=school.free_on_good_friday,
            free_on_liberation_day=school.free_on_liberation_day,
        ).open_days
    )


def open_items(
    *, school: UUID, today: date, person: UUID | None = None
) -> dict[UUID, tuple[Item, ...]]:
    """Per person what is open at a school; only of `person` where one is named."""
    with school_scope([school]):
        going = plans_of_school(school=school, today=today, person=person)
        found: defaultdict[UUID, list[Item]] = defaultdict(list)
        for source in (
            _courses(going, today, person),
            _agreements(going),
            _micro_steps(going, person),
            _study_days(going),
        ):
            for who, item in source:
                if person is None or who == person:
                    found[who].append(item)
    return {who: tuple(items) for who, items in found.items()}


def plans_of_school(*, school: UUID, today: date, person: UUID | None = None) -> SchoolPlans:
    """The year of each team of a school, or of the teams of one person. Call inside its scope."""
    rows = Routekaart.objects.filter(team__school=school).exclude(state=State.CLOSED)
    if person is not None:
        rows = rows.filter(team__memberships__person=person)
    teams: dict[UUID, UUID] = {}
    drafts: dict[UUID, UUID] = {}
    for pk, team, state in rows.values_list("pk", "team_id", "state"):
        (teams if state in _GOING_ON else drafts)[pk] = team
    deadlines, days = _of_plans(teams, today)
    return SchoolPlans(
        teams, drafts, deadlines, days, _members({*teams.values(), *drafts.values()}, school)
    )


def _members(teams: Collection[UUID], school: UUID) -> Mapping[UUID, frozenset[UUID]]:
    members: defaultdict[UUID, set[UUID]] = defaultdict(set)
    # Whoever has no employment here (any more) only visits, and is not reminded by us.
    for team, member in TeamMembership.objects.filter(
        team__in=teams, person__employments__school=school
    ).values_list("team_id", "person_id"):
        members[team].add(member)
    return {team: frozenset(everyone) for team, everyone in members.items()}


def _of_plans(
    routekaarten: Collection[UUID], today: date
) -> tuple[Mapping[UUID, Mapping[Asked, date]], frozenset[str]]:
    latest = (
        Plan.objects.filter(routekaart=OuterRef("routekaart"), approved_at__isnull=False)
        .order_by("-version")
        .values("pk")[:1]
    )
    rows = Plan.objects.filter(routekaart__in=routekaarten, pk=Subquery(latest)).values_list(
        "routekaart_id", *STORED
    )
    deadlines, days = {}, set()
    for routekaart, weeks, study_days in rows:
        deadlines[routekaart] = stored_deadlines(weeks, study_days, today)
        days |= {day["study_day_id"] for day in study_days if day["goal_ids"]}
    return deadlines, frozenset(days)


def started(today: date) -> Q:
    """The assignments that are not ahead of their date."""
    return Q(starts_on__isnull=True) | Q(starts_on__lte=today)


def _courses(going: SchoolPlans, today: date, person: UUID | None) -> _Found:
    rows = Assignment.objects.filter(
        started(today), routekaart__in=going.deadlines, state__in=OPEN
    ).select_related("course")
    if person is not None:
        rows = rows.filter(person=person)
    for row in rows:
        day = going.deadlines[row.routekaart_id].get((str(row.person_id), row.course_id))
        if day is not None:
            yield row.person_id, Item(Subject.COURSE, str(row.pk), row.course.title, day)


def _agreements(going: SchoolPlans) -> _Found:
    rows: QuerySet[Agreement] = (
        Agreement.objects.filter(routekaart__in=[*going.teams, *going.drafts], state="open")
        .select_related("work_group")
        .prefetch_related("work_group__member_rows")
    )
    for row in rows:
        for who in _owners(row, going):
            yield who, Item(Subject.AGREEMENT, str(row.pk), row.what, row.due_on)
            if row.check_on != row.due_on:
                yield who, Item(Subject.AGREEMENT_BACK, str(row.pk), row.what, row.check_on)


def _owners(row: Agreement, going: SchoolPlans) -> Collection[UUID]:
    """Who keeps an agreement, of those who are in the team; else the whole team."""
    routekaart = row.routekaart_id
    team = going.members.get(
        going.teams.get(routekaart) or going.drafts[routekaart], frozenset[UUID]()
    )
    owners: set[UUID] = set()
    if row.owner_id is not None:
        owners = {row.owner_id}
    elif row.work_group is not None:
        members: Any = row.work_group.member_rows.all()
        owners = {member.person_id for member in members}
    return (owners & team) or team


def _micro_steps(going: SchoolPlans, person: UUID | None) -> _Found:
    """Of PLGs that go on, and for who is still in them."""
    rows = MicroStep.objects.filter(
        cycle__routekaart__in=going.teams, cycle__member_rows__person=F("person"), state="chosen"
    ).exclude(cycle__state="closed")
    if person is not None:
        rows = rows.filter(person=person)
    for row in rows:
        yield row.person_id, Item(Subject.MICRO_STEP, str(row.pk), row.text, row.try_by)


def _study_days(going: SchoolPlans) -> _Found:
    for row in StudyDay.objects.filter(routekaart__in=going.teams).exclude(state="closed"):
        if row.fixed or str(row.pk) in going.days:
            kind = row.get_kind_display().capitalize()
            title = f"{kind} ‘{row.title}’" if row.title else kind
            item = Item(Subject.STUDY_DAY, str(row.pk), title, row.date)
            for who in going.members.get(going.teams[row.routekaart_id], frozenset()):
                yield who, item
