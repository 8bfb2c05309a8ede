"""The catalogue as a school sees it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from courses.catalogue import current_catalogue, public_catalogue
from courses.entities import Catalogue, Course, CourseKind, DurationBasis
from courses.models import Course as CourseRow
from routekaart.access import school_scope
from routekaart.domain.school_catalogue import CourseChange, with_changes, with_courses
from routekaart.models import CourseOverride, SchoolCourse


def school_catalogue(*, school: UUID) -> Catalogue:
    """What ships, with the school's own courses, durations and confirmed availability in it.

    What another school added is not in it, so every check of a slug goes through here.
    """
    shipped = public_catalogue()
    own: list[Course] = []
    with school_scope([school]):
        # No school added anything: nothing to look for.
        if current_catalogue() is not shipped:
            own = [
                _course(row.course)
                for row in SchoolCourse.objects.filter(
                    school=school, course__retired_at=None
                ).select_related("course")
            ]
        changes = {
            override.course_id: CourseChange(
                duration_minutes=override.duration_minutes,
                confirmed_available_on=override.confirmed_available_on,
            )
            for override in CourseOverride.objects.filter(school=school).order_by("course_id")
        }
    return with_changes(with_courses(shipped, own), changes)


def courses_with_retired(catalogue: Catalogue, slugs: Iterable[str]) -> Mapping[str, Course]:
    """The courses of `slugs`, also those that the catalogue has retired since.

    What was assigned keeps its title and length, so that a plan and a document can still be made.
    """
    wanted = set(slugs)
    known = catalogue.course_by_slug
    retired = wanted - known.keys()
    found = {slug: known[slug] for slug in wanted & known.keys()}
    for row in CourseRow.objects.filter(pk__in=retired) if retired else ():
        found[row.slug] = _course(row)
    return found


def _course(row: CourseRow) -> Course:
    return Course(
        slug=row.slug,
        title=row.title,
        kind=CourseKind(row.kind),
        printed_titles=tuple(row.printed_titles),
        duration_minutes=row.duration_minutes,
        duration_basis=DurationBasis(row.duration_basis),
        note=row.note,
    )
