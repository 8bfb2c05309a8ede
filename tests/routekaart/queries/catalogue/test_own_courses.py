"""A school's own courses, and where they are."""

from typing import Any

import pytest

from courses.entities import Catalogue
from courses.models import Course, Origin
from routekaart.access import Role, school_scope
from routekaart.models import CourseOverride, SchoolCourse
from routekaart.queries.catalogue.own_courses import own_courses_of
from tests.makers import access_for, grant, make_person, make_school

pytestmark = pytest.mark.django_db


def test_the_address_of_an_own_course_is_what_that_school_says(catalogue: Catalogue) -> None:
    here, elsewhere = make_school(name="Hier"), make_school(name="Daar")
    person = make_person()
    for school in (here, elsewhere):
        grant(person, Role.SCHOOL_ADMIN, school=school)
    course = Course.objects.create(
        slug="eigen-cursus",
        title="Eigen cursus",
        kind=catalogue.courses[0].kind,
        duration_minutes=30,
        duration_basis=catalogue.courses[0].duration_basis,
        origin=Origin.OWN,
    )
    with school_scope([here.pk, elsewhere.pk]):
        SchoolCourse.objects.create(school=here, course=course)
        for school, url in ((elsewhere, "https://daar.test/"), (here, "https://hier.test/")):
            CourseOverride.objects.create(school=school, course=course, url=url)
    by = access_for(person)
    with by.entered():
        found: list[Any] = list(own_courses_of(by=by, school_id=here.pk))
    assert [one.address for one in found] == ["https://hier.test/"]
