"""What a school says of a course is its own."""

import pytest
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.actions.organisation.school_settings import set_course_override
from routekaart.models import CourseOverride, School
from tests.makers import access_for, grant, make_person, make_school

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def test_taken_back_at_one_school_it_stays_at_the_other() -> None:
    here, there = make_school(), make_school()
    manager = make_person()
    for school in (here, there):
        grant(manager, Role.CATALOGUE_MANAGER, school=school)

    def say(school: School, minutes: int | None) -> None:
        set_course_override(
            by=access_for(manager),
            school_id=school.pk,
            course="complimenten-geven-en-corrigeren",
            duration_minutes=minutes,
            url="",
            confirmed_available_on=None,
        )

    say(here, 60)
    say(there, 90)
    say(here, None)
    with scopes_disabled():
        rows = CourseOverride.objects.values_list("school", "duration_minutes")
        assert list(rows) == [(there.pk, 90)]
