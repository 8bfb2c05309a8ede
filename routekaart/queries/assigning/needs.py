"""What assigning needs to know, in a fixed number of queries. Call inside the school's scope."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery, UUIDField, Value

from courses.audience import course_audience
from courses.entities import Catalogue
from courses.offers import course_availability
from routekaart.domain.assigning import NewRule, TeamMember
from routekaart.domain.assigning.batch import Audiences, WantedCourse
from routekaart.models import (
    Assignment,
    AssignmentRule,
    Employment,
    Goal,
    Routekaart,
    WorkGroupMember,
)
from routekaart.models.assignments import STANDING
from routekaart.queries.organisation.names import name_of_employed
from routekaart.queries.routekaarten.routekaarten import links_of_chosen


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the team who works at its school."""

    name: str
    member: TeamMember
    # The work group that was asked about, for its members.
    group: str | None = None
    # Called as the school did: that person never came.
    is_new: bool = False


def colleagues_of(routekaart: Routekaart, work_group: UUID | None = None) -> tuple[Colleague, ...]:
    """The members of a team who work at its school, by name and then by id.

    `work_group` is one of the routekaart: its members bear its name.
    """
    team_id = routekaart.team_id
    of_group = WorkGroupMember.objects.filter(
        work_group=work_group, work_group__routekaart=routekaart, person=OuterRef("person")
    )
    rows = (
        Employment.objects.filter(
            person__memberships__team=team_id, school__teams=team_id, person__is_active=True
        )
        .annotate(called=name_of_employed())
        .order_by("called", "person_id")
        .values_list(
            "person_id",
            "called",
            "given_name",
            "functions",
            Subquery(of_group.values("work_group__name")[:1]),
        )
    )
    return tuple(
        Colleague(name, TeamMember(str(person), tuple(functions)), group, is_new=bool(given))
        for person, name, given, functions, group in rows
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """An assignment that stands. `here`: in the routekaart that was asked about."""

    id: UUID
    person: str
    course: str
    here: bool
    mandatory: bool
    state: str
    state_since: datetime
    completion: UUID | None
    goals: set[str] = field(default_factory=set)


def standing_of(
    routekaart: Routekaart, people: Iterable[str], courses: Iterable[str]
) -> tuple[Standing, ...]:
    """What these people have of these courses, here and for other teams of the school this year."""
    rows = (
        Assignment.objects.filter(
            person__in=set(people),
            course__in=set(courses),
            state__in=STANDING,
            routekaart__team__school=routekaart.team.school_id,
            routekaart__school_year=routekaart.school_year,
        )
        .order_by("assigned_at", "id")
        .values_list(
            "id",
            "person_id",
            "course_id",
            "routekaart_id",
            "mandatory",
            "state",
            "state_since",
            "completion_id",
            "assignment_goals__goal_id",
        )
    )
    found: dict[UUID, Standing] = {}
    for pk, person, course, owner, mandatory, state, since, completion, goal in rows:
        here = owner == routekaart.pk
        standing = found.setdefault(
            pk, Standing(pk, str(person), course, here, mandatory, state, since, completion)
        )
        if goal is not None:
            standing.goals.add(str(goal))
    return tuple(found.values())


def pairs_of(
    standing: Iterable[Standing],
) -> tuple[Mapping[tuple[str, str], bool], frozenset[tuple[str, str]]]:
    """The pairs of person and course that stand here, with whether each is mandatory, and those
    that stand for another team."""
    rows = tuple(standing)
    return (
        {(row.person, row.course): row.mandatory for row in rows if row.here},
        frozenset((row.person, row.course) for row in rows if not row.here),
    )


@dataclass(frozen=True, slots=True)
class GoalLists:
    """What the goals of a routekaart draw on: interventions, and courses picked by hand."""

    interventions: Mapping[str, frozenset[str]]
    picked: Mapping[str, frozenset[str]]


def goal_lists(routekaart: Routekaart, *, facilities: bool) -> GoalLists:
    """Per goal its interventions and its own courses.

    `facilities`: with the options of F that the interventions ask for, in the same query.
    """
    interventions: dict[str, set[str]] = {}
    picked: dict[str, set[str]] = {}
    asked: list[tuple[str, str]] = []
    rows = (
        Goal.objects.filter(routekaart=routekaart)
        .order_by()
        .values_list("pk", "goal_interventions__intervention_id", "goal_courses__course_id")
    )
    if facilities:
        links = links_of_chosen().filter(routekaart=routekaart).order_by()
        no_goal = Value(None, output_field=UUIDField())
        rows = rows.union(links.values_list(no_goal, "intervention_id", "facility_id"), all=True)
    # Links stand for no goal.
    found: Iterable[tuple[UUID | None, str, str]] = rows
    for goal, first, second in found:
        if goal is None:
            asked.append((first, second))
            continue
        interventions.setdefault(str(goal), set()).add(first)
        picked.setdefault(str(goal), set()).add(second)
    for slugs in interventions.values():
        slugs.update([facility for slug, facility in asked if slug in slugs])
    return GoalLists(
        {goal: frozenset(slugs) for goal, slugs in interventions.items()},
        {goal: frozenset(slugs) for goal, slugs in picked.items()},
    )


def rules_of(routekaart: Routekaart) -> tuple[NewRule, ...]:
    """The rules of a routekaart, by priority of their goals."""
    return rules_and_given(routekaart)[0]


def rules_and_given(routekaart: Routekaart) -> tuple[tuple[NewRule, ...], frozenset[str]]:
    """The rules by priority of their goals, and the courses that people have: in one query."""
    rules = (
        AssignmentRule.objects.filter(goal__routekaart=routekaart)
        .order_by()
        .values_list("goal__priority", "goal_id", "course_id", "function", "mandatory", "reason")
    )
    no_goal = Value(None, output_field=UUIDField())
    given = (
        Assignment.objects.filter(routekaart=routekaart, state__in=STANDING)
        .order_by()
        .values_list(Value(0), no_goal, "course_id", Value(""), Value(False), Value(""))
    )
    # Assignments stand for no goal. Each course of them once: a union is of different rows.
    rows: list[tuple[int, UUID | None, str, str, bool, str]] = list(rules.union(given))
    return (
        tuple(
            NewRule(str(goal), course, function, bool(mandatory), reason)
            for _, goal, course, function, mandatory, reason in sorted(rows, key=_rank)
            if goal is not None
        ),
        frozenset(course for _, goal, course, *_ in rows if goal is None),
    )


def _rank(row: tuple[int, UUID | None, str, str, bool, str]) -> tuple[int, str, str, str]:
    priority, goal, course, function, *_ = row
    return priority, str(goal), course, function


def audiences_of(
    catalogue: Catalogue, lists: GoalLists, courses: Sequence[WantedCourse]
) -> Audiences:
    """For whom each course is meant for each of its goals; picked by hand it is for everyone."""
    return {
        (course.course, goal): None
        if course.course in lists.picked[goal]
        else course_audience(catalogue, course.course, lists.interventions[goal])
        for course in courses
        for goal in course.goals
    }


def wanted_course(
    catalogue: Catalogue, routekaart: Routekaart, course: str, goals: Iterable[str], today: date
) -> WantedCourse:
    """A course as this school can have it today. It must be in the catalogue."""
    availability, available_from = course_availability(
        catalogue,
        course,
        platforms=routekaart.platforms,
        packages=routekaart.team.school.packages,
        today=today,
    )
    minutes = catalogue.course_by_slug[course].duration_minutes
    return WantedCourse(course, tuple(goals), minutes, availability, available_from)


def offered(
    catalogue: Catalogue, routekaart: Routekaart, courses: Collection[str], today: date
) -> frozenset[str]:
    """Which of `courses` this school can have today, so that they may be mandatory."""
    return frozenset(
        slug
        for slug in set(courses) & catalogue.course_by_slug.keys()
        if wanted_course(catalogue, routekaart, slug, (), today).availability == "offered"
    )
