"""Reading how far study days are. Counts only: nobody's name, and no number of a small group."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.domain.programme import adds_up, elsewhere_findings
from routekaart.domain.progress import ProgressRow, preparation
from routekaart.domain.readiness import DayFacts, Readiness, readiness
from routekaart.models import Agreement, Assignment, Routekaart, StudyDay
from routekaart.models import ProgrammeBlock as BlockRow
from routekaart.models.assignments import STANDING
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.planning.study_day_plans import NOT_PLANNED, days_in_plan
from routekaart.queries.progress.progress import progress_rows
from routekaart.queries.study_day.programmes import (
    block_of,
    booked_day,
    days_of_others,
    with_people,
)
from routekaart.queries.study_day.topics import shared_notes


@dataclass(frozen=True, slots=True)
class DayReadiness:
    """A study day with what is known of it and what that comes to.

    `goals` and `rows`: what its preparation is for, and how far each person is with what. Never
    show `rows` to who may not see names.
    """

    day: StudyDay
    facts: DayFacts
    readiness: Readiness
    goals: frozenset[str]
    rows: tuple[ProgressRow, ...]


def day_readiness(*, by: Access, study_day_id: UUID, today: date) -> DayReadiness:
    """How far one study day is."""
    day = by.fetch(StudyDay, study_day_id, Permission.VIEW_PROGRESS)
    with by.entered():
        return readiness_of(day.pk, today)


def readiness_of(study_day_id: UUID, today: date) -> DayReadiness:
    """The same. Call inside the scope of its school, after looking who asks."""
    return _readiness([study_day_id], today)[0]


def readiness_board(*, by: Access, routekaart_id: UUID, today: date) -> Sequence[DayReadiness]:
    """How far every study day of a routekaart is, by date."""
    by.fetch(Routekaart, routekaart_id, Permission.VIEW_PROGRESS)
    with by.entered():
        days = StudyDay.objects.filter(routekaart=routekaart_id).values_list("pk", flat=True)
        return _readiness(days, today)


def facts_of(day: StudyDay) -> DayFacts:
    """What is known of a study day now. Call inside the scope of its school."""
    return _facts(_days([day.pk]), clock.today())[day.pk].facts


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
    facts = _facts(days, today)
    return [
        DayReadiness(
            day,
            facts[day.pk].facts,
            readiness(facts[day.pk].facts, calendar=calendar, today=today),
            facts[day.pk].goals,
            facts[day.pk].rows,
        )
        for day in days
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    facts: DayFacts
    goals: frozenset[str]
    rows: tuple[ProgressRow, ...]


def _facts(days: Sequence[StudyDay], today: date) -> Mapping[UUID, _Known]:
    """The facts of days of one routekaart on `today`, in a fixed number of queries."""
    routekaart = days[0].routekaart
    planned = days_in_plan(routekaart)
    assigned = _assigned(routekaart)
    progress = progress_rows(routekaart, today)
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
    found: dict[UUID, _Known] = {}
    for day in days:
        mine = planned.get(str(day.pk), NOT_PLANNED)
        goals = frozenset(goal.id for goal in mine.goals)
        blocks = [block_of(row) for row in day.blocks.all()]
        facts = DayFacts(
            held_on=day.date,
            goals=len(goals),
            preparation=len({course for course, goal in assigned if goal in goals}),
            prepared=preparation(progress, goals, today, with_names=False),
            has_programme=bool(blocks),
            programme_adds_up=adds_up(day.starts_at, day.minutes, blocks),
            follow_up_on=day.follow_up_on or mine.follow_up_on,
            evaluation_on=day.evaluation_on or mine.evaluation_on,
            open_topics=topics[day.pk],
            open_notes=notes[day.pk],
            conflicts=len(elsewhere_findings(booked_day(day, blocks), others[day.date])),
        )
        found[day.pk] = _Known(facts, goals, progress)
    return found


def _assigned(routekaart: Routekaart) -> frozenset[tuple[str, str]]:
    """The courses that people have or get, ahead of date too, each with the goals it serves."""
    rows = Assignment.objects.filter(routekaart=routekaart, state__in=STANDING).order_by()
    return frozenset(
        (course, str(goal)) for course, goal in rows.values_list("course_id", "goals").distinct()
    )
