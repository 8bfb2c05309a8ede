"""Django's admin for catalogue managers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.models import Course
from routekaart.access import Role, school_scope
from routekaart.models import AuditEntry, CourseOverride, Person, School, SchoolCourse
from tests.makers import grant, make_colleague, make_school, make_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
OWN = "/catalogusbeheer/routekaart/schoolcourse/"
OVERRIDES = "/catalogusbeheer/routekaart/courseoverride/"
COURSE = "complimenten-geven-en-corrigeren"


@pytest.fixture
def school() -> School:
    return make_school(name="De Wilg")


@pytest.fixture
def manager(school: School) -> Client:
    client = Client()
    client.force_login(make_colleague(make_team(school), Role.CATALOGUE_MANAGER))
    return client


def own_course(school: School, title: str = "Kijken in de klas") -> SchoolCourse:
    with school_scope([school.pk]):
        return SchoolCourse.objects.select_related("course").get(course__title=title)


def values(school: School, **changed: object) -> dict[str, object]:
    return {
        "school": str(school.pk),
        "title": "Kijken in de klas",
        "provider": "Eigen academie",
        "minutes": "90",
        "url": "https://academie.example/kijken",
        "note": "",
        "in_use": "on",
    } | changed


def override(school: School) -> dict[str, str]:
    return {
        "school": str(school.pk),
        "course": COURSE,
        "duration_minutes": "60",
        "url": "",
        "confirmed_available_on": "",
    }


def test_who_is_not_signed_in_goes_to_the_one_sign_in(pages: Client) -> None:
    answer = pages.get("/catalogusbeheer/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/catalogusbeheer/"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CATALOGUE_MANAGER])
def test_other_roles_are_refused(pages: Client, role: Role) -> None:
    pages.force_login(make_colleague(make_team(), role))
    for address in ("/catalogusbeheer/", OWN, OVERRIDES):
        assert pages.get(address, follow=True).status_code == 403


def test_the_index_shows_what_deserves_a_look(manager: Client) -> None:
    html = manager.get("/catalogusbeheer/").content.decode()
    assert "10 verschillen tussen bronnen" in html
    assert 'href="/catalogus"' in html


@pytest.mark.parametrize("address", ["", "routekaart/", f"{OWN}add/", f"{OVERRIDES}add/", OWN])
def test_it_speaks_dutch_and_knows_the_own_school(
    manager: Client, school: School, address: str
) -> None:
    html = manager.get(address if address.startswith("/") else f"/catalogusbeheer/{address}")
    text = html.content.decode()
    for english in ("Model name", "Add link", "Course:", "Website", "cursusgegeven", "Selecteer"):
        assert english not in text
    assert "Terug naar Routekaart" in text
    assert address != f"{OVERRIDES}add/" or 'type="date"' in text
    assert not address.endswith("add/") or f'<option value="{school.pk}" selected>' in text


def test_a_course_goes_by_its_title(manager: Client, school: School) -> None:
    answer = manager.post(f"{OWN}add/", values(school), follow=True)
    assert "eigen-kijken" not in answer.content.decode()
    html = manager.get(f"{OWN}{own_course(school).pk}/change/").content.decode()
    assert "<title>Kijken in de klas – Routekaart</title>" in html


def test_an_own_course_is_added_and_changed_with_a_log(manager: Client, school: School) -> None:
    assert manager.post(f"{OWN}add/", values(school)).status_code == 302
    made = own_course(school)
    assert (made.provider, made.course.duration_minutes) == ("Eigen academie", 90)
    html = manager.get(f"{OWN}{made.pk}/change/").content.decode()
    assert 'value="https://academie.example/kijken"' in html
    answer = manager.post(f"{OWN}{made.pk}/change/", values(school, minutes="120", in_use=""))
    assert answer.status_code == 302
    again = own_course(school)
    assert again.course.duration_minutes == 120
    assert again.course.retired_at is not None
    assert [
        (entry.action, entry.person_id is None)
        for entry in AuditEntry._base_manager.filter(action__endswith="own_course").order_by("pk")
    ] == [("add_own_course", False), ("change_own_course", False)]


def test_what_is_wrong_is_said_at_the_field(manager: Client, school: School) -> None:
    answer = manager.post(f"{OWN}add/", values(school, minutes="0", title=""))
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert set(errors) == {"minutes", "title"}
    assert not Course.objects.filter(origin="own").exists()


def test_what_a_school_knows_better_is_stored(manager: Client, school: School) -> None:
    added = {"school": str(school.pk), "course": COURSE, "duration_minutes": "60", "url": ""}
    nothing = added | {"duration_minutes": "", "confirmed_available_on": ""}
    assert manager.post(f"{OVERRIDES}add/", nothing).status_code == 200
    answer = manager.post(f"{OVERRIDES}add/", added | {"confirmed_available_on": "5-10-2026"})
    assert answer.status_code == 302
    with school_scope([school.pk]):
        row = CourseOverride.objects.get(school=school)
    assert (row.course_id, row.duration_minutes) == (COURSE, 60)
    assert str(row.confirmed_available_on) == "2026-10-05"


def test_another_school_is_out_of_sight(manager: Client) -> None:
    elsewhere = make_school(name="Elders")
    other = Client()
    other.force_login(make_colleague(make_team(elsewhere), Role.CATALOGUE_MANAGER))
    other.post(f"{OWN}add/", values(elsewhere))
    made = own_course(elsewhere)
    assert "Kijken in de klas" not in manager.get(OWN).content.decode()
    # As Django does it for what is not there: back to the index with a message.
    assert manager.get(f"{OWN}{made.pk}/change/").status_code == 302
    assert manager.post(f"{OWN}add/", values(elsewhere)).status_code == 200


class TestAtTwoSchools:
    """Somebody who manages the catalogue of one school, and is a member at another."""

    @pytest.fixture
    def there(self) -> School:
        """With an own course, and a course that it knows better."""
        there = make_school(name="De Eik")
        client = Client()
        client.force_login(make_colleague(make_team(there), Role.CATALOGUE_MANAGER))
        client.post(f"{OWN}add/", values(there, title="Van de Eik"))
        client.post(f"{OVERRIDES}add/", override(there))
        return there

    @pytest.fixture
    def both(self, school: School, there: School) -> Person:
        person = make_colleague(make_team(school), Role.CATALOGUE_MANAGER)
        grant(person, Role.MEMBER, school=there)
        return person

    def test_only_what_is_of_the_school_that_one_manages(
        self, pages: Client, both: Person, school: School, there: School
    ) -> None:
        pages.force_login(both)
        pages.post(f"{OWN}add/", values(school))
        pages.post(f"{OVERRIDES}add/", override(school))
        for address, known in ((OWN, "Van de Eik"), (OVERRIDES, "De Eik")):
            html = pages.get(address).content.decode()
            assert (known in html, "De Wilg" in html) == (False, True)
            assert f'<option value="{there.pk}"' not in pages.get(f"{address}add/").text
        with school_scope([there.pk]):
            elsewhere = CourseOverride.objects.get(course=COURSE)
        for page in (f"{OWN}{own_course(there, 'Van de Eik').pk}", f"{OVERRIDES}{elsewhere.pk}"):
            assert pages.get(f"{page}/change/").status_code == 302

    def test_what_another_school_knows_of_it_is_not_said(
        self, pages: Client, both: Person, school: School, there: School
    ) -> None:
        pages.force_login(both)
        pages.post(f"{OWN}add/", values(school, url=""))
        made = own_course(school)
        with school_scope([school.pk, there.pk]):
            CourseOverride.objects.filter(course=made.course).delete()
            CourseOverride.objects.create(
                school=there, course=made.course, url="https://eik.example/kijken"
            )
        assert "eik.example" not in pages.get(f"{OWN}{made.pk}/change/").text

    def test_both_say_something_of_the_same_course(
        self, pages: Client, both: Person, school: School, there: School
    ) -> None:
        grant(both, Role.CATALOGUE_MANAGER, school=there)
        pages.force_login(both)
        assert pages.post(f"{OVERRIDES}add/", override(school)).status_code == 302
        with school_scope([school.pk, there.pk]):
            assert CourseOverride.objects.filter(course=COURSE).count() == 2


def test_lists_take_the_same_queries_whatever_their_length(manager: Client, school: School) -> None:
    manager.post(f"{OWN}add/", values(school))
    counts = []
    for _ in range(2):
        manager.get(OWN)
        with CaptureQueriesContext(connection) as queries:
            manager.get(OWN)
        counts.append(len(queries))
        for number in range(3):
            manager.post(f"{OWN}add/", values(school, title=f"Cursus {number} {len(counts)}"))
    assert counts[0] == counts[1]
    assert counts[0] <= 15
