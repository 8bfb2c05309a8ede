"""What hangs on a routekaart, read once for all that look at it: rules and documents."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from courses.advice import Advice
from courses.entities import Catalogue
from routekaart.domain.appointments import Appointment
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
from routekaart.models.routekaarten import State
from routekaart.queries.advice.stored import advice_from_json
from routekaart.queries.catalogue.school_catalogue import school_catalogue
from routekaart.queries.joined import with_children
from routekaart.queries.organisation.teams import employments_of_teams
from routekaart.queries.planning.problems import plan_from_json
from routekaart.queries.routekaarten.along import ADVICE, PLAN, contents_of
from routekaart.queries.routekaarten.appointments import stored_appointments
from routekaart.queries.routekaarten.dates import SchoolDates, dates_of_schools
from routekaart.queries.routekaarten.routekaarten import answers_of_chosen, links_of_chosen

_R = TypeVar("_R", bound=Model)

_BEFORE_ACCEPTING = frozenset({State.DRAFT, State.SUBMITTED, State.ADVISED})


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
    person. The advice and the plan are the latest; no plan where it was not asked for. The
    appointments are those of PLGs and agreements; none before the advice is accepted."""

    catalogue: Catalogue
    employments: tuple[Employment, ...]
    goals: tuple[Goal, ...]
    links: tuple[FacilityLink, ...]
    answers: tuple[Answer, ...]
    assignments: tuple[AssignedCourse, ...]
    advice: Advice | None
    plan: DomainPlan | None
    dates: SchoolDates
    appointments: tuple[Appointment, ...]


def has_begun(routekaart: Routekaart) -> bool:
    """Whether its advice was accepted: before that nothing is planned yet, and nobody meets."""
    return routekaart.state not in _BEFORE_ACCEPTING


def rows_of(routekaart: Routekaart, *, with_plan: bool = True) -> RoutekaartRows:
    """Reads them now; the plan, which is long, only for who has not read it already.

    Call inside the scope of the routekaart's school.
    """
    return rows_of_all([routekaart], with_plan=with_plan)[routekaart.pk]


def rows_of_all(
    routekaarten: Collection[Routekaart], *, with_plan: bool = True
) -> dict[UUID, RoutekaartRows]:
    """The same of several routekaarten, by id; in as many queries as of one, and a few for each
    other school among them.

    Call inside the scope of their schools; each comes with its team and school.
    """
    ids = [row.pk for row in routekaarten]
    schools = {row.team.school_id for row in routekaarten}
    contents = contents_of(routekaarten, [ADVICE, PLAN] if with_plan else [ADVICE])
    catalogues = {school: school_catalogue(school=school) for school in schools}
    employments = employments_of_teams(
        team_ids={row.team_id for row in routekaarten}, schools=schools
    )
    goals = _each(goals_with_children(Goal.objects.filter(routekaart__in=ids)))
    links = _each(links_of_chosen().filter(routekaart__in=ids))
    answers = _each(answers_of_chosen().filter(routekaart__in=ids))
    assignments = _assignments(ids)
    dates = dates_of_schools(routekaarten)
    appointments = stored_appointments([row.pk for row in routekaarten if has_begun(row)])
    found: dict[UUID, RoutekaartRows] = {}
    for row in routekaarten:
        advice, *plans = contents[row.pk]
        plan = plans[0] if plans else None
        found[row.pk] = RoutekaartRows(
            catalogue=catalogues[row.team.school_id],
            employments=employments[row.team_id],
            goals=tuple(goals[row.pk]),
            links=tuple(links[row.pk]),
            answers=tuple(answers[row.pk]),
            assignments=assignments.get(row.pk, ()),
            advice=advice_from_json(advice) if advice is not None else None,
            plan=plan_from_json(plan) if plan is not None else None,
            dates=dates[row.team.school_id, row.school_year],
            appointments=appointments.get(row.pk, ()),
        )
    return found


def _each(rows: Iterable[_R]) -> dict[UUID, list[_R]]:
    """The rows per routekaart, in their order."""
    found: dict[UUID, list[_R]] = defaultdict(list)
    for row in rows:
        marked: Any = row
        found[marked.routekaart_id].append(row)
    return found


def goals_with_children(goals: "QuerySet[Goal]") -> tuple[Goal, ...]:
    """The goals with their interventions, courses and the goals before them, in one query."""
    return with_children(
        goals,
        goal_interventions=("id", "intervention_id"),
        goal_courses=("id", "course_id", "reason"),
        order_rows=("id", "earlier_id"),
    )


def _assignments(routekaarten: Collection[UUID]) -> dict[UUID, tuple[AssignedCourse, ...]]:
    # One row for each goal that an assignment serves: one query where rows and goals take two.
    pairs = (
        Assignment.objects.filter(routekaart__in=routekaarten, state__in=STANDING)
        .exclude(state="waived")
        .order_by("routekaart_id", "course_id", "person_id", "goals__priority", "goals__id")
        .values_list("routekaart_id", "person_id", "course_id", "mandatory", "reason", "goals")
    )
    return {
        routekaart: tuple(
            AssignedCourse(
                person, course, mandatory, reason, tuple(row[-1] for row in rows if row[-1])
            )
            for (person, course, mandatory, reason), rows in groupby(
                own, key=itemgetter(1, 2, 3, 4)
            )
        )
        for routekaart, own in groupby(pairs, key=itemgetter(0))
    }
