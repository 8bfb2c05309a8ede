"""The catalogue as one school sees it: with its own durations and confirmed availability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from courses.entities import Catalogue, Course, DurationBasis


@dataclass(frozen=True, slots=True)
class CourseChange:
    """What a school knows better about a course. None leaves the catalogue's own word."""

    duration_minutes: int | None = None
    confirmed_available_on: date | None = None


def with_courses(catalogue: Catalogue, own: Sequence[Course]) -> Catalogue:
    """The catalogue with a school's own courses at its end; the same object without any.

    No list of an intervention mentions them: they are picked, by a trainer or a team.
    """
    if not own:
        return catalogue
    return replace(catalogue, courses=(*catalogue.courses, *own))


def with_changes(catalogue: Catalogue, changes: Mapping[str, CourseChange]) -> Catalogue:
    """The catalogue with a school's changes; the same object when there are none.

    A duration that a school sets is its own statement, no longer an assumption of the product.
    """
    if not changes:
        return catalogue
    return replace(
        catalogue,
        courses=tuple(
            _changed(course, changes[course.slug]) if course.slug in changes else course
            for course in catalogue.courses
        ),
    )


def _changed(course: Course, change: CourseChange) -> Course:
    if change.duration_minutes is not None:
        course = replace(
            course,
            duration_minutes=change.duration_minutes,
            duration_basis=DurationBasis.STATED,
        )
    if change.confirmed_available_on is not None:
        course = replace(course, availability_confirmed_on=change.confirmed_available_on)
    return course
