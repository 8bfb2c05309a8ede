"""What hangs on a routekaart, read once for all that look at it: rules and documents."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import QuerySet

from courses.advice import Advice
from courses.entities import Catalogue
from routekaart.domain.planner.plan import Plan as DomainPlan
from routekaart.models import (
    Answer,
    Assignment,
    Employment,
    FacilityLink,
    Goal,
    Routekaart,
)
from routekaart.models.assignments import STANDING
from routekaart.queries.advice.stored import advice_from_json
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.joined import with_children
from routekaart.queries.organisation.teams import employments_of
from routekaart.queries.planning.problems import plan_from_json
from routekaart.queries.routekaarten.along import ADVICE, PLAN, contents
from routekaart.queries.routekaarten.dates import SchoolDates, school_dates
from routekaart.queries.routekaarten.routekaarten import answers_of_chosen, links_of_chosen


@dataclass(frozen=True, slots=True)
class AssignedCourse:
    """An assignment that stands, not waived; `goals` are those that it serves, by priority."""

    person: UUID
    course: str
    mandatory: bool
    reason: str
    goals: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class RoutekaartRows:
    """Goals come with their interventions, courses and order, by priority. Links and answers are
    those that count: about interventions that are chosen now. Assignments come by course and
    person. The advice and the plan are the latest; no plan where it was not asked for."""

    catalogue: Catalogue
    employments: tuple[Employment, ...]
    goals: tuple[Goal, ...]
    links: tuple[FacilityLink, ...]
    answers: tuple[Answer, ...]
    assignments: tuple[AssignedCourse, ...]
    advice: Advice | None
    plan: DomainPlan | None
    dates: SchoolDates


def rows_of(routekaart: Routekaart, *, with_plan: bool = True) -> RoutekaartRows:
    """Reads them now; the plan, which is long, only for who has not read it already.

    Call inside the scope of the routekaart's school.
    """
    school = routekaart.team.school_id
    advice, *plans = contents(routekaart, [ADVICE, PLAN] if with_plan else [ADVICE])
    plan = plans[0] if plans else None
    return RoutekaartRows(
        catalogue=school_catalogue(school=school),
        employments=employments_of(team_id=routekaart.team_id, schools=[school]),
        goals=goals_with_children(routekaart.goals.all()),
        links=tuple(links_of_chosen().filter(routekaart=routekaart)),
        answers=tuple(answers_of_chosen().filter(routekaart=routekaart)),
        assignments=_assignments(routekaart),
        advice=advice_from_json(advice) if advice is not None else None,
        plan=plan_from_json(plan) if plan is not None else None,
        dates=school_dates(routekaart),
    )


def goals_with_children(goals: "QuerySet[Goal]") -> tuple[Goal, ...]:
    """The goals with their interventions, courses and the goals before them, in one query."""
    return with_children(
        goals,
        goal_interventions=("id", "intervention_id"),
        goal_courses=("id", "course_id", "reason"),
        order_rows=("id", "earlier_id"),
    )


def _assignments(routekaart: Routekaart) -> tuple[AssignedCourse, ...]:
    # One row for each goal that an assignment serves: one query where rows and goals take two.
    pairs = (
        Assignment.objects.filter(routekaart=routekaart, state__in=STANDING)
        .exclude(state="waived")
        .order_by("course_id", "person_id", "goals__priority", "goals__id")
        .values_list("person_id", "course_id", "mandatory", "reason", "goals")
    )
    return tuple(
        AssignedCourse(person, course, mandatory, reason, tuple(row[-1] for row in rows if row[-1]))
        for (person, course, mandatory, reason), rows in groupby(pairs, key=itemgetter(0, 1, 2, 3))
    )
