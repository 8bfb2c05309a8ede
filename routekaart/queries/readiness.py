"""Reading how far study days are. Counts only: nobody's name, and no number of a small group."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from routekaart.access import Access, Permission
from routekaart.domain.programme import adds_up, elsewhere_findings
from routekaart.domain.readiness import DayFacts, Prepared, Readiness, readiness
from routekaart.models import Agreement, Assignment, Routekaart, StudyDay
from routekaart.models import ProgrammeBlock as BlockRow
from routekaart.models.assignments import STANDING
from routekaart.queries.planning import calendar_of
from routekaart.queries.programmes import block_of, booked_day, days_of_others, with_people
from routekaart.queries.study_day_plans import NOT_PLANNED, days_in_plan
from routekaart.queries.topics import shared_notes

# Who is done with a course, or need not do it.
_FINISHED = ("done", "waived")


@dataclass(frozen=True, slots=True)
class DayReadiness:
    """A study day with what is known of it and what that comes to."""

    day: StudyDay
    facts: DayFacts
    readiness: Readiness


def day_readiness(*, by: Access, study_day_id: UUID, today: date) -> DayReadiness:
    """How far one study day is."""
    day = by.fetch(StudyDay, study_day_id, Permission.VIEW_PROGRESS)
    with by.entered():
        return _readiness([day.pk], today)[0]


def readiness_board(*, by: Access, routekaart_id: UUID, today: date) -> Sequence[DayReadiness]:
    """How far every study day of a routekaart is, by date."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_PROGRESS)
    with by.entered():
        days = StudyDay.objects.filter(routekaart=routekaart_id).values_list("pk", flat=True)
        return _readiness(days, today)


def facts_of(day: StudyDay) -> DayFacts:
    """What is known of a study day now. Call inside the scope of its school."""
    return _facts(_days([day.pk]))[day.pk]


def agreements_of(day: StudyDay) -> int:
    """How many agreements of a day stand. Call inside the scope of its school."""
    return Agreement.objects.filter(study_day=day).exclude(state="dropped").count()


def _days(ids: Iterable[UUID]) -> list[StudyDay]:
    return list(
        StudyDay.objects.filter(pk__in=list(ids))
        .select_related("routekaart__team__school")
        .prefetch_related(Prefetch("blocks", with_people(BlockRow.objects.all())))
        .order_by("date", "starts_at", "id")
    )


def _readiness(ids: Iterable[UUID], today: date) -> list[DayReadiness]:
    days = _days(ids)
    if not days:
        return []
    routekaart = days[0].routekaart
    calendar = calendar_of(school=routekaart.team.school, year=routekaart.school_year)
    facts = _facts(days)
    return [
        DayReadiness(day, facts[day.pk], readiness(facts[day.pk], calendar=calendar, today=today))
        for day in days
    ]


def _facts(days: Sequence[StudyDay]) -> Mapping[UUID, DayFacts]:
    """The facts of days of one routekaart, in a fixed number of queries."""
    routekaart = days[0].routekaart
    planned = days_in_plan(routekaart)
    assigned = _assigned(routekaart)
    others = days_of_others(days)
    notes = Counter(
        shared_notes()
        .filter(study_day__in=days, topic__isnull=True)
        .values_list("study_day_id", flat=True)
    )
    topics = dict(
        StudyDay.objects.filter(pk__in=[day.pk for day in days])
        .annotate(open_topics=Count("topics", filter=Q(topics__state="open")))
        .values_list("pk", "open_topics")
    )
    found: dict[UUID, DayFacts] = {}
    for day in days:
        mine = planned.get(str(day.pk), NOT_PLANNED)
        goals = {goal.id for goal in mine.goals}
        serving = [one for one in assigned if goals & one.goals]
        blocks = [block_of(row) for row in day.blocks.all()]
        found[day.pk] = DayFacts(
            held_on=day.date,
            goals=len(goals),
            preparation=len({one.course for one in serving}),
            prepared=_prepared(serving),
            has_programme=bool(blocks),
            programme_adds_up=adds_up(day.starts_at, day.minutes, blocks),
            follow_up_on=day.follow_up_on or mine.follow_up_on,
            evaluation_on=day.evaluation_on or mine.evaluation_on,
            open_topics=topics[day.pk],
            open_notes=notes[day.pk],
            conflicts=len(elsewhere_findings(booked_day(day, blocks), others[day.date])),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Assigned:
    person: UUID
    course: str
    mandatory: bool
    state: str
    goals: frozenset[str]


def _assigned(routekaart: Routekaart) -> list[_Assigned]:
    rows = (
        Assignment.objects.filter(routekaart=routekaart, state__in=STANDING)
        .order_by("person_id", "course_id")
        .values_list("person_id", "course_id", "mandatory", "state", "goals")
    )
    return [
        _Assigned(
            person, course, mandatory, state, frozenset(str(row[-1]) for row in group if row[-1])
        )
        for (person, course, mandatory, state), group in groupby(rows, key=itemgetter(0, 1, 2, 3))
    ]


def _prepared(serving: Iterable[_Assigned]) -> Prepared:
    """Somebody is prepared when all mandatory courses for the goals of the day are done."""
    states: dict[UUID, set[bool]] = defaultdict(set)
    for one in serving:
        if one.mandatory:
            states[one.person].add(one.state in _FINISHED)
    return Prepared(people=len(states), done=sum(False not in all_ for all_ in states.values()))
