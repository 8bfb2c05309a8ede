"""The catalogue as a school sees it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from courses.catalogue import public_catalogue
from courses.entities import Catalogue, Course, CourseKind, DurationBasis
from courses.models import Course as CourseRow
from courses.models import Origin
from routekaart.access import school_scope
from routekaart.domain.school_catalogue import CourseChange, with_changes, with_courses
from routekaart.models import CourseOverride


def school_catalogue(*, school: UUID) -> Catalogue:
    """What ships, with the school's own courses, durations and confirmed availability in it.

    What another school added is not in it, so every check of a slug goes through here.
    """
    return catalogue_and_overrides(school=school)[0]


def catalogue_and_overrides(*, school: UUID) -> tuple[Catalogue, tuple[CourseOverride, ...]]:
    """The same, and the rows that say what the school changed."""
    with school_scope([school]):
        # Each own course has such a row too: it holds its address.
        overrides = tuple(CourseOverride.objects.select_related("course").order_by("course_id"))
    own = [
        _course(row.course)
        for row in overrides
        if row.course.origin == Origin.OWN and row.course.retired_at is None
    ]
    changes = {
        row.course_id: CourseChange(
            duration_minutes=row.duration_minutes,
            confirmed_available_on=row.confirmed_available_on,
        )
        for row in overrides
    }
    return with_changes(with_courses(public_catalogue(), own), changes), overrides


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
