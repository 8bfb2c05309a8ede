"""What a school set for itself, for who reaches another one too."""

import pytest

from courses.entities import Catalogue
from routekaart.access import Access, Role, school_scope
from routekaart.models import CourseOverride, QuoteRequest, School
from routekaart.queries.organisation.office import quotes_of
from routekaart.queries.organisation.schools import course_with_override
from tests.makers import access_for, employ, grant, make_person, make_school

pytestmark = pytest.mark.django_db


def at(*schools: School) -> Access:
    person = make_person()
    for school in schools:
        grant(person, Role.SCHOOL_ADMIN, school=school)
    return access_for(person)


@pytest.fixture
def schools() -> tuple[School, School]:
    return make_school(name="Hier"), make_school(name="Daar")


def test_what_another_school_changed_about_a_course_is_not_ours(
    schools: tuple[School, School], catalogue: Catalogue
) -> None:
    here, elsewhere = schools
    course = catalogue.courses[0].slug
    by = at(here, elsewhere)
    with school_scope([elsewhere.pk]):
        theirs = CourseOverride.objects.create(school=elsewhere, course_id=course)
    found = {
        school: course_with_override(by=by, school_id=school.pk, course=course)[1]
        for school in schools
    }
    assert found == {here: None, elsewhere: theirs}


def test_what_another_school_asked_a_quote_for_is_not_ours(
    schools: tuple[School, School], catalogue: Catalogue
) -> None:
    here, elsewhere = schools
    by = at(here, elsewhere)
    with school_scope([elsewhere.pk]):
        theirs = QuoteRequest.objects.create(
            school=elsewhere, package_id=catalogue.packages[0].slug, requested_by=by.person
        )
    assert quotes_of(by=by, school_id=here.pk) == ()
    assert quotes_of(by=by, school_id=elsewhere.pk) == (theirs,)


def test_who_asked_a_quote_is_called_as_the_school_does(
    schools: tuple[School, School], catalogue: Catalogue
) -> None:
    here, elsewhere = schools
    by, package = at(here, elsewhere), catalogue.packages[0].slug
    for school, name in ((here, "Anja Anders"), (elsewhere, "Eva Elders")):
        employ(by.person, school, given_name=name)
        with school_scope([school.pk]):
            QuoteRequest.objects.create(school=school, package_id=package, requested_by=by.person)
        [quote] = quotes_of(by=by, school_id=school.pk)
        assert quote.requested_by is not None
        assert quote.requested_by.name == name
