"""Courses that are not in the shipped catalogue: a school's own, seen by that school only."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.text import slugify

from courses.catalogue import forget_catalogue
from courses.load import mark_changed
from courses.models import Course, CourseKind, DurationBasis, Origin
from routekaart import clock
from routekaart.access import Access, Permission
from routekaart.actions.audit import record
from routekaart.models import CourseOverride, School, SchoolCourse


@transaction.atomic
def add_own_course(
    *,
    by: Access,
    school_id: UUID,
    title: str,
    minutes: int,
    provider: str = "",
    url: str = "",
    note: str = "",
) -> SchoolCourse:
    """A new course of this school. How long it takes is the school's own statement."""
    by.fetch(School, school_id, Permission.ADD_COURSES)
    with by.entered():
        course = Course.objects.create(
            slug=_slug(title),
            title=title,
            origin=Origin.OWN,
            kind=CourseKind.COURSE,
            printed_titles=[],
            duration_minutes=minutes,
            duration_basis=DurationBasis.STATED,
            note=note,
        )
        made = SchoolCourse.objects.create(
            school_id=school_id, course=course, provider=provider, added_by=by.person
        )
        _set_address(made, url)
        record(by=by, school=school_id, action="add_own_course", subject=made)
    _tell()
    return made


@transaction.atomic
def change_own_course(*, by: Access, own_course_id: int, values: Mapping[str, Any]) -> SchoolCourse:
    """Changes what `values` names: title, provider, minutes, url, note, in_use.

    A course that is no longer in use is offered to nobody; who has it keeps it.
    """
    seen = by.fetch(SchoolCourse, str(own_course_id), Permission.ADD_COURSES)
    with by.entered():
        own = SchoolCourse.objects.select_for_update(of=("self",), no_key=True).get(pk=seen.pk)
        course = Course.objects.select_for_update(no_key=True).get(pk=own.course_id)
        for name, column in (
            ("title", "title"),
            ("minutes", "duration_minutes"),
            ("note", "note"),
        ):
            if name in values:
                setattr(course, column, values[name])
        if "in_use" in values:
            course.retired_at = None if values["in_use"] else course.retired_at or clock.now()
        course.save()
        if "provider" in values:
            own.provider = values["provider"]
            own.save()
        if "url" in values:
            _set_address(own, values["url"])
        record(by=by, school=own.school_id, action="change_own_course", subject=own)
    _tell()
    return own


def change_texts_of_own_courses(*, schools: Collection[UUID], change: Callable[[str], str]) -> None:
    """Changes title and note of the courses that these schools added.

    Call in a transaction and with the net lifted. The slug stays: plans refer to it.
    """
    own = SchoolCourse.objects.filter(school__in=schools).values("course")
    most = Course._meta.get_field("title").max_length
    told = False
    for course in Course.objects.select_for_update(no_key=True).filter(pk__in=own):
        title, note = change(course.title)[:most], change(course.note)
        if (title, note) != (course.title, course.note):
            course.title, course.note = title, note
            course.save()
            told = True
    if told:
        _tell()


def _slug(title: str) -> str:
    """Unique, and never one that the shipped catalogue may use later."""
    words = slugify(title)[:60].strip("-_").replace("_", "-")
    return "-".join(part for part in ("eigen", *words.split("-"), uuid4().hex[:12]) if part)


def _set_address(own: SchoolCourse, url: str) -> None:
    """Where the address of every course of a school stands. The row is there without one too:
    by it the school's catalogue finds the course."""
    CourseOverride.objects.update_or_create(
        school_id=own.school_id, course_id=own.course_id, defaults={"url": url}
    )


def _tell() -> None:
    """Lets every process read the catalogue anew; this one right away."""
    mark_changed()
    transaction.on_commit(forget_catalogue, robust=True)
