"""From rows to the package of somebody who missed study days."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from courses.audience import function_reach
from courses.entities import Catalogue
from routekaart.access import Access, Permission
from routekaart.domain.latecomer import (
    DayPackage,
    Preparing,
    SharedDay,
    courses_for,
    day_package,
    missed_and_coming,
)
from routekaart.domain.lifecycle import AGREEMENT, TOPIC
from routekaart.models import (
    Agreement,
    Employment,
    Routekaart,
    StudyDay,
    Team,
    TeamMembership,
    Topic,
)
from routekaart.queries.advice.stored import taken_advice
from routekaart.queries.assigning.needs import rules_and_given
from routekaart.queries.catalogue.school_catalogue import (
    catalogue_and_overrides,
    courses_with_retired,
)
from routekaart.queries.organisation.names import name_at
from routekaart.queries.planning.current_plan import current_plan
from routekaart.queries.quality.agreements import with_owner
from routekaart.queries.routekaarten.goals import goal_choices
from routekaart.queries.study_day.day_dates import day_dates

_ANSWERED = TOPIC.steps["answer"].target
_DROPPED = AGREEMENT.steps["drop"].target


@dataclass(frozen=True, slots=True)
class CourseToFollow:
    """`address` is empty when the school did not say where the course is."""

    slug: str
    title: str
    minutes: int
    address: str


@dataclass(frozen=True, slots=True)
class LatecomerDay:
    """A study day with what it asks of somebody who missed it, and what came of it."""

    row: StudyDay
    package: DayPackage
    courses: Sequence[CourseToFollow]
    topics: Sequence[Topic]
    agreements: Sequence[Agreement]


@dataclass(frozen=True, slots=True)
class LatecomerPackage:
    membership: TeamMembership
    missed: Sequence[LatecomerDay]
    coming: Sequence[LatecomerDay]


class YearOfTeam:
    """Everything that packages of one routekaart are made of, read once.

    Read and used inside the scope of its school.
    """

    def __init__(self, routekaart: Routekaart, today: date) -> None:
        self.today = today
        self.routekaart = routekaart
        plan = current_plan(routekaart)
        goals: dict[str, list[str]] = defaultdict(list)
        deadlines: dict[str, list[date]] = defaultdict(list)
        for placement in plan.placements if plan else ():
            goals[placement.study_day_id].append(placement.goal_id)
            if placement.deadline is not None:
                deadlines[placement.study_day_id].append(placement.deadline)
        self.rows: Mapping[UUID, StudyDay] = {day.pk: day for day in _days(routekaart)}
        dates = day_dates(self.rows.values(), plan)
        self.days = tuple(
            SharedDay(
                id=pk,
                on=row.date,
                state=row.state,
                goals=tuple(goals[str(pk)]),
                deadline=min(deadlines[str(pk)], default=None),
                follow_up_on=dates[pk].follow_up_on,
                evaluation_on=dates[pk].evaluation_on,
            )
            for pk, row in self.rows.items()
        )
        self.preparing, self._courses = _preparing(routekaart)

    def day(self, shared: SharedDay, functions: Sequence[str]) -> LatecomerDay:
        """One day for somebody with these functions."""
        row = self.rows[shared.id]
        package = day_package(shared, self.preparing, functions, self.today)
        return LatecomerDay(
            row=row,
            package=package,
            courses=tuple(self._courses[slug] for slug in package.courses),
            topics=tuple(row.topics.all()),
            agreements=tuple(row.agreements.all()),
        )

    def package(self, membership: TeamMembership, functions: Sequence[str]) -> LatecomerPackage:
        """All days for one member."""
        missed, coming = missed_and_coming(self.days, membership.joined_on, self.today)
        return LatecomerPackage(
            membership=membership,
            missed=tuple(self.day(one, functions) for one in missed),
            coming=tuple(self.day(one, functions) for one in coming),
        )


def latecomer_package(*, by: Access, study_day_id: UUID, today: date) -> LatecomerDay:
    """The package of one study day for the person who asks: ill on the day, or there later.

    Who has no function at the school gets what is meant for everyone.
    """
    by.fetch(StudyDay, study_day_id, Permission.VIEW_NOTES)
    with by.entered():
        day = StudyDay.objects.select_related("routekaart__team__school").get(pk=study_day_id)
        year = YearOfTeam(day.routekaart, today)
        shared = next(one for one in year.days if one.id == study_day_id)
        return year.day(shared, _functions(by, day))


def courses_of_day(*, by: Access, study_day_id: UUID) -> tuple[StudyDay, Sequence[CourseToFollow]]:
    """Only what one prepares a study day with: the courses of `latecomer_package`, and the day."""
    day = by.fetch(
        StudyDay, study_day_id, Permission.VIEW_NOTES, along=("routekaart__team__school",)
    )
    with by.entered():
        plan = current_plan(day.routekaart)
        placements = plan.placements if plan else ()
        goals = [one.goal_id for one in placements if one.study_day_id == str(day.pk)]
        preparing, courses = _preparing(day.routekaart)
        slugs = courses_for(preparing, goals, _functions(by, day))
    return day, tuple(courses[slug] for slug in slugs)


def latecomers_of(
    *, by: Access, team_id: UUID, school_year: int, mine: bool, today: date
) -> tuple[QuerySet[TeamMembership], YearOfTeam | None]:
    """Who joined the team after a study day of that year, by name, and that year.

    Make a package of each with `package_of`, inside `by.entered()`.
    """
    by.fetch(Team, team_id, Permission.VIEW_NOTES)
    with by.entered():
        routekaart = (
            Routekaart.objects.filter(team=team_id, school_year=school_year)
            .select_related("team__school")
            .first()
        )
        if routekaart is None:
            return TeamMembership.objects.none(), None
        return _joined_later(routekaart, by.person.pk if mine else None, today)


def latecomers_of_routekaart(
    *, by: Access, routekaart_id: UUID, today: date
) -> tuple[Routekaart, QuerySet[TeamMembership], YearOfTeam]:
    """The same for everybody in the team, with the routekaart that they joined late."""
    routekaart = by.fetch(Routekaart, routekaart_id, Permission.VIEW_NOTES, along=("team__school",))
    with by.entered():
        return routekaart, *_joined_later(routekaart, None, today)


def _joined_later(
    routekaart: Routekaart, person: UUID | None, today: date
) -> tuple[QuerySet[TeamMembership], YearOfTeam]:
    year = YearOfTeam(routekaart, today)
    first = min((day.on for day in year.days if day.is_behind(today)), default=None)
    if first is None:
        return TeamMembership.objects.none(), year
    here = Employment.objects.filter(school=routekaart.team.school_id, person=OuterRef("person"))
    rows = TeamMembership.objects.filter(team=routekaart.team_id, joined_on__gt=first)
    if person is not None:
        rows = rows.filter(person=person)
    return (
        rows.select_related("person")
        .annotate(
            functions_here=Subquery(here.values("functions")[:1]),
            called=name_at(routekaart.team.school_id, person="person"),
        )
        .order_by("called", "id"),
        year,
    )


def package_of(membership: TeamMembership, year: YearOfTeam) -> LatecomerPackage:
    """The package of a membership that `latecomers_of` gave."""
    marks: Any = membership
    # Nothing for who only visits.
    return year.package(membership, marks.functions_here or ())


def _functions(by: Access, day: StudyDay) -> Sequence[str]:
    employment = Employment.objects.filter(
        person=by.person, school=day.routekaart.team.school_id
    ).first()
    return employment.functions if employment else ()


def _preparing(routekaart: Routekaart) -> tuple[Preparing, Mapping[str, CourseToFollow]]:
    """What people prepare with, and every course that may be among it."""
    catalogue, overrides = catalogue_and_overrides(school=routekaart.team.school_id)
    rules, assigned = rules_and_given(routekaart)
    preparing = Preparing(
        advice=taken_advice(routekaart),
        goals=goal_choices(routekaart),
        assigned=assigned,
        rules=rules,
        reach=function_reach(catalogue),
    )
    own = {row.course_id: row.url for row in overrides if row.url}
    return preparing, _courses(routekaart, preparing, catalogue, own)


def _days(routekaart: Routekaart) -> QuerySet[StudyDay]:
    topics = Topic.objects.filter(state=_ANSWERED).order_by("position", "id")
    agreements = with_owner(Agreement.objects.exclude(state=_DROPPED)).order_by("due_on", "id")
    return (
        StudyDay.objects.filter(routekaart=routekaart)
        .prefetch_related(Prefetch("topics", topics), Prefetch("agreements", agreements))
        .order_by("date", "starts_at", "id")
    )


def _courses(
    routekaart: Routekaart,
    preparing: Preparing,
    catalogue: Catalogue,
    own: Mapping[str, str],
) -> Mapping[str, CourseToFollow]:
    school = routekaart.team.school
    advised = (item.course for item in preparing.advice.items) if preparing.advice else ()
    picked = (course for goal in preparing.goals for course in goal.courses)
    ruled = (rule.course for rule in preparing.rules)
    courses = courses_with_retired(catalogue, (*advised, *picked, *ruled))
    return {
        slug: CourseToFollow(
            slug, course.title, course.duration_minutes, own.get(slug, school.academy_url)
        )
        for slug, course in courses.items()
    }
