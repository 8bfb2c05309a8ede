"""Reading schools, teams and what a school set for itself. Starts from what `by` may see."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, QuerySet

from courses.catalogue import public_catalogue
from courses.entities import Course
from routekaart.access import Access, NotFound, Permission
from routekaart.models import CalendarOverride, CourseOverride, School, Team


def schools_of(*, by: Access) -> QuerySet[School]:
    """The schools within reach, by name, with their board. Evaluate inside `by.entered()`."""
    with by.entered():
        return School.objects.filter(by.visible(School)).select_related("board")


def school_detail(*, by: Access, school_id: UUID) -> School:
    """One school with its board."""
    by.fetch(School, school_id, Permission.VIEW_SCHOOL)
    with by.entered():
        return School.objects.select_related("board").get(pk=school_id)


def own_teams(*, by: Access) -> tuple[Team, ...]:
    """The teams that the person belongs to, at the schools within reach."""
    with by.entered():
        return tuple(Team.objects.filter(pk__in=by.teams))


def teams_of_school(*, by: Access, school_id: UUID) -> QuerySet[Team]:
    """The teams of a school that this person may see, with `member_count`."""
    by.fetch(School, school_id, Permission.VIEW_SCHOOL)
    with by.entered():
        return _counted(Team.objects.filter(by.visible(Team), school=school_id))


def team_detail(*, by: Access, team_id: UUID) -> Team:
    """One team with `member_count`."""
    by.fetch(Team, team_id, Permission.VIEW_TEAM)
    with by.entered():
        return _counted(Team.objects.filter(pk=team_id)).get()


def _counted(teams: QuerySet[Team]) -> QuerySet[Team]:
    # The order by name: counting drops the order that the table itself prescribes.
    return teams.annotate(member_count=Count("memberships")).order_by("name", "id")


def calendar_overrides_of(*, by: Access, school_id: UUID) -> QuerySet[CalendarOverride]:
    """What differs from the calendar of the region, by date."""
    by.fetch(School, school_id, Permission.VIEW_SCHOOL)
    with by.entered():
        return CalendarOverride.objects.filter(school=school_id)


def course_with_override(
    *, by: Access, school_id: UUID, course: str
) -> tuple[Course, CourseOverride | None]:
    """A course of the catalogue, and what the school changed about it."""
    by.fetch(School, school_id, Permission.VIEW_SCHOOL)
    found = known_course(course)
    with by.entered():
        return found, CourseOverride.objects.filter(school=school_id, course=course).first()


def known_course(slug: str) -> Course:
    """The course of the shipped catalogue; raises `NotFound` when it does not have it.

    What a school added itself it changes at the course itself.
    """
    courses: Mapping[str, Course] = public_catalogue().course_by_slug
    if slug not in courses:
        raise NotFound("Course")
    return courses[slug]
