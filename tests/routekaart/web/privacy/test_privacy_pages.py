"""What is kept, in words; asking for one's own data; erasing somebody who left."""

from typing import Any

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from routekaart.access import Role
from routekaart.clock import now
from routekaart.domain.personal_data import PURPOSES, TABLES
from routekaart.models import Departure, Employment, Job, Person, School
from routekaart.models.jobs import JobKind
from tests.makers import make_colleague, make_person, make_team

pytestmark = pytest.mark.django_db


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _admin(school: School) -> Client:
    with scopes_disabled():
        team = school.teams.all()[0]
    return _client(make_colleague(team, Role.SCHOOL_ADMIN))


def _gone(school: School, name: str) -> Person:
    person = make_person(name)
    with scopes_disabled():
        Departure.objects.create(person=person, school=school, left_at=now())
    return person


def test_all_that_is_kept_stands_on_both_pages() -> None:
    school = make_team().school
    admin = _admin(school)
    for address in ("/privacy", f"/beheer/{school.pk}/verwerkingsregister"):
        html = admin.get(address).content.decode()
        words = [purpose.title for purpose in PURPOSES]
        words += [table.title for table in TABLES.values() if table.purpose]
        assert [word for word in words if word not in html] == []


def test_both_pages_say_that_another_school_keeps_the_time_from_running(settings: Any) -> None:
    settings.RETENTION_MONTHS = 24
    school = make_team().school
    admin = _admin(school)
    for address, said in (
        ("/privacy", "Werk je nog bij een andere school? Dan loopt die tijd nog niet"),
        (
            f"/beheer/{school.pk}/verwerkingsregister",
            "Wie hier weg is en nog bij een andere school werkt, blijft dus ook hier met naam",
        ),
    ):
        html = " ".join(admin.get(address).content.decode().split())
        assert said in html
        assert "24 maanden" in html


def test_one_button_asks_for_one_s_own_data() -> None:
    person = make_colleague(make_team())
    client = _client(person)
    assert client.post("/mijn-gegevens/meenemen").status_code == 302
    job = Job.objects.get(kind=JobKind.PERSON_DATA)
    assert (job.requested_by, job.private, job.payload["person"]) == (person, True, str(person.pk))
    html = client.get("/mijn-gegevens/meenemen").content.decode()
    assert f'id="klus-{job.pk}"' in html
    homeless = _client(make_person()).post("/mijn-gegevens/meenemen")
    assert homeless.status_code == 422
    assert "Vraag je oude school om je gegevens" in homeless.content.decode()


def test_the_school_has_it_made_on_request() -> None:
    team = make_team()
    person = make_colleague(team)
    with scopes_disabled():
        employment = Employment.objects.get(person=person)
        school = team.school
    address = f"/beheer/medewerker/{employment.pk}/gegevens"
    assert _admin(school).post(address).status_code == 302
    assert Job.objects.get(kind=JobKind.PERSON_DATA).payload["person"] == str(person.pk)


def test_only_the_right_name_erases() -> None:
    school = make_team().school
    person, admin = _gone(school, "Wim de Wit"), _admin(school)
    address = f"/beheer/{school.pk}/vertrokken/{person.pk}/wissen"
    page = f"/beheer/{school.pk}/vertrokken"
    assert address in admin.get(page).content.decode()
    assert (
        "alle gemaakte documenten van de scholen die iets van deze medewerker bewaren"
        in admin.get(address).content.decode()
    )
    wrong = admin.post(address, {"confirmation": "Wim"})
    assert wrong.status_code == 422
    assert "Dit is niet de naam." in wrong.content.decode()
    assert admin.post(address, {"confirmation": "Wim de Wit"}).status_code == 302
    person.refresh_from_db()
    assert person.name == "Oud-medewerker"
    assert address not in admin.get(page).content.decode()
    assert admin.get(address).status_code == 404


def test_who_still_works_here_is_not_offered() -> None:
    team = make_team()
    person = make_colleague(team, name="Wim de Wit")
    with scopes_disabled():
        school = team.school
    admin = _admin(school)
    assert "Wim de Wit" not in admin.get(f"/beheer/{school.pk}/vertrokken").content.decode()
    address = f"/beheer/{school.pk}/vertrokken/{person.pk}/wissen"
    assert admin.post(address, {"confirmation": "Wim de Wit"}).status_code == 404
