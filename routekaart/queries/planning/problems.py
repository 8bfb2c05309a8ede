"""From rows to a planner's problem, and from a stored plan back to the domain's plan."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from courses.advice import Availability
from courses.entities import Catalogue
from courses.offers import course_availability
from routekaart.access import school_scope
from routekaart.domain.assigning import GoalChoice
from routekaart.domain.calendar import Override, Region, SchoolCalendar, SchoolYear
from routekaart.domain.course_order import course_order
from routekaart.domain.people import Booked
from routekaart.domain.planner.activities import activities_of
from routekaart.domain.planner.even_days import evened
from routekaart.domain.planner.optimal import METHOD
from routekaart.domain.planner.plan import Plan
from routekaart.domain.planner.pool import fits_beside_others
from routekaart.domain.planner.problem import (
    Elsewhere,
    Goal,
    Preparation,
    Problem,
    Settings,
    Taken,
)
from routekaart.domain.school_holidays import school_calendar
from routekaart.models import Plan as PlanRow
from routekaart.models import Routekaart, School
from routekaart.queries.organisation.teams import members_for_planning
from routekaart.queries.planning.booked import booked_by_others
from routekaart.queries.planning.elsewhere import elsewhere_for
from routekaart.queries.planning.overrides import overrides_of
from routekaart.queries.planning.problem_rows import AssignmentRow, ProblemRows, problem_rows
from routekaart.queries.planning.taken import taken_by_others
from routekaart.queries.routekaarten.study_days import study_day_of

_PLAN = TypeAdapter(Plan)
_PROBLEM = TypeAdapter(Problem)
_OTHERS = TypeAdapter(
    tuple[list[tuple[str, tuple[Booked, ...]]], tuple[Taken, ...], tuple[Elsewhere, ...]]
)
_HALF = 32


def calendar_of(
    *, school: School, year: int, overrides: Sequence[Override] | None = None
) -> SchoolCalendar:
    """The school's calendar of one school year, with its own deviations.

    `overrides` is what the caller has read already.
    """
    if overrides is None:
        overrides = overrides_of(school)
    return school_calendar(
        SchoolYear(year),
        Region(school.region),
        overrides=overrides,
        free_on_good_friday=school.free_on_good_friday,
        free_on_liberation_day=school.free_on_liberation_day,
    )


def settings_of(routekaart: Routekaart) -> Settings:
    """How the team of a routekaart wants to plan; what it does not say is the planner's default."""
    settings = Settings(
        team_weekly_minutes=routekaart.weekly_minutes,
        window_weeks=routekaart.window_weeks,
        deadline_working_days=routekaart.deadline_workdays,
        plg_rhythm_weeks=routekaart.plg_rhythm_weeks,
        plg_minutes=routekaart.plg_minutes,
        plg_minimum_meetings=routekaart.plg_minimum_meetings,
        follow_up_weeks=routekaart.follow_up_weeks,
        evaluation_weeks=routekaart.evaluation_weeks,
        most_candidate_days=routekaart.most_candidate_days,
        wait_for_all=routekaart.wait_for_all,
        lesson_visits=routekaart.lesson_visits,
        meeting_weekday=routekaart.meeting_weekday,
    )
    if routekaart.goals_per_day is None:
        return settings
    return replace(settings, goals_per_day=routekaart.goals_per_day)


def problem_of(
    *,
    routekaart_id: UUID,
    schools: tuple[UUID, ...],
    plan_from: date,
    beside: Collection[UUID] = (),
) -> Problem:
    """Everything the planner needs of one routekaart, in a stable order.

    `beside` are the other teams that are planned at the same time. Nobody prepares what is waived.
    """
    with school_scope(schools):
        routekaart = Routekaart.objects.select_related("team__school").get(pk=routekaart_id)
        return problem_from(problem_rows(routekaart, beside=beside), plan_from=plan_from)


def problem_from(
    rows: ProblemRows, *, plan_from: date, waived_since: datetime | None = None
) -> Problem:
    """The same from rows that were read: asks nothing of the tables.

    What was waived after `waived_since` stands there all the same, as completed.
    """
    routekaart, catalogue = rows.routekaart, rows.catalogue
    school = routekaart.team.school
    own = frozenset((str(row.person_id), row.course_id) for row in rows.assignments)
    members = members_for_planning(
        rows.employments, booked_by_others(rows.others, own=own, plan_from=plan_from)
    )
    choices = rows.choices
    study_days = tuple(map(study_day_of, rows.own_days))
    problem = Problem(
        calendar=calendar_of(school=school, year=routekaart.school_year, overrides=rows.overrides),
        members=members,
        goals=_goals(rows),
        preparations=_preparations(
            rows, choices, frozenset(member.id for member in members), plan_from, waived_since
        ),
        study_days=study_days,
        settings=settings_of(routekaart),
        sector=school.sector,
        plan_from=plan_from,
        plg_questions=tuple(question.title for question in catalogue.plg.questions),
        activities=activities_of(rows.advice, choices) if rows.advice else (),
        taken=taken_by_others(rows.others, study_days, rows.days),
        elsewhere=elsewhere_for(rows.others),
    )
    return evened(problem) if routekaart.goals_per_day is None else problem


def _goals(rows: ProblemRows) -> tuple[Goal, ...]:
    return tuple(
        Goal(
            id=str(goal.pk),
            title=goal.wording,
            priority=goal.priority,
            interventions=tuple(
                rows.titles[row.intervention_id] for row in goal.goal_interventions.all()
            ),
            after=tuple(sorted(str(row.earlier_id) for row in goal.order_rows.all())),
        )
        for goal in rows.goals
    )


