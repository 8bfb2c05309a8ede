"""How a team stands: counts for everyone who reads, names only where they may be shown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.domain.needed_by import Asked
from routekaart.domain.privacy import names_shown
from routekaart.domain.progress import (
    CourseProgress,
    PersonProgress,
    ProgressRow,
    TeamProgress,
    course_progress,
    people_progress,
    preparation,
    ready_for,
    team_progress,
)
from routekaart.models import Assignment, Goal, Plan, Routekaart, StudyDay, TeamMembership
from routekaart.models.assignments import STANDING
from routekaart.queries.organisation.names import name_at
from routekaart.queries.planning.current_plan import current_plans
from routekaart.queries.planning.deadlines import deadlines_of


@dataclass(frozen=True, slots=True)
class RoutekaartProgress:
    """`people` is None for who may not see names; `own` are the courses of who asks."""

    team: TeamProgress
    courses: tuple[CourseProgress, ...]
    people: tuple[PersonProgress, ...] | None
    own: tuple[ProgressRow, ...]


@dataclass(frozen=True, slots=True)
class OpenPreparation:
    """Somebody who has not done a course that is needed for a study day."""

    person: str
    name: str
    course: str
    course_title: str


@dataclass(frozen=True, slots=True)
class PreparationProgress:
    """How much of the preparation of a study day is done, counted in courses of people.

    `hidden`: there is something to prepare, but by too few people to show; the counts are then 0.
    `open_by_name` is None for who may not see names.
    """

    done: int
    total: int
    hidden: bool
    open_by_name: tuple[OpenPreparation, ...] | None


def sees_names(*, by: Access, routekaart: Routekaart, today: date) -> bool:
    """Whether `by` may see of others how far they are. `routekaart` as `by.fetch` gave it."""
    marks: Any = routekaart
    return by.allows(
        Permission.VIEW_ALL_ASSIGNMENTS, school=marks.access_school, team=marks.access_team
    ) and names_shown(routekaart.team.school.progress_by_name_since, today)


def progress_of(*, by: Access, routekaart_id: UUID, today: date) -> RoutekaartProgress:
    """How the team of a routekaart stands today."""
    routekaart = by.fetch(
        Routekaart, routekaart_id, Permission.VIEW_PROGRESS, along=("team__school",)
    )
    with_names = sees_names(by=by, routekaart=routekaart, today=today)
    with by.entered():
        rows = progress_rows(routekaart, today)
    courses = course_progress(rows, today, with_names=with_names)
    return RoutekaartProgress(
        team=team_progress(courses),
        courses=courses,
        people=people_progress(rows, today) if with_names else None,
        own=tuple(row for row in rows if row.person == str(by.person.pk)),
    )


def preparation_of_day(
    *, by: Access, study_day_id: UUID, today: date | None = None
) -> PreparationProgress:
    """How much of what the plan asks before a study day is done. Without a plan that is nothing.

    `today` decides whether the PMR's consent holds yet.
    """
    today = today or clock.today()
    day = by.fetch(
        StudyDay, study_day_id, Permission.VIEW_PROGRESS, along=("routekaart__team__school",)
    )
    routekaart = day.routekaart
    marks: Any = routekaart
    seen: Any = day
    marks.access_school, marks.access_team = seen.access_school, seen.access_team
    with_names = sees_names(by=by, routekaart=routekaart, today=today)
    with by.entered():
        goals = _goals_on(day)
        rows = progress_rows(routekaart, today) if goals else ()
    found = preparation(rows, goals, today, with_names=with_names)
    return PreparationProgress(
        done=found.done,
        total=found.asked,
        hidden=found.hidden,
        open_by_name=open_preparation(rows, goals) if with_names else None,
    )


def open_preparation(
    rows: Iterable[ProgressRow], goals: Collection[str]
) -> tuple[OpenPreparation, ...]:
    """Who has yet to do what for these goals. Only for who may see names."""
    return tuple(
        OpenPreparation(row.person, row.name, row.course, row.course_title)
        for row in ready_for(rows, goals)
        if row.state in {"assigned", "started"}
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """All that stands in a routekaart. `rows`: of the people who are in the team now, without
    what starts later; `given`: each course that people have or get, with each goal it serves."""

    rows: tuple[ProgressRow, ...]
    given: frozenset[tuple[str, str]]


def standing_in(
    routekaart: Routekaart, today: date, deadlines: Mapping[Asked, date] | None = None
) -> Standing:
    """What stands, by course and name. Call inside the scope.

    Without `deadlines` nothing is late.
    """
    in_team = TeamMembership.objects.filter(team=routekaart.team_id, person=OuterRef("person"))
    found = (
        Assignment.objects.filter(routekaart=routekaart, state__in=STANDING)
        .annotate(
            in_team=Exists(in_team),
            called=name_at(OuterRef("routekaart__team__school"), person="person"),
        )
        .select_related("person", "course")
        .prefetch_related(Prefetch("goals", Goal.objects.only("id")))
        .order_by("course__title", "course_id", "called", "person_id")
    )
    given: set[tuple[str, str]] = set()
    rows: list[ProgressRow] = []
    for row in found:
        goals = tuple(sorted(str(goal.pk) for goal in row.goals.all()))
        given.update((row.course_id, goal) for goal in goals)
        if not row.in_team or (row.starts_on is not None and row.starts_on > today):
            continue
        key = (str(row.person_id), row.course_id)
        rows.append(
            ProgressRow(
                person=str(row.person_id),
                name=row.called,
                course=row.course_id,
                course_title=row.course.title,
                state=row.state,
                mandatory=row.mandatory,
                deadline=deadlines.get(key) if deadlines else None,
                goals=goals,
            )
        )
    return Standing(tuple(rows), frozenset(given))


def progress_rows(routekaart: Routekaart, today: date) -> tuple[ProgressRow, ...]:
    """What stands for the people who are in the team now, by course and name.

    What starts later is nobody's yet. Call inside the scope.
    """
    deadlines = deadlines_of([routekaart.pk], today).get(routekaart.pk, {})
    return standing_in(routekaart, today, deadlines).rows


def standing_assignments(routekaarten: Collection[UUID], today: date) -> QuerySet[Assignment]:
    """What stands on `today` for the people who are in the teams now. Call inside the scope."""
    return Assignment.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=today),
        routekaart__in=routekaarten,
        state__in=STANDING,
        person__memberships__team=F("routekaart__team"),
    )


def _goals_on(day: StudyDay) -> frozenset[str]:
    plans = current_plans([day.routekaart_id])
    placements = Plan.objects.filter(pk__in=plans.values()).values_list(
        "content__placements", flat=True
    )
    return frozenset(
        item["goal_id"]
        for found in placements
        for item in found
        if item["study_day_id"] == str(day.pk)
    )
