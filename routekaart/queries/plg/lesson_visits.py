"""Reading lesson visits, and what is in the way of new ones."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from routekaart.access import Access, NotFound, Permission
from routekaart.domain.lesson_visit_pairs import VisitRound, Window, suggest_visits
from routekaart.domain.people import Member
from routekaart.domain.planner.problem import StudyDayKind
from routekaart.domain.visit_times import Colleague, Taken, TakenBy
from routekaart.models import LessonVisit, LessonVisitNote, Person, PlgCycle, PlgMeeting, StudyDay
from routekaart.queries.once_more import still_there
from routekaart.queries.organisation.names import called_at, people_at
from routekaart.queries.organisation.teams import employments_of, members_for_planning
from routekaart.queries.planning.current_plan import current_plan
from routekaart.queries.planning.problems import calendar_of


@dataclass(frozen=True, slots=True)
class SuggestedRound:
    """A round that nobody has stored yet, with the names of all members."""

    round: VisitRound
    names: Mapping[str, str]


def visits_of(*, by: Access, cycle_id: UUID) -> QuerySet[LessonVisit]:
    """The visits of a PLG by date, with visitor and host."""
    by.fetch(PlgCycle, cycle_id, Permission.VIEW_PLG)
    with by.entered():
        return with_pair(LessonVisit.objects.filter(cycle=cycle_id))


def visit_detail(*, by: Access, visit_id: UUID) -> LessonVisit:
    """One visit with visitor and host."""
    by.fetch(LessonVisit, visit_id, Permission.VIEW_PLG)
    with by.entered():
        return still_there(with_pair(LessonVisit.objects.filter(pk=visit_id)))


def with_pair(visits: "QuerySet[LessonVisit]") -> "QuerySet[LessonVisit]":
    """Each with visitor and host. Call inside the scope."""
    return called_at(visits, "visitor", "host", school="cycle__routekaart__team__school")


def visit_of_pair(*, by: Access, visit_id: UUID) -> LessonVisit:
    """A visit that `by` is one of the pair of; to everybody else it is `NotFound`."""
    visit = by.fetch(LessonVisit, visit_id, Permission.VIEW_PLG)
    if by.person.pk not in {visit.visitor_id, visit.host_id}:
        raise NotFound("LessonVisitNote")
    return visit


def notes_of(*, by: Access, visit_id: UUID) -> QuerySet[LessonVisitNote]:
    """What the pair noted, oldest first: for the two of them alone."""
    visit_of_pair(by=by, visit_id=visit_id)
    with by.entered():
        notes = LessonVisitNote.objects.filter(visit=visit_id)
        return called_at(notes, "author", school="visit__cycle__routekaart__team__school")


def suggested_round(*, by: Access, cycle_id: UUID, window: Window) -> SuggestedRound:
    """Who could visit whom and when, for all members of a PLG. Stores nothing."""
    by.fetch(PlgCycle, cycle_id, Permission.RUN_PLG)
    with by.entered():
        cycles = PlgCycle.objects.select_related("routekaart__team__school")
        cycle = still_there(cycles.filter(pk=cycle_id))
        people = colleagues_of(cycle)
        calendar = calendar_of(
            school=cycle.routekaart.team.school, year=cycle.routekaart.school_year
        )
    found = suggest_visits(tuple(people.values()), calendar=calendar, window=window)
    return SuggestedRound(found, {each.member.id: each.member.name for each in people.values()})


def colleagues_of(cycle: PlgCycle, *, without: UUID | None = None) -> dict[UUID, Colleague]:
    """The members of a PLG, each with what is in the way: of this school, whichever the team.

    `without`: the visit that is moved. Who does not work at the school is never there. Call
    inside the scope of the school; `cycle` is best read along with its school.
    """
    team = cycle.routekaart.team
    members_here = people_at(cycle.members.all(), team.school_id)
    persons = {person.pk: person for person in members_here}
    employments = employments_of(team_id=team.pk, schools=[team.school_id])
    members = {UUID(each.id): each for each in members_for_planning(employments, called_here=True)}
    taken: dict[UUID, list[Taken]] = defaultdict(list)
    for person, item in (
        *_study_days(cycle, persons),
        *_meetings(cycle, persons),
        *_visits(cycle, persons, without),
    ):
        taken[person].append(item)
    for day in _of_the_plan(cycle):
        for person in persons:
            taken[person].append(Taken(day, TakenBy.MEETING, own=True))
    return {
        key: Colleague(
            members.get(key) or Member(id=str(key), name=person.name, working_days=()),
            tuple(taken[key]),
        )
        for key, person in persons.items()
    }


_Persons = Mapping[UUID, Person]


def _study_days(cycle: PlgCycle, persons: _Persons) -> list[tuple[UUID, Taken]]:
    team = cycle.routekaart.team
    rows = StudyDay.objects.filter(
        routekaart__team__school=team.school_id,
        routekaart__team__memberships__person__in=list(persons),
    ).values_list(
        "routekaart__team__memberships__person_id",
        "date",
        "kind",
        "starts_at",
        "minutes",
        "routekaart__team_id",
    )
    return [
        (
            person,
            Taken(day, TakenBy.STUDY_DAY, own=own == team.pk)
            if kind == StudyDayKind.DAY.value
            else Taken(day, TakenBy.STUDY_DAY, start, minutes, own=own == team.pk),
        )
        for person, day, kind, start, minutes, own in rows
    ]


def _meetings(cycle: PlgCycle, persons: _Persons) -> list[tuple[UUID, Taken]]:
    team = cycle.routekaart.team
    rows = PlgMeeting.objects.filter(
        cycle__routekaart__team__school=team.school_id,
        cycle__member_rows__person__in=list(persons),
    ).exclude(state="skipped")
    return [
        (person, Taken(day, TakenBy.MEETING, start, minutes, own=own == team.pk))
        for person, day, start, minutes, own in rows.values_list(
            "cycle__member_rows__person_id",
            "date",
            "starts_at",
            "minutes",
            "cycle__routekaart__team_id",
        )
    ]


def _visits(cycle: PlgCycle, persons: _Persons, without: UUID | None) -> list[tuple[UUID, Taken]]:
    team = cycle.routekaart.team
    keys = list(persons)
    rows = LessonVisit.objects.filter(
        Q(visitor__in=keys) | Q(host__in=keys), cycle__routekaart__team__school=team.school_id
    ).exclude(state="cancelled")
    if without is not None:
        rows = rows.exclude(pk=without)
    return [
        (person, Taken(day, TakenBy.LESSON_VISIT, start, minutes, own=own == team.pk))
        for visitor, host, day, start, minutes, own in rows.values_list(
            "visitor_id", "host_id", "date", "starts_at", "minutes", "cycle__routekaart__team_id"
        )
        for person in (visitor, host)
        if person in persons
    ]


def _of_the_plan(cycle: PlgCycle) -> set[date]:
    """Days with a meeting of the whole team, by its plan."""
    plan = current_plan(cycle.routekaart)
    if plan is None:
        return set()
    return {
        *(item.date for item in plan.plg_meetings),
        *(item.date for item in plan.follow_ups),
        *(item.date for item in plan.evaluations),
    }
