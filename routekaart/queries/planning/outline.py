"""Of a plan's problem what it takes to name a change to it and to see whether it can be made."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from routekaart.access import Access, Permission
from routekaart.domain.people import Member
from routekaart.domain.planner.problem import Goal, Preparation, Problem
from routekaart.models import Assignment, Employment, Routekaart
from routekaart.models.assignments import STANDING
from routekaart.queries.organisation.names import name_of_employed
from routekaart.queries.planning.problems import calendar_of
from routekaart.queries.routekaarten.study_days import study_day_of


@dataclass(frozen=True, slots=True)
class Outline:
    """`problem` has its people, goals, study days and courses; no hours, and nothing to solve."""

    routekaart: Routekaart
    problem: Problem

    @property
    def courses(self) -> dict[str, str]:
        """Titles of the courses that people are asked to do."""
        rows = ((row.course, row.course_title) for row in self.problem.preparations)
        return dict(sorted(rows, key=lambda row: (row[1], row[0])))


def outline_of(*, by: Access, routekaart_id: UUID) -> Outline:
    """For who may make its plan."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.MAKE_PLAN, along=("team__school",))
    school = routekaart.team.school
    with by.entered():
        members = _members(routekaart)
        problem = Problem(
            calendar=calendar_of(school=school, year=routekaart.school_year),
            members=members,
            goals=tuple(
                Goal(str(pk), wording, priority)
                for pk, wording, priority in routekaart.goals.values_list(
                    "pk", "wording", "priority"
                )
            ),
            preparations=_preparations(routekaart, frozenset(one.id for one in members)),
            study_days=tuple(map(study_day_of, routekaart.study_days.all())),
            plan_from=date.min,
        )
    return Outline(routekaart, problem)


def _members(routekaart: Routekaart) -> tuple[Member, ...]:
    rows = Employment.objects.filter(
        person__memberships__team=routekaart.team_id,
        school__teams=routekaart.team_id,
        person__is_active=True,
    )
    return tuple(
        Member(str(person), name, functions=tuple(functions), fte=Decimal(fte))
        for person, name, functions, fte in rows.annotate(called=name_of_employed())
        .order_by("called", "person_id")
        .values_list("person_id", "called", "functions", "fte")
    )


def _preparations(routekaart: Routekaart, members: frozenset[str]) -> tuple[Preparation, ...]:
    rows = (
        Assignment.objects.filter(routekaart=routekaart, state__in=STANDING, goals__isnull=False)
        .exclude(state="waived")
        .order_by("goals", "person", "course")
        .values_list("goals", "person", "course", "course__title", "mandatory")
    )
    return tuple(
        Preparation(str(goal), str(person), course, title, 0, mandatory=mandatory)
        for goal, person, course, title, mandatory in rows
        if str(person) in members
    )
