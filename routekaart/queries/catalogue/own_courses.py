"""Reading the courses that a school added itself."""

from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from routekaart.access import Access, Permission
from routekaart.models import CourseOverride, School, SchoolCourse


def own_courses_of(*, by: Access, school_id: UUID) -> QuerySet[SchoolCourse]:
    """The school's own courses by title, with their row of the catalogue and their `address`.

    Those no longer in use are among them. Evaluate inside `by.entered()`.
    """
    by.fetch(School, school_id, Permission.VIEW_SCHOOL)
    with by.entered():
        return _whole(SchoolCourse.objects.filter(school=school_id))


def own_course_detail(*, by: Access, own_course_id: int) -> SchoolCourse:
    """One of them."""
    by.fetch(SchoolCourse, str(own_course_id), Permission.VIEW_SCHOOL)
    with by.entered():
        return _whole(SchoolCourse.objects.filter(pk=own_course_id)).get()


def _whole(rows: "QuerySet[SchoolCourse]") -> "QuerySet[SchoolCourse]":
    address = CourseOverride.objects.filter(
        school=OuterRef("school"), course=OuterRef("course")
    ).values("url")[:1]
    return (
        rows.select_related("course")
        .annotate(address=Subquery(address))
        .order_by("course__title", "pk")
    )