def _preparations(
    rows: ProblemRows,
    choices: tuple[GoalChoice, ...],
    members: frozenset[str],
    plan_from: date,
    waived_since: datetime | None,
) -> tuple[Preparation, ...]:
    # Who left the team keeps what was done, and needs no new plan.
    assignments = [
        row
        for row in rows.assignments
        if str(row.person_id) in members and not _is_needless(row, waived_since)
    ]
    catalogue = rows.catalogue
    courses = {row.course_id: rows.courses[row.course_id] for row in assignments}
    positions = {
        (choice.id, slug): place
        for choice in choices
        for place, slug in enumerate(course_order(catalogue, choice.interventions, courses))
    }
    from_when = {
        slug: _available_from(rows.routekaart, catalogue, slug, plan_from) for slug in courses
    }
    found = [
        Preparation(
            goal_id=str(row.goal_id),
            member_id=str(row.person_id),
            course=row.course_id,
            course_title=courses[row.course_id].title,
            minutes=courses[row.course_id].duration_minutes,
            duration_basis=courses[row.course_id].duration_basis,
            mandatory=row.mandatory,
            position=positions[str(row.goal_id), row.course_id],
            available_from=_later(from_when[row.course_id], row.starts_on),
            completed=row.state in {"done", "waived"},
            on_individual_hours=row.agreement_id is not None,
        )
        for row in assignments
        if row.goal_id is not None
    ]
    return tuple(
        sorted(found, key=lambda item: (item.goal_id, item.member_id, item.position, item.course))
    )


def _is_needless(row: AssignmentRow, waived_since: datetime | None) -> bool:
    """Whether nobody has to prepare it, nor was to at `waived_since`."""
    return row.state == "waived" and (
        waived_since is None or row.state_since <= waived_since or row.assigned_at > waived_since
    )


def _later(one: date | None, other: date | None) -> date | None:
    """Nobody begins before the course is there, nor before it is assigned to them."""
    return max((day for day in (one, other) if day is not None), default=None)


def _available_from(
    routekaart: Routekaart, catalogue: Catalogue, course: str, plan_from: date
) -> date | None:
    """The day on which a course that is not there yet comes; None for any other."""
    if course not in catalogue.course_by_slug:
        return None
    availability, day = course_availability(
        catalogue,
        course,
        platforms=routekaart.platforms,
        packages=routekaart.team.school.packages,
        today=plan_from,
    )
    return day if availability is Availability.NOT_YET else None


def published_plan(routekaart: Routekaart) -> Plan | None:
    """The version that was approved last, on which people count. Call inside its scope."""
    row = (
        PlanRow.objects.filter(routekaart=routekaart, approved_at__isnull=False)
        .order_by("-version")
        .first()
    )
    return plan_from_json(row.content) if row else None


def problem_hash(problem: Problem) -> str:
    """SHA-256 of a problem and of how it is solved: the same hash means the same plan.

    Two halves of 32 digits: first what is of the team itself, then what other teams have booked
    of people, rooms and trainers, and where people are for them.
    """
    members = tuple(replace(member, booked=()) for member in problem.members)
    own = replace(problem, members=members, taken=(), elsewhere=())
    booked = sorted((member.id, member.booked) for member in problem.members if member.booked)
    halves = (
        METHOD.encode() + b"\n" + _PROBLEM.dump_json(own),
        _OTHERS.dump_json((booked, problem.taken, problem.elsewhere)),
    )
    return "".join(hashlib.sha256(half).hexdigest()[:_HALF] for half in halves)


def plan_is_outdated(plan: PlanRow, *, school: UUID, rows: ProblemRows | None = None) -> bool:
    """Whether anything that a plan was made from has changed since.

    Work that was finished or waived since is no reason: the plan then asks less than it says, never
    more.
    What another team plans later makes it outdated only when a person is asked too much by both:
    otherwise teams that share a person would send each other back for ever. `rows` is what the
    caller has read already.
    """
    if rows is None:
        with school_scope([school]):
            routekaart = Routekaart.objects.select_related("team__school").get(
                pk=plan.routekaart_id
            )
            rows = problem_rows(routekaart)
    problem = problem_from(rows, plan_from=plan.plan_from)
    if problem_hash(problem) == plan.input_hash:
        return False
    content = plan_from_json(plan.content)
    with_waived = problem_from(rows, plan_from=plan.plan_from, waived_since=plan.made_at)
    now = problem_hash(_less_finished_since(with_waived, content))
    if now[:_HALF] != plan.input_hash[:_HALF]:
        return True
    return now != plan.input_hash and not fits_beside_others(
        content.preparation_weeks,
        problem.members,
        problem.settings.team_weekly_minutes,
    )


def _less_finished_since(problem: Problem, plan: Plan) -> Problem:
    """The problem with those courses completed that were so when the plan was made."""
    before = {(item.member_id, item.course) for item in plan.completed}
    return replace(
        problem,
        preparations=tuple(
            replace(row, completed=row.completed and (row.member_id, row.course) in before)
            for row in problem.preparations
        ),
    )


def plan_to_json(plan: Plan) -> Any:
    """The plan as plain JSON values, for storing."""
    return _PLAN.dump_python(plan, mode="json")


def plan_from_json(content: Any) -> Plan:
    """The stored plan as the domain's value."""
    return _PLAN.validate_python(content)
