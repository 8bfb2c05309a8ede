"""Reading how far study days are. Counts only: nobody's name, and no number of a small group."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.domain.programme import adds_up, elsewhere_findings
from routekaart.domain.progress import ProgressRow, preparation
from routekaart.domain.readiness import DayFacts, Readiness, readiness
from routekaart.models import Agreement, Routekaart, StudyDay
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.planning.study_day_plans import NOT_PLANNED, days_in_plan
from routekaart.queries.progress.progress import standing_in
from routekaart.queries.study_day.programmes import booked_day, booked_with_others
from routekaart.queries.study_day.topics import shared_notes


@dataclass(frozen=True, slots=True)
class DayReadiness:
    """A study day with what is known of it and what that comes to.

    The rest is for who may see it: what the preparation is for, how far each person is with
    what, how many notes of each kind are shared, and how many agreements stand.
    """

    day: StudyDay
    facts: DayFacts
    readiness: Readiness
    known: "Known"


def day_readiness(*, by: Access, study_day_id: UUID, today: date) -> DayReadiness:
    """How far one study day is."""
    day = by.fetch(
        StudyDay, study_day_id, Permission.VIEW_PROGRESS, along=("routekaart__team__school",)
    )
    with by.entered():
        return readiness_of(day, today)


def readiness_of(day: StudyDay, today: date) -> DayReadiness:
    """The same for a day that was read with its school. Call inside the scope of that school."""
    return _readiness([day], today)[0]


def readiness_board(*, by: Access, routekaart_id: UUID, today: date) -> Sequence[DayReadiness]:
    """How far every study day of a routekaart is, by date."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_PROGRESS)
    with by.entered():
        days = StudyDay.objects.filter(routekaart=routekaart_id)
        return _readiness(_with_school(days), today)


def facts_of(day: StudyDay) -> DayFacts:
    """What is known of a study day now, read with its school. Call inside the scope of that."""
    return _facts([day], clock.today())[day.pk].facts


def agreements_of(day: StudyDay) -> int:
    """How many agreements of a day stand. Call inside the scope of its school."""
    return Agreement.objects.filter(study_day=day).exclude(state="dropped").count()


def _with_school(days: QuerySet[StudyDay]) -> list[StudyDay]:
    return list(days.select_related("routekaart__team__school").order_by("date", "starts_at", "id"))


def _readiness(days: Sequence[StudyDay], today: date) -> list[DayReadiness]:
    if not days:
        return []
    routekaart = days[0].routekaart
    calendar = calendar_of(school=routekaart.team.school, year=routekaart.school_year)
    facts = _facts(days, today)
    return [
        DayReadiness(
            day,
            facts[day.pk].facts,
            readiness(facts[day.pk].facts, calendar=calendar, today=today),
            facts[day.pk],
        )
        for day in days
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """What was read about a day (see `DayReadiness`)."""

    facts: DayFacts
    goals: frozenset[str]
    rows: tuple[ProgressRow, ...]
    shared: Mapping[str, int]
    agreements: int


def _facts(days: Sequence[StudyDay], today: date) -> Mapping[UUID, Known]:
    """The facts of days of one routekaart on `today`, in a fixed number of queries."""
    routekaart = days[0].routekaart
    planned = days_in_plan(routekaart)
    standing = standing_in(routekaart, today)
    blocks_of, others = booked_with_others(days)
    # Notes by day and kind: those that wait for a topic, and all of them.
    waiting: Counter[UUID] = Counter()
    shared: dict[UUID, Counter[str]] = {day.pk: Counter() for day in days}
    notes = shared_notes().filter(study_day__in=days).order_by()
    for pk, kind, topic in notes.values_list("study_day_id", "kind", "topic_id"):
        shared[pk][kind] += 1
        waiting[pk] += topic is None
    open_topics = Count("topics", filter=Q(topics__state="open"), distinct=True)
    standing_agreements = Count("agreements", filter=~Q(agreements__state="dropped"), distinct=True)
    counts = {
        pk: (topics, agreements)
        for pk, topics, agreements in StudyDay.objects.filter(pk__in=[day.pk for day in days])
        .order_by()
        .annotate(open_topics=open_topics, standing=standing_agreements)
        .values_list("pk", "open_topics", "standing")
    }
    found: dict[UUID, Known] = {}
    for day in days:
        mine = planned.get(str(day.pk), NOT_PLANNED)
        goals = frozenset(goal.id for goal in mine.goals)
        blocks = blocks_of[day.pk]
        facts = DayFacts(
            held_on=day.date,
            goals=len(goals),
            preparation=len({course for course, goal in standing.given if goal in goals}),
            prepared=preparation(standing.rows, goals, today, with_names=False),
            has_programme=bool(blocks),
            programme_adds_up=adds_up(day.starts_at, day.minutes, blocks),
            follow_up_on=day.follow_up_on or mine.follow_up_on,
            evaluation_on=day.evaluation_on or mine.evaluation_on,
            open_topics=counts[day.pk][0],
            open_notes=waiting[day.pk],
            conflicts=len(elsewhere_findings(booked_day(day, blocks), others[day.date])),
        )
        found[day.pk] = Known(facts, goals, standing.rows, shared[day.pk], counts[day.pk][1])
    return found
