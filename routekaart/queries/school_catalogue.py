"""The catalogue as a school sees it."""

from uuid import UUID

from courses.catalogue import current_catalogue
from courses.entities import Catalogue
from routekaart.access import school_scope
from routekaart.domain.school_catalogue import CourseChange, with_changes
from routekaart.models import CourseOverride


def school_catalogue(*, school: UUID) -> Catalogue:
    """The catalogue with the school's own durations and confirmed availability in it."""
    with school_scope([school]):
        changes = {
            override.course_id: CourseChange(
                duration_minutes=override.duration_minutes,
                confirmed_available_on=override.confirmed_available_on,
            )
            for override in CourseOverride.objects.filter(school=school).order_by("course_id")
        }
    return with_changes(current_catalogue(), changes)
