"""From rows to a planner's problem, and from a stored plan back to the domain's plan."""

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from courses.entities import Catalogue
from routekaart.access import school_scope
from routekaart.domain.calendar import Override, Region, SchoolCalendar, SchoolYear
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.problem import (
    Goal,
    Preparation,
    Problem,
    Settings,
    StudyDay,
    StudyDayKind,
)
from routekaart.domain.school_holidays import school_calendar
from routekaart.models import Assignment, CalendarOverride, Routekaart, School
from routekaart.queries.school_catalogue import school_catalogue
from routekaart.queries.teams import employments_of, members_for_planning

_PLAN = TypeAdapter(Plan)
_PROBLEM = TypeAdapter(Problem)


def calendar_of(*, school: School, year: int) -> SchoolCalendar:
    """The school's calendar of one school year, with its own deviations."""
    with school_scope([school.pk]):
        overrides = [
            Override(first=row.first_day, last=row.last_day, title=row.title, closed=row.closed)
            for row in CalendarOverride.objects.filter(school=school)
        ]
    return school_calendar(
        SchoolYear(year),
        Region(school.region),
        overrides=overrides,
        free_on_good_friday=school.free_on_good_friday,
        free_on_liberation_day=school.free_on_liberation_day,
    )


def problem_of(*, routekaart_id: UUID, schools: tuple[UUID, ...], plan_from: date) -> Problem:
    """Everything the planner needs of one routekaart, in a stable order."""
    with school_scope(schools):
        routekaart = Routekaart.objects.select_related("team__school").get(pk=routekaart_id)
        school = routekaart.team.school
        catalogue = school_catalogue(school=school.pk)
        employments = employments_of(team_id=routekaart.team_id, schools=schools)
        goals = tuple(
            Goal(
                id=str(goal.pk),
                title=goal.wording,
                priority=goal.priority,
                interventions=tuple(
                    catalogue.intervention_by_slug[row.intervention_id].title
                    for row in goal.goal_interventions.all()
                ),
            )
            for goal in routekaart.goals.prefetch_related("goal_interventions")
        )
        members = members_for_planning(employments)
        return Problem(
            calendar=calendar_of(school=school, year=routekaart.school_year),
            members=members,
            goals=goals,
            preparations=_preparations(
                routekaart, catalogue, frozenset(member.id for member in members)
            ),
            study_days=tuple(
                StudyDay(
                    id=str(day.pk),
                    date=day.date,
                    kind=StudyDayKind(day.kind),
                    start=day.starts_at,
                    minutes=day.minutes,
                    title=day.title,
                )
                for day in routekaart.study_days.all()
            ),
            settings=Settings(
                team_weekly_minutes=routekaart.weekly_minutes,
                deadline_working_days=routekaart.deadline_workdays,
                plg_rhythm_weeks=routekaart.plg_rhythm_weeks,
                plg_minutes=routekaart.plg_minutes,
            ),
            sector=school.sector,
            plan_from=plan_from,
        )


def _preparations(
    routekaart: Routekaart, catalogue: Catalogue, members: frozenset[str]
) -> tuple[Preparation, ...]:
    assignments = (
        Assignment.objects.filter(routekaart=routekaart, withdrawn_at__isnull=True)
        .prefetch_related("goals")
        .order_by("course_id", "person_id")
    )
    order = {slug: place for place, slug in enumerate(catalogue.course_by_slug)}
    first_steps = _advised_order(catalogue)
    found: list[Preparation] = []
    for assignment in assignments:
        # Who left the team keeps what was done, and needs no new plan.
        if str(assignment.person_id) not in members:
            continue
        course = catalogue.course_by_slug[assignment.course_id]
        position = first_steps.get(course.slug, 1) * len(order) + order[course.slug]
        found.extend(
            Preparation(
                goal_id=str(goal.pk),
                member_id=str(assignment.person_id),
                course=course.slug,
                course_title=course.title,
                minutes=course.duration_minutes,
                duration_basis=course.duration_basis,
                mandatory=assignment.mandatory,
                position=position,
            )
            for goal in assignment.goals.all()
        )
    return tuple(
        sorted(found, key=lambda item: (item.goal_id, item.member_id, item.position, item.course))
    )


def _advised_order(catalogue: Catalogue) -> dict[str, int]:
    """The place of a course in the sequence that a source advises (S25): 0 comes first."""
    rank = {"start": 0, "deepen": 1, "choose": 2}
    order: dict[str, int] = {}
    for intervention in catalogue.interventions:
        for mention in intervention.mentions:
            if mention.step is not None:
                place = rank[mention.step]
                order[mention.course] = min(place, order.get(mention.course, place))
    return order


def problem_hash(problem: Problem, method: str) -> str:
    """SHA-256 of a problem and of how it is solved: the same hash means the same plan."""
    content = _PROBLEM.dump_json(problem)
    return hashlib.sha256(method.encode() + b"\n" + content).hexdigest()


def plan_to_json(plan: Plan) -> Any:
    """The plan as plain JSON values, for storing."""
    return _PLAN.dump_python(plan, mode="json")


def plan_from_json(content: Any) -> Plan:
    """The stored plan as the domain's value."""
    return _PLAN.validate_python(content, strict=False)
