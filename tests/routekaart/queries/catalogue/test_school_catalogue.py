"""The catalogue as a school sees it, and what was retired."""

from datetime import date

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses import models as tables
from courses.catalogue import current_catalogue, forget_catalogue
from courses.entities import Catalogue
from routekaart.access import school_scope
from routekaart.models import CourseOverride, School
from routekaart.queries.catalogue.school_catalogue import courses_with_retired, school_catalogue
from tests.makers import make_school

pytestmark = pytest.mark.django_db


def override(school: School, course: str, minutes: int | None, confirmed: date | None) -> None:
    with school_scope([school.pk]):
        CourseOverride.objects.create(
            school=school,
            course_id=course,
            duration_minutes=minutes,
            confirmed_available_on=confirmed,
        )


def test_a_school_without_changes_has_the_catalogue_itself(catalogue: Catalogue) -> None:
    assert school_catalogue(school=make_school().pk) is catalogue


def test_the_changes_of_a_school_are_its_own(catalogue: Catalogue) -> None:
    mine, theirs = make_school(), make_school()
    first, second, third = (course.slug for course in catalogue.courses[:3])
    override(mine, first, 15, None)
    override(mine, second, None, date(2026, 1, 5))
    override(theirs, third, 90, None)
    seen = school_catalogue(school=mine.pk).course_by_slug
    assert (seen[first].duration_minutes, seen[first].duration_basis) == (15, "stated")
    assert seen[second].availability_confirmed_on == date(2026, 1, 5)
    assert seen[second].duration_minutes == catalogue.course_by_slug[second].duration_minutes
    assert seen[third] == catalogue.course_by_slug[third]


def test_retired_courses_keep_their_title_and_length(catalogue: Catalogue) -> None:
    first, second = catalogue.courses[:2]
    tables.Course.objects.filter(pk=first.slug).update(retired_at=timezone.now())
    tables.CatalogueState.objects.all().update(stamp=make_school().pk)
    forget_catalogue()
    found = courses_with_retired(current_catalogue(), [second.slug, first.slug, first.slug])
    assert set(found) == {first.slug, second.slug}
    assert found[second.slug] is current_catalogue().course_by_slug[second.slug]
    kept = found[first.slug]
    assert (kept.slug, kept.title, kept.kind) == (first.slug, first.title, first.kind)
    assert (kept.duration_minutes, kept.duration_basis) == (
        first.duration_minutes,
        first.duration_basis,
    )


def test_nothing_is_asked_of_the_tables_when_nothing_was_retired(
    catalogue: Catalogue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        courses_with_retired(catalogue, [catalogue.courses[0].slug])
